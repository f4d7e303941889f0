//go:build js && wasm

package remote

import (
	"context"
	"fmt"
	"net/url"
	"syscall/js"

	"hashiya/app/scheme"
	"hashiya/app/wire"
)

// SignIn implements sync.Account.
func (s *Server) SignIn(ctx context.Context, name, password string) (me wire.Me, err error) {
	err = s.brief(ctx, "POST", "/api/login", wire.Login{Name: name, Password: password}, &me)
	return me, err
}

// SignInByLink implements sync.Account.
func (s *Server) SignInByLink(ctx context.Context, token string) (me wire.Me, err error) {
	err = s.brief(ctx, "POST", "/api/login/link", wire.LinkLogin{Token: token}, &me)
	return me, err
}

// SignOut implements sync.Account.
func (s *Server) SignOut(ctx context.Context) error {
	return s.brief(ctx, "POST", "/api/logout", nil, nil)
}

// SetPassword implements sync.Account.
func (s *Server) SetPassword(ctx context.Context, current, new string) error {
	return s.brief(ctx, "PUT", "/api/me/password", wire.SetPassword{Current: current, New: new}, nil)
}

// CreateProject implements sync.Account.
func (s *Server) CreateProject(ctx context.Context, p wire.NewProject) (project wire.Project, err error) {
	err = s.brief(ctx, "POST", "/api/projects", p, &project)
	return project, err
}

// SetScheme implements sync.Account.
func (s *Server) SetScheme(ctx context.Context, project string, next scheme.Scheme) error {
	return s.brief(ctx, "PUT", projectPath(project, "scheme"), next, nil)
}

// SchemeVersions implements sync.Account.
func (s *Server) SchemeVersions(ctx context.Context, project string) (list []wire.SchemeVersion, err error) {
	err = s.brief(ctx, "GET", projectPath(project, "scheme", "versions"), nil, &list)
	return list, err
}

// SchemeUse implements sync.Account.
func (s *Server) SchemeUse(ctx context.Context, project string) (use wire.SchemeUse, err error) {
	err = s.brief(ctx, "GET", projectPath(project, "scheme", "use"), nil, &use)
	return use, err
}

// Flagged implements sync.Account.
func (s *Server) Flagged(ctx context.Context, project string) (list []wire.Flagged, err error) {
	err = s.brief(ctx, "GET", projectPath(project, "flags"), nil, &list)
	return list, err
}

// Upload implements sync.Account.
func (s *Server) Upload(ctx context.Context, project, inputID string) (report wire.ImportReport, err error) {
	input := js.Global().Get("document").Call("getElementById", inputID)
	if !input.Truthy() {
		return report, fmt.Errorf("there is no file input %q on the page", inputID)
	}
	form := js.Global().Get("FormData").New()
	files := input.Get("files")
	for i := range files.Length() {
		form.Call("append", "file", files.Index(i), files.Index(i).Get("name"))
	}
	err = s.call(ctx, "POST", projectPath(project, "articles"), form, &report)
	return report, err
}

// ExportURL implements sync.Account.
func (s *Server) ExportURL(project, format, layer string) string {
	q := url.Values{"format": {format}}
	if layer != "" {
		q.Set("layer", layer)
	}
	return projectPath(project, "export") + "?" + q.Encode()
}
