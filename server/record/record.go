// Package record is what entries of the log are made of: who wants what. What
// becomes of it is decided in package view.
package record

import (
	"encoding/json"
	"time"

	"hashiya/app/annotation"
	"hashiya/app/article"
	"hashiya/app/scheme"
	"hashiya/app/wire"
	"hashiya/server/access"
	"hashiya/server/log"
)

// The kinds of records in the log.
const (
	KindOp       = "op"
	KindLayer    = "layer"
	KindArticle  = "article"
	KindProject  = "project"
	KindScheme   = "scheme"
	KindAccount  = "account"
	KindPassword = "password"
	KindLink     = "link"
	KindLinkUse  = "link_use"
	KindToken    = "token"
	// KindRestored stands behind the last record that came out of a backup. The
	// log is another one from here on: devices may hold what the old one
	// acknowledged after the backup, and the old one may have had articles and
	// schemes that this one lacks.
	KindRestored = "restored"
	// KindDelivered is an op that somebody else brought in a file for who made it.
	KindDelivered = "delivered"
)

// ArticleData is an article for a project.
type ArticleData struct {
	Project string          `json:"project"`
	Article article.Article `json:"article"`
}

// LayerData is a whole imported layer.
type LayerData struct {
	Project   string          `json:"project"`
	Article   string          `json:"article"`
	Annotator string          `json:"annotator"`
	Digest    string          `json:"digest"` // of the layer's canonical form
	Ops       []annotation.Op `json:"ops"`
}

// ProjectData founds a project.
type ProjectData struct {
	ID     string        `json:"id"`
	Name   string        `json:"name"`
	Scheme scheme.Scheme `json:"scheme"`
}

// SchemeData is the next scheme version of a project.
type SchemeData struct {
	Project string        `json:"project"`
	Scheme  scheme.Scheme `json:"scheme"`
}

// AccountData is a new account.
type AccountData struct {
	Name string    `json:"name"`
	Role wire.Role `json:"role"`
}

// PasswordData is an account's password.
type PasswordData struct {
	Name string `json:"name"`
	PHC  string `json:"phc"`
}

// SecretData is a link, its use, or a token, by the SHA-256 of the secret.
type SecretData struct {
	Hash string `json:"hash"`
	Name string `json:"name,omitempty"`
}

// RestoredData is where a log came from.
type RestoredData struct {
	Log  string    `json:"log"`  // identity of the log that the backup was made of
	Last uint64    `json:"last"` // the last position in the backup
	Made time.Time `json:"made"` // when the backup was made
	At   time.Time `json:"at"`   // when it was restored
}

// DeliveredData is an op that did not come from its author's session.
type DeliveredData struct {
	Annotator string        `json:"annotator"`
	Op        annotation.Op `json:"op"`
}

// Delivered records that actor brings an op that annotator made. It counts as
// the annotator's push of it would.
func Delivered(actor, annotator string, o *annotation.Op) log.Record {
	return of(KindDelivered, actor, DeliveredData{annotator, *o})
}

// Op records that author made an op.
func Op(author string, o *annotation.Op) log.Record { return of(KindOp, author, o) }

// Layer records that actor brought in a whole layer of annotator: ops made by
// dataset.Ops, and the layer's dataset.Digest. It is taken as a whole or not
// at all: not over another layer that the annotator has on the article.
func Layer(actor, project, articleID, annotator, digest string, ops []annotation.Op) log.Record {
	return of(KindLayer, actor, LayerData{project, articleID, annotator, digest, ops})
}

// Article records that actor adds an article to a project.
func Article(actor, project string, a article.Article) log.Record {
	return of(KindArticle, actor, ArticleData{project, a})
}

// Project records that actor founds a project with its first scheme.
func Project(actor, id, name string, s scheme.Scheme) log.Record {
	return of(KindProject, actor, ProjectData{id, name, s})
}

// Scheme records that actor gives a project its next scheme version.
func Scheme(actor, project string, s scheme.Scheme) log.Record {
	return of(KindScheme, actor, SchemeData{project, s})
}

// Account records that actor makes an account.
func Account(actor, name string, r wire.Role) log.Record {
	return of(KindAccount, actor, AccountData{name, r})
}

// Password records that actor sets the password of an account; phc is the
// hash's PHC string.
func Password(actor, name, phc string) log.Record {
	return of(KindPassword, actor, PasswordData{name, phc})
}

// Link records that actor makes a one-time link for an account.
func Link(actor, name, hash string) log.Record {
	return of(KindLink, actor, SecretData{hash, name})
}

// LinkUse records that somebody used a one-time link.
func LinkUse(hash string) log.Record { return of(KindLinkUse, "", SecretData{Hash: hash}) }

// Token records that actor makes a bearer token for an account.
func Token(actor, name, hash string) log.Record {
	return of(KindToken, actor, SecretData{hash, name})
}

// Restored records that the log was restored from a backup of the log with that
// identity, made when its last position was last.
func Restored(identity string, last uint64, made, at time.Time) log.Record {
	return of(KindRestored, access.Operator, RestoredData{identity, last, made.UTC(), at.UTC()})
}

func of(kind, actor string, data any) log.Record {
	b, err := json.Marshal(data)
	if err != nil {
		panic("record: a record always marshals: " + err.Error())
	}
	return log.Record{Kind: kind, Actor: actor, Data: b}
}
