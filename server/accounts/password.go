// Package accounts is how people sign in: passwords, one-time links, bearer
// tokens, sessions, and the limits on guessing. What may be done then is for
// package access.
package accounts

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

// The cost of a password, by OWASP's Password Storage Cheat Sheet (2024):
// argon2id with 19 MiB, two passes, one lane.
const (
	memoryKiB = 19 * 1024
	passes    = 2
	lanes     = 1
	saltBytes = 16
	keyBytes  = 32
)

// Lengths of a password that are taken, in code points.
const (
	MinPassword = 8
	MaxPassword = 256
)

// ErrPassword is wrapped when a password can't be used.
var ErrPassword = errors.New("this password can't be used")

// hashing bounds the memory that concurrent logins take.
var hashing = make(chan struct{}, 4)

// HashPassword returns the PHC string of the password.
func HashPassword(ctx context.Context, password string) (string, error) {
	if n := utf8.RuneCountInString(password); n < MinPassword || n > MaxPassword || !utf8.ValidString(password) {
		return "", fmt.Errorf("%w: it has %d characters, want %d to %d", ErrPassword, n, MinPassword, MaxPassword)
	}
	salt := make([]byte, saltBytes)
	rand.Read(salt)
	key, err := derive(ctx, password, salt, memoryKiB, passes, lanes, keyBytes)
	if err != nil {
		return "", err
	}
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, memoryKiB, passes, lanes,
		b64.EncodeToString(salt), b64.EncodeToString(key)), nil
}

// VerifyPassword reports whether the password made the PHC string. An empty
// string verifies nothing, but takes as long, so that the time of an answer
// does not tell which accounts exist.
func VerifyPassword(ctx context.Context, phc, password string) (bool, error) {
	if len(password) > 4*MaxPassword {
		return false, nil
	}
	if phc == "" {
		_, err := derive(ctx, password, make([]byte, saltBytes), memoryKiB, passes, lanes, keyBytes)
		return false, err
	}
	var version, m, t, p int
	head, rest, _ := cutN(phc, "$", 4)
	salt64, key64, ok := strings.Cut(rest, "$")
	if n, err := fmt.Sscanf(head, "$argon2id$v=%d$m=%d,t=%d,p=%d", &version, &m, &t, &p); n != 4 || err != nil || !ok || version != argon2.Version {
		return false, fmt.Errorf("accounts: a stored password hash is not argon2id in PHC form")
	}
	salt, err1 := base64.RawStdEncoding.DecodeString(salt64)
	want, err2 := base64.RawStdEncoding.DecodeString(key64)
	if err := errors.Join(err1, err2); err != nil {
		return false, fmt.Errorf("accounts: a stored password hash is damaged: %w", err)
	}
	got, err := derive(ctx, password, salt, uint32(m), uint32(t), uint8(p), uint32(len(want)))
	return err == nil && subtle.ConstantTimeCompare(got, want) == 1, err
}

// derive hashes the password in NFC (RFC 8265), so that it is the same from
// every keyboard.
func derive(ctx context.Context, password string, salt []byte, m, t uint32, p uint8, size uint32) ([]byte, error) {
	select {
	case hashing <- struct{}{}:
		defer func() { <-hashing }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return argon2.IDKey(norm.NFC.Bytes([]byte(password)), salt, t, m, p, size), nil
}

// cutN cuts s behind its n-th sep.
func cutN(s, sep string, n int) (head, rest string, ok bool) {
	at := 0
	for range n {
		i := strings.Index(s[at:], sep)
		if i < 0 {
			return s, "", false
		}
		at += i + len(sep)
	}
	return s[:at-len(sep)], s[at:], true
}
