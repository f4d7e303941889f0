package badgerlog

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/dgraph-io/badger/v4"

	"hashiya/server/kv"
	"hashiya/server/log"
)

// folder makes a data folder of 40 small records and 3 large ones, as a killed
// process leaves it, or, when clean, as Close does after two runs.
func folder(t *testing.T, clean bool) string {
	o := testOptions(t.TempDir())
	o.Apply = keepActors
	l := open(t, o)
	fill := func() {
		for i := range 43 {
			r := op(fmt.Sprint("actor ", i))
			if i%20 == 10 {
				r.Data, _ = json.Marshal(strings.Repeat("نص طويل ", 5000))
			}
			if _, err := l.Append(t.Context(), r); err != nil {
				t.Fatal(err)
			}
		}
	}
	fill()
	if clean {
		closeLog(t, l)
		l = open(t, o)
		fill()
		closeLog(t, l)
		return o.Dir
	}
	killed := filepath.Join(t.TempDir(), "killed")
	copyFolder(t, o.Dir, killed)
	return killed
}

// refusedOrWhole fails unless the folder is refused as damaged, twice, or has
// lost nothing at all.
func refusedOrWhole(t *testing.T, dir string, records uint64) (refused bool) {
	t.Helper()
	o := testOptions(dir)
	o.Apply = keepActors
	l, err := Open(o)
	if err == nil {
		defer l.Close()
		if result, err := l.Check(t.Context()); err != nil || result.Records != records {
			t.Errorf("opened with %d records of %d, %v", result.Records, records, err)
		}
		return false
	}
	for range 2 {
		if !errors.Is(err, log.ErrDamaged) || !strings.Contains(err.Error(), "hashiya restore") {
			t.Errorf("refused with: %v", err)
		}
		if l, err = Open(o); err == nil {
			t.Errorf("refused once, then opened")
			_ = l.Close()
			break
		}
	}
	return true
}

func files(t *testing.T, dir, pattern string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, "badger", pattern))
	if err != nil || len(found) == 0 {
		t.Fatalf("no %s: %v", pattern, err)
	}
	return found
}

func flip(t *testing.T, path string, at int) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	content[at] ^= 0x10
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

func remove(t *testing.T, path string) {
	t.Helper()
	if err := os.RemoveAll(path); err != nil {
		t.Fatal(err)
	}
}

func TestAFlippedByteOfTheWriteAheadLogIsFound(t *testing.T) {
	source := folder(t, false)
	path := files(t, source, "*.mem")[0]
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	used := len(bytes.TrimRight(content, "\x00"))
	refused := 0
	for i := range 16 {
		dir := filepath.Join(t.TempDir(), "flipped")
		copyFolder(t, source, dir)
		flip(t, filepath.Join(dir, "badger", filepath.Base(path)), 20+(used-21)*i/15)
		if refusedOrWhole(t, dir, 43) {
			refused++
		}
	}
	if refused < 14 {
		t.Errorf("only %d of 16 were refused", refused)
	}
}

func TestAFlippedByteOfTheValueLogIsFound(t *testing.T) {
	for _, clean := range []bool{false, true} {
		t.Run(fmt.Sprintf("clean=%v", clean), func(t *testing.T) {
			source := folder(t, clean)
			path := slices.Max(files(t, source, "*.vlog"))
			for _, at := range []int{40, 1000, 100_000} {
				dir := filepath.Join(t.TempDir(), "flipped")
				copyFolder(t, source, dir)
				flip(t, filepath.Join(dir, "badger", filepath.Base(path)), at)
				if !refusedOrWhole(t, dir, 43) {
					t.Errorf("byte %d: not refused", at)
				}
			}
		})
	}
}

// Badger 4.9.6 answers that keys are not there where a block's checksum is
// wrong, which nobody would notice in the view.
func TestAFlippedByteOfATableIsFoundBeforeBadgerReadsIt(t *testing.T) {
	source := folder(t, true)
	for _, path := range files(t, source, "*.sst") {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		for i := range int64(10) {
			dir := filepath.Join(t.TempDir(), "flipped")
			copyFolder(t, source, dir)
			flip(t, filepath.Join(dir, "badger", filepath.Base(path)), int(info.Size()*i/10))
			if !refusedOrWhole(t, dir, 86) {
				t.Errorf("%s, byte %d: not refused", filepath.Base(path), info.Size()*i/10)
			}
		}
	}
}

