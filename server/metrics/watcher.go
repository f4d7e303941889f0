package metrics

import (
	"github.com/prometheus/client_golang/prometheus"

	"hashiya/server/log/badgerlog"
)

// watcher is a prometheus.Collector that looks at one moment.
type watcher struct {
	usage func() (badgerlog.Usage, error)
	live  func() int
	open  func() int
}

func describe(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc("hashiya_"+name, help, labels, nil)
}

var (
	queueDesc   = describe("log_queue_length", "Appends that wait for the committer.")
	liveDesc    = describe("live_connections", "Live connections that are open.")
	openDesc    = describe("connections", "Connections that are open at the public address.")
	freeDesc    = describe("disk_free_bytes", "What may still be written on the disk of the data folder.")
	reserveDesc = describe("disk_reserve_bytes", "Below this much free space new work is refused.")
	badgerDesc  = describe("badger_bytes", "What Badger's files take on the disk.", "part")
)

func (w *watcher) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{queueDesc, liveDesc, openDesc, freeDesc, reserveDesc, badgerDesc} {
		to <- d
	}
}

func (w *watcher) Collect(to chan<- prometheus.Metric) {
	gauge := func(d *prometheus.Desc, v float64, labels ...string) {
		to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...)
	}
	gauge(liveDesc, float64(w.live()))
	gauge(openDesc, float64(w.open()))
	u, err := w.usage()
	if err != nil {
		to <- prometheus.NewInvalidMetric(freeDesc, err)
		return
	}
	gauge(queueDesc, float64(u.Queue))
	gauge(freeDesc, float64(u.Free))
	gauge(reserveDesc, float64(u.Reserve))
	gauge(badgerDesc, float64(u.Tables), "tables")
	gauge(badgerDesc, float64(u.Values), "values")
	gauge(badgerDesc, float64(u.WriteLogs), "write_logs")
}
