package badgerlog

import (
	"errors"
	"strings"
	"testing"

	"github.com/dgraph-io/badger/v4"

	"hashiya/server/log"
)

func TestAHoleInTheLogIsNamed(t *testing.T) {
	dir := folder(t, false)
	tamper(t, dir, func(txn *badger.Txn) error {
		return errors.Join(txn.Delete(positionKey(recordPrefix, 7)), txn.Delete(positionKey(recordPrefix, 8)))
	})
	l, err := Open(testOptions(dir))
	if err == nil {
		closeLog(t, l)
	}
	if !errors.Is(err, log.ErrDamaged) || !strings.Contains(err.Error(), "records 7 to 8 are missing") {
		t.Errorf("opened with %v", err)
	}
}
