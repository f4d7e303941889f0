// Package idb is a sync.Store over the browser's IndexedDB.
package idb
