// Package ordered holds an immutable ordered map. A copy of a Map is a
// snapshot for free, which is what isolates readers from writers.
package ordered

import (
	"bytes"
	"hash/maphash"
)

// Map maps byte strings in ascending byte order. The zero Map is empty. It is
// a treap: a binary search tree by key and a heap by a hash of the key, which
// balances it (Seidel and Aragon, Randomized Search Trees, 1996).
type Map struct{ root *node }

type node struct {
	key, value  []byte
	priority    uint64
	left, right *node
}

var seed = maphash.MakeSeed()

// Get returns the value that was set, not a copy.
func (m Map) Get(key []byte) ([]byte, bool) {
	for n := m.root; n != nil; {
		switch c := bytes.Compare(key, n.key); {
		case c < 0:
			n = n.left
		case c > 0:
			n = n.right
		default:
			return n.value, true
		}
	}
	return nil, false
}

// Set returns a map in which key has value; m stays as it is. Neither slice
// may be changed afterwards.
func (m Map) Set(key, value []byte) Map {
	return Map{set(m.root, &node{key: key, value: value, priority: maphash.Bytes(seed, key)})}
}

func set(n, add *node) *node {
	if n == nil {
		return add
	}
	fresh := *n
	switch c := bytes.Compare(add.key, n.key); {
	case c < 0:
		fresh.left = set(n.left, add)
		if fresh.left.priority > fresh.priority {
			top := fresh.left
			fresh.left, top.right = top.right, &fresh
			return top
		}
	case c > 0:
		fresh.right = set(n.right, add)
		if fresh.right.priority > fresh.priority {
			top := fresh.right
			fresh.right, top.left = top.left, &fresh
			return top
		}
	default:
		fresh.value = add.value
	}
	return &fresh
}

// From returns a cursor at the first key that is not below key.
func (m Map) From(key []byte) *Cursor {
	c := &Cursor{}
	for n := m.root; n != nil; {
		if bytes.Compare(n.key, key) >= 0 {
			c.stack = append(c.stack, n)
			n = n.left
		} else {
			n = n.right
		}
	}
	return c
}

// Cursor walks a map upwards.
type Cursor struct{ stack []*node }

// Valid reports whether the cursor is at a key.
func (c *Cursor) Valid() bool { return len(c.stack) > 0 }

// Key of the current position; the cursor must be valid.
func (c *Cursor) Key() []byte { return c.stack[len(c.stack)-1].key }

// Value of the current position; the cursor must be valid.
func (c *Cursor) Value() []byte { return c.stack[len(c.stack)-1].value }

// Next moves on; the cursor must be valid.
func (c *Cursor) Next() {
	n := c.stack[len(c.stack)-1].right
	c.stack = c.stack[:len(c.stack)-1]
	for ; n != nil; n = n.left {
		c.stack = append(c.stack, n)
	}
}
