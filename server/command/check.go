package command

import (
	"fmt"

	"hashiya/app/wire"
)

type checkCmd struct{}

func (c *checkCmd) Run(e *env) error {
	cl, err := e.connect(false)
	if err != nil {
		return err
	}
	defer cl.close()
	var r wire.Check
	if err := cl.call(e.ctx, "GET", "/api/check", nil, &r); err != nil {
		return err
	}
	fmt.Fprintf(e.stdout, "%s is whole: %d records, %d bytes, chain %s\n", e.data, r.Records, r.Bytes, r.Digest)
	return nil
}

type versionCmd struct{}

func (c *versionCmd) Run(e *env) error {
	fmt.Fprintf(e.stdout, "hashiya %s\n", e.version)
	return nil
}
