// Package pathpattern is the part of package regexp that routes are written in:
// go-app's router uses it in the browser, where regexp and its Unicode tables would be
// a twentieth of the download.
package pathpattern

import "strings"

const name = "[^/]+"

// Regexp is a pattern of a path. It is named like regexp's type so that it can stand
// in its place.
type Regexp struct {
	literals []string // what stands before, between and behind the names
	whole    bool     // nothing may follow
}

// MustCompile reads patterns of the form ^/p/[^/]+/a$: anchored at the start, in which
// [^/]+ reaches to the next slash or to the end, everything else stands for itself, and
// a final $ allows nothing behind it. It panics on every other pattern: use that form,
// or add the missing one here.
func MustCompile(pattern string) *Regexp {
	rest, anchored := strings.CutPrefix(pattern, "^")
	rest, whole := strings.CutSuffix(rest, "$")
	literals := strings.Split(rest, name)
	for i, l := range literals {
		greedy := i == 0 || l == "" && i == len(literals)-1 || strings.HasPrefix(l, "/")
		if !anchored || !greedy || strings.ContainsAny(l, `\.+*?()|[]{}^$`) {
			panic("pathpattern: " + pattern + " has more than literals and " + name + " between ^ and $")
		}
	}
	return &Regexp{literals, whole}
}

// MatchString reports what regexp's method of that name would.
func (r *Regexp) MatchString(s string) bool {
	s, ok := strings.CutPrefix(s, r.literals[0])
	for _, l := range r.literals[1:] {
		n := strings.IndexByte(s, '/')
		if n < 0 {
			n = len(s)
		}
		if !ok || n == 0 {
			return false
		}
		s, ok = strings.CutPrefix(s[n:], l)
	}
	return ok && (s == "" || !r.whole)
}
