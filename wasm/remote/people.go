//go:build js && wasm

package remote

import (
	"context"
	"net/url"

	"hashiya/app/wire"
)

// People implements client.People.
func (s *Server) People(ctx context.Context) (list []wire.Account, err error) {
	err = s.brief(ctx, "GET", "/api/users", nil, &list)
	return list, err
}

// AddPerson implements client.People.
func (s *Server) AddPerson(ctx context.Context, a wire.Account) error {
	return s.brief(ctx, "POST", "/api/users", a, nil)
}

// LinkFor implements client.People.
func (s *Server) LinkFor(ctx context.Context, name string) (link wire.Link, err error) {
	err = s.brief(ctx, "POST", "/api/users/"+url.PathEscape(name)+"/link", nil, &link)
	return link, err
}
