package sync

import (
	"context"

	"hashiya/app/scheme"
	"hashiya/app/wire"
)

// Account is the server for what needs it at once and is never queued: signing
// in and out, and the work of project leads. Errors are *wire.Problem with the
// server's reason, ErrOffline, or ErrSignedOut; a wrong password or link is a
// Problem.
type Account interface {
	// SignIn begins a session, which the browser keeps in a cookie.
	SignIn(ctx context.Context, name, password string) (wire.Me, error)
	// SignInByLink takes the token of a one-time link, which works once.
	SignInByLink(ctx context.Context, token string) (wire.Me, error)
	// SignOut ends the session. Idempotent.
	SignOut(ctx context.Context) error
	// SetPassword sets the user's password; current is needed where one is set.
	SetPassword(ctx context.Context, current, new string) error
	// CreateProject makes a project; a name in use is a Problem.
	CreateProject(ctx context.Context, p wire.NewProject) (wire.Project, error)
	// SetScheme makes s, whose version is the present one plus 1, the project's
	// scheme; where somebody was faster it is a Problem.
	SetScheme(ctx context.Context, project string, s scheme.Scheme) error
	// SchemeVersions tells who made which version of a project's scheme, the
	// newest first.
	SchemeVersions(ctx context.Context, project string) ([]wire.SchemeVersion, error)
	// SchemeUse counts what all layers of a project say in the words of its
	// scheme.
	SchemeUse(ctx context.Context, project string) (wire.SchemeUse, error)
	// Flagged returns what somebody else should look at in a project's layers.
	Flagged(ctx context.Context, project string) ([]wire.Flagged, error)
	// Upload imports the files that the user chose in the <input type=file> with
	// that element id. Sending the same files again adds nothing. It has no time
	// limit but ctx.
	Upload(ctx context.Context, project, inputID string) (wire.ImportReport, error)
	// ExportURL returns the address from which the browser downloads a dataset:
	// layer is "gold", an annotator's name or "all"; "" leaves it to the server.
	ExportURL(project, format, layer string) string
}