func TestATableThatIsDamagedUnderARunningLogIsFoundByCheck(t *testing.T) {
	dir := folder(t, true)
	l := open(t, testOptions(dir))
	for _, path := range files(t, dir, "*.sst") {
		f, err := os.OpenFile(path, os.O_RDWR, 0)
		if err != nil {
			t.Fatal(err)
		}
		_, err = f.WriteAt([]byte("?"), 50)
		if err := errors.Join(err, f.Close()); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := l.Check(t.Context()); !errors.Is(err, log.ErrDamaged) {
		t.Errorf("check: %v", err)
	}
}

func TestAFileThatACrashLeftIsNoDamage(t *testing.T) {
	dir := folder(t, true)
	if err := os.WriteFile(filepath.Join(dir, "badger", "000099.sst"), []byte("half a table"), 0o600); err != nil {
		t.Fatal(err)
	}
	if refusedOrWhole(t, dir, 86) {
		t.Error("refused")
	}
}

func TestMissingFilesAreFound(t *testing.T) {
	for name, lose := range map[string]func(dir string){
		"write-ahead log": func(dir string) { remove(t, files(t, dir, "*.mem")[0]) },
		"value log":       func(dir string) { remove(t, files(t, dir, "*.vlog")[0]) },
		"database":        func(dir string) { remove(t, filepath.Join(dir, "badger")) },
		"witness":         func(dir string) { remove(t, filepath.Join(dir, "head")) },
		"format":          func(dir string) { remove(t, filepath.Join(dir, "format")) },
	} {
		t.Run(name, func(t *testing.T) {
			dir := folder(t, false)
			lose(dir)
			if !refusedOrWhole(t, dir, 43) {
				t.Error("not refused")
			}
		})
	}
}

func TestACutManifestIsFound(t *testing.T) {
	source := folder(t, true)
	info, err := os.Stat(filepath.Join(source, "badger", "MANIFEST"))
	if err != nil {
		t.Fatal(err)
	}
	for size := int64(0); size < info.Size(); size += 5 {
		dir := filepath.Join(t.TempDir(), "cut")
		copyFolder(t, source, dir)
		if err := os.Truncate(filepath.Join(dir, "badger", "MANIFEST"), size); err != nil {
			t.Fatal(err)
		}
		if !refusedOrWhole(t, dir, 86) {
			t.Errorf("cut to %d of %d bytes: not refused", size, info.Size())
		}
	}
}

func TestAnotherLogsDatabaseIsRefused(t *testing.T) {
	ours, other := folder(t, false), folder(t, false)
	remove(t, filepath.Join(ours, "badger"))
	copyFolder(t, filepath.Join(other, "badger"), filepath.Join(ours, "badger"))
	if !refusedOrWhole(t, ours, 43) {
		t.Error("not refused")
	}
}

func TestOneTornSlotOfTheWitnessIsNotMissed(t *testing.T) {
	for _, slot := range []int{0, 1} {
		dir := folder(t, false)
		flip(t, filepath.Join(dir, "head"), slot*slotSpacing+30)
		if refusedOrWhole(t, dir, 43) {
			t.Errorf("slot %d: refused", slot)
		}
	}
}

// tamper changes the database behind the log's back.
func tamper(t *testing.T, dir string, change func(*badger.Txn) error) {
	t.Helper()
	db, err := badger.Open(badgerOptions(dir, nil))
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(db.Update(change), db.Close()); err != nil {
		t.Fatal(err)
	}
}

func TestRecordsThatWereChangedMovedOrTakenOutAreFound(t *testing.T) {
	key := func(pos log.Pos) []byte { return positionKey(recordPrefix, pos) }
	for name, change := range map[string]func(*badger.Txn) error{
		"taken out": func(txn *badger.Txn) error { return txn.Delete(key(7)) },
		"cut off":   func(txn *badger.Txn) error { return txn.Delete(key(43)) },
		"garbage":   func(txn *badger.Txn) error { return txn.Set(key(7), []byte("x")) },
		"moved":     func(txn *badger.Txn) error { b, err := get(txn, key(8)); return errors.Join(err, txn.Set(key(7), b)) },
		"another one": func(txn *badger.Txn) error {
			b := encode(op("intruder"))
			seal(b, 7, someTime())
			return txn.Set(key(7), b)
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := folder(t, false)
			tamper(t, dir, change)
			if !refusedOrWhole(t, dir, 43) {
				t.Error("not refused")
			}
		})
	}
}

func TestCheckFindsAnOldRecordThatOpenTrusts(t *testing.T) {
	dir := folder(t, true)
	tamper(t, dir, func(txn *badger.Txn) error { return txn.Set(positionKey(recordPrefix, 7), []byte("x")) })
	l := open(t, testOptions(dir))
	if _, err := l.Check(t.Context()); !errors.Is(err, log.ErrDamaged) {
		t.Errorf("check: %v", err)
	}
	err := l.Follow(t.Context(), 0, func([]log.Entry) error { return nil })
	if !errors.Is(err, log.ErrDamaged) {
		t.Errorf("follow: %v", err)
	}
}

func TestALostValueOfTheViewIsAnErrorNotAnEmptyValue(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	o := testOptions(dir)
	o.Apply = func(w kv.Writer, _ []log.Entry) error { return w.Set([]byte("big"), make([]byte, valueThreshold)) }
	l := open(t, o)
	if _, err := l.Append(t.Context(), op("a")); err != nil {
		t.Fatal(err)
	}
	closeLog(t, l)
	flip(t, files(t, dir, "*.vlog")[0], 1000)
	l = open(t, o)
	err := l.Store().View(t.Context(), func(r kv.Reader) error { _, err := r.Get([]byte("big")); return err })
	if err == nil || errors.Is(err, kv.ErrNotFound) {
		t.Errorf("got %v", err)
	}
	if _, err := l.Check(t.Context()); !errors.Is(err, log.ErrDamaged) || !strings.Contains(err.Error(), remedyOfView) {
		t.Errorf("check: %v", err)
	}
	if result, err := l.Verify(t.Context()); err != nil || result.Records != 1 {
		t.Errorf("the log alone: %+v, %v", result, err)
	}
}
