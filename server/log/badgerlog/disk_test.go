package badgerlog

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"hashiya/server/internal/testdisk"
	"hashiya/server/log"
)

// Somebody else may fill the disk down to its last byte between two batches,
// and Badger's mapped files then kill the process. What was acknowledged until
// then is there when there is space again.
func TestADiskFilledToTheLastByteLosesNothingAcknowledged(t *testing.T) {
	disk := testdisk.New(t, 12)
	dir := filepath.Join(disk, "data")
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), crashDir+"="+dir, crashBlind+"=1")
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	acked := map[log.Pos]string{}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		var pos log.Pos
		var name string
		if n, _ := fmt.Sscanf(lines.Text(), "%d %s", &pos, &name); n == 2 && strings.Contains(name, ".") {
			acked[pos] = name
		}
	}
	if err := child.Wait(); err == nil || len(acked) < 100 {
		t.Fatalf("the process filled the disk and ended with %v after %d records: it should have died of it", err, len(acked))
	}
	testdisk.Resize(t, disk, 200)
	o := testOptions(dir)
	o.Apply = keepActors
	o.ReserveBytes = 1
	checkAll(t, open(t, o), acked)
	t.Logf("%d acknowledged records are there (%v)", len(acked), child.ProcessState)
}
