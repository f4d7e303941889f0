package badgerlog

import (
	"sync"

	"hashiya/server/log"
)

// waiting is one Append in the queue.
type waiting struct {
	records [][]byte // encoded, not sealed
	bytes   int
	done    chan answer // takes one answer without blocking
}

type answer struct {
	last log.Pos
	err  error
}

// queue hands the committer all that came in while it was busy.
type queue struct {
	mu     sync.Mutex
	filled sync.Cond
	items  []*waiting
	closed bool
}

func newQueue() *queue {
	q := &queue{}
	q.filled.L = &q.mu
	return q
}

// push reports false when the queue is closed.
func (q *queue) push(w *waiting) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		return false
	}
	q.items = append(q.items, w)
	q.filled.Signal()
	return true
}

// take waits for work and returns a batch within the limits, or a single
// larger Append, or nothing once the queue is closed and empty.
func (q *queue) take() []*waiting {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.items) == 0 && !q.closed {
		q.filled.Wait()
	}
	n, records, bytes := 0, 0, 0
	for ; n < len(q.items); n++ {
		records += len(q.items[n].records)
		bytes += q.items[n].bytes
		if n > 0 && (records > maxBatchRecords || bytes > maxBatchBytes) {
			break
		}
	}
	batch := q.items[:n:n]
	q.items = q.items[n:]
	return batch
}

func (q *queue) close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.closed = true
	q.filled.Broadcast()
}
