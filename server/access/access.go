// Package access says who may do what. It is the one place that does: every
// handler asks it before it acts, and the view asks it again, with the state of
// the log at that position, before an entry takes effect.
package access

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"hashiya/app/wire"
)

// Operator is the actor of what whoever runs the server does on its machine,
// through the data folder.
const Operator = "operator"

// User is who acts. The zero User is nobody.
type User struct {
	Name string
	Role wire.Role
}

// TheOperator is whoever holds the data folder.
var TheOperator = User{Name: Operator, Role: wire.Lead}

// Action is something one may or may not do.
type Action string

const (
	Nothing        Action = ""               // open to everyone
	UseAccount     Action = "use an account" // see and change what is one's own
	Label          Action = "label"          // push ops into the layer of Object.Author
	ReadProject    Action = "read a project" // its scheme, its articles
	CreateProject  Action = "create projects"
	ChangeScheme   Action = "change a scheme"
	ImportArticles Action = "import articles"
	Export         Action = "export a dataset"
	FindMentions   Action = "find a name in all articles"
	ReadFlags      Action = "read what annotators flagged"
	ManagePeople   Action = "manage people"
	SetPassword    Action = "set a password" // of Object.Author
	CheckData      Action = "check the data folder"
	Backup         Action = "make backups"
	ReadMetrics    Action = "read the metrics here"
)

// Object is what an action is about; fields that the action doesn't need are
// empty.
type Object struct {
	Project string
	Author  string
}

// Can reports whether the user may do the action on the object.
func Can(u User, a Action, o Object) bool {
	switch a {
	case Nothing:
		return true
	case UseAccount, ReadProject:
		return u.Role.May(wire.Annotator)
	case Label, SetPassword:
		return u.Name != Operator && u.Name == o.Author && u.Role.May(wire.Annotator)
	case ReadFlags:
		return u.Role.May(wire.Curator)
	case CheckData, Backup, ReadMetrics:
		return u.Name == Operator
	case CreateProject, ChangeScheme, ImportArticles, Export, FindMentions, ManagePeople:
		return u.Role.May(wire.Lead)
	}
	return false
}

// MaxName is the longest name of an account or a project, in code points.
const MaxName = 64

// maxNameBytes keeps names within what the log takes as an actor.
const maxNameBytes = 200

// ValidName reports why s can't name an account or a project: names are 1 to
// 64 code points of any script in Unicode's NFC, without control characters,
// invisible characters, slashes, and blanks at the edges.
func ValidName(s string) error {
	if n := utf8.RuneCountInString(s); n < 1 || n > MaxName {
		return fmt.Errorf("the name has %d characters, want 1 to %d", n, MaxName)
	}
	if len(s) > maxNameBytes {
		return fmt.Errorf("the name has %d bytes, the most is %d: choose a shorter one", len(s), maxNameBytes)
	}
	if !utf8.ValidString(s) || !norm.NFC.IsNormalString(s) {
		return fmt.Errorf("the name %q is not in Unicode's NFC form: type it again", s)
	}
	if strings.TrimSpace(s) != s {
		return fmt.Errorf("the name %q begins or ends with a blank", s)
	}
	for _, r := range s {
		if r == '/' || r == '\\' || !unicode.IsGraphic(r) || unicode.Is(unicode.Cf, r) {
			return fmt.Errorf("the name %q has the character %U, which names can't have", s, r)
		}
	}
	return nil
}

// reserved names mean something else: in --layer and as an actor.
var reserved = []string{Operator, "all", "gold"}

// ValidAccount reports why s can't name an account.
func ValidAccount(s string) error {
	if err := ValidName(s); err != nil {
		return err
	}
	for _, r := range reserved {
		if strings.EqualFold(s, r) {
			return fmt.Errorf("the name %q has a meaning of its own here: choose another", s)
		}
	}
	return nil
}
