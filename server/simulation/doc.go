// Package simulation holds tests that let months of work go wrong in a second:
// the client's real outbox and the server's real handlers, log and view, in one
// process, on a clock, a network and disks that a seed decides about.
//
//	world       the clock, and what happens when
//	network     requests and answers that are lost, doubled, late and out of order
//	live        the live connections
//	remote      the server, as a tab reaches it
//	machine     computers, their users' databases, their tabs
//	disk        a database in the browser that is full, broken, or dies in mid-write
//	host        the computer that the server runs on: crash, full disk, upgrade
//	people      what annotators do
//	faults      what goes wrong
//	ledger      what was shown as saved, and what its owner has thrown away since
//	invariants  what must hold all the same
//	trace       what happened, in a form to compare
//
// The same seed gives the same run. A step lets one thing happen (a message
// arrives, a timer fires, somebody labels), and then waits until every goroutine
// of every tab has come to rest (testing/synctest); what they asked for
// meanwhile is put into an order of its own before the seed decides what becomes
// of it. So the order in which goroutines happen to run decides nothing.
package simulation
