// Package metrics counts what the server does, for Prometheus.
package metrics

import (
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"hashiya/app/wire"
	"hashiya/server/log/badgerlog"
)

// Metrics is safe for concurrent use. Its names are told in
// docs/operations.md.
type Metrics struct {
	registry *prometheus.Registry
	ops      *prometheus.CounterVec
	records  prometheus.Counter
	commits  prometheus.Histogram
	requests *prometheus.HistogramVec
	checked  prometheus.Gauge
}

// New returns metrics of a server of that version.
func New(version string) *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		ops: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "hashiya_ops_total", Help: "Answers to pushed ops, by outcome; an op that is pushed again is counted again.",
		}, []string{"outcome"}),
		records: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "hashiya_log_records_total", Help: "Records appended to the log since the start.",
		}),
		commits: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "hashiya_log_commit_seconds", Help: "Time from taking a batch off the queue until it is durable.",
			Buckets: prometheus.ExponentialBuckets(0.0005, 2, 14),
		}),
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "hashiya_http_request_seconds", Help: "Time to answer a request, by route and status; live streams last as long as they last.",
			Buckets: prometheus.ExponentialBuckets(0.001, 4, 8),
		}, []string{"route", "status"}),
		checked: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "hashiya_check_success_timestamp_seconds", Help: "When all of the data folder was last found whole; 0 before the first check.",
		}),
	}
	build := prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "hashiya_build_info", Help: "Always 1; the version stands in the label.", ConstLabels: prometheus.Labels{"version": version},
	})
	build.Set(1)
	for _, o := range []wire.Outcome{wire.Accepted, wire.Refused, wire.Quarantined} {
		m.ops.WithLabelValues(string(o)) // there from the start, as 0
	}
	m.registry.MustRegister(m.ops, m.records, m.commits, m.requests, m.checked, build,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Op implements api.Meter.
func (m *Metrics) Op(o wire.Outcome) { m.ops.WithLabelValues(string(o)).Inc() }

// Request implements api.Meter.
func (m *Metrics) Request(route string, status int, took time.Duration) {
	class := string(rune('0'+status/100)) + "xx"
	m.requests.WithLabelValues(route, class).Observe(took.Seconds())
}

// Commit counts a commit of the log; see badgerlog.Options.Observe.
func (m *Metrics) Commit(records int, took time.Duration) {
	m.records.Add(float64(records))
	m.commits.Observe(took.Seconds())
}

// Checked notes that all of the data folder is whole.
func (m *Metrics) Checked(now time.Time) { m.checked.Set(float64(now.Unix())) }

// Watch adds what is asked for at every scrape: usage of the log, and how many
// live connections and connections at the public address there are. Call it
// once.
func (m *Metrics) Watch(usage func() (badgerlog.Usage, error), live, open func() int) {
	m.registry.MustRegister(&watcher{usage, live, open})
}

// Handler serves the metrics.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{ErrorHandling: promhttp.ContinueOnError, DisableCompression: true})
}
