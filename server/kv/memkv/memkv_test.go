package memkv_test

import (
	"testing"

	"hashiya/server/kv"
	"hashiya/server/kv/kvtest"
	"hashiya/server/kv/memkv"
)

func TestConformance(t *testing.T) {
	kvtest.Run(t, func(*testing.T) kv.Store { return memkv.New() })
}
