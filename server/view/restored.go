package view

import (
	"errors"
	"fmt"

	"hashiya/app/annotation"
	"hashiya/server/kv"
)

// Lacks says what a restored log lacks of what the op is about, "" for nothing:
// the op may have been acknowledged before, with an article or a scheme that
// came after the backup. To refuse it would be for ever; it can wait on its
// device until they are there again. In a log that was never restored such an
// op is a fault.
func (s Snapshot) Lacks(o *annotation.Op) (string, error) {
	if there, err := s.has(sRestored.key()); err != nil || !there || o.Validate() != nil {
		return "", err
	}
	if there, err := s.has(sHead.key(o.Project, o.Article)); err != nil || !there {
		return fmt.Sprintf("article %s of project %s", o.Article, o.Project), err
	}
	if there, err := s.has(sScheme.key(o.Project, o.Scheme)); err != nil || !there {
		return fmt.Sprintf("version %d of the scheme of project %s", o.Scheme, o.Project), err
	}
	return "", nil
}

func (s Snapshot) has(key []byte) (bool, error) {
	_, err := s.r.Get(key)
	if errors.Is(err, kv.ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}
