package command

import (
	"errors"
	"net/http"

	"hashiya/server/api"
	"hashiya/web"
)

// frontEnd returns the built front end and its version, "" where this program
// was built without it.
func frontEnd() (http.Handler, string, error) {
	files, err := web.Files()
	if err != nil && !errors.Is(err, web.ErrNotBuilt) {
		return nil, "", err
	}
	return api.Files(files), web.Version(), nil
}
