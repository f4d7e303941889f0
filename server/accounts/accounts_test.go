package accounts

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"golang.org/x/time/rate"

	"hashiya/server/kv/memkv"
)

func TestAPasswordIsVerifiedByItsHashAndNothingElse(t *testing.T) {
	ctx := t.Context()
	phc, err := HashPassword(ctx, "كلمة سر طويلة é")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(phc, "$argon2id$v=19$m=19456,t=2,p=1$") || strings.Contains(phc, "كلمة") {
		t.Errorf("the hash is %s", phc)
	}
	if again, _ := HashPassword(ctx, "كلمة سر طويلة é"); again == phc {
		t.Error("two hashes of one password are equal: there is no salt")
	}
	for password, want := range map[string]bool{
		"كلمة سر طويلة é": true, "كلمة سر طويلة e\u0301": true, // one password from two keyboards
		"كلمة سر طويلة": false, "": false,
	} {
		if ok, err := VerifyPassword(ctx, phc, password); ok != want || err != nil {
			t.Errorf("%q: %v, %v", password, ok, err)
		}
	}
	if ok, err := VerifyPassword(ctx, "", ""); ok || err != nil {
		t.Errorf("an account without a password let somebody in: %v", err)
	}
}

func TestAPasswordThatIsTooShortOrTooLongIsRefused(t *testing.T) {
	for _, p := range []string{"", "قصيرة", strings.Repeat("x", MaxPassword+1), "bad\xffbytes"} {
		if _, err := HashPassword(t.Context(), p); !errors.Is(err, ErrPassword) {
			t.Errorf("%q: %v", p, err)
		}
	}
}

func TestADamagedHashIsAnErrorAndNotAWrongPassword(t *testing.T) {
	for _, phc := range []string{"x", "$argon2i$v=19$m=1,t=1,p=1$YQ$YQ", "$argon2id$v=19$m=19456,t=2,p=1$***$YQ", "$argon2id$v=19$m=19456,t=2,p=1$YQ"} {
		if ok, err := VerifyPassword(t.Context(), phc, "x"); ok || err == nil {
			t.Errorf("%q: %v, %v", phc, ok, err)
		}
	}
}

func TestHashingWaitsForItsTurnNoLongerThanItsCaller(t *testing.T) {
	for range cap(hashing) {
		hashing <- struct{}{}
	}
	defer func() {
		for range cap(hashing) {
			<-hashing
		}
	}()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if _, err := HashPassword(ctx, "long enough"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("it ended with %v", err)
	}
}

func TestSecretsAreLongAndDifferent(t *testing.T) {
	a, hash := NewSecret()
	b, _ := NewSecret()
	if len(a) != 43 || a == b || hash != HashSecret(a) || strings.Contains(hash, a) {
		t.Errorf("secrets %s and %s, hash %s", a, b, hash)
	}
}

func TestALimiterBoundsEachKeyAndItsMemory(t *testing.T) {
	l := NewLimiter(rate.Every(time.Hour), 2, 10)
	for try, want := range []bool{true, true, false} {
		if got := l.Allow("a"); got != want {
			t.Errorf("try %d: let through %v, want %v", try+1, got, want)
		}
	}
	if !l.Allow("b") {
		t.Error("another key was held up")
	}
	for i := range 1000 {
		l.Allow(string(rune('ء' + i)))
		l.Allow("a")
	}
	if l.Allow("a") {
		t.Error("a key in use was forgotten")
	}
	if n := len(l.now) + len(l.old); n > 20 {
		t.Errorf("%d keys are kept, want 20 at most", n)
	}
}

func TestSessionsAreKeptUntilTheyEndOrExpire(t *testing.T) {
	s := &sessionStore{memkv.New()}
	check := func(token, want string) {
		t.Helper()
		if b, found, err := s.Find(token); string(b) != want || found != (want != "") || err != nil {
			t.Errorf("%s: %q, %v, %v; want %q", token, b, found, err, want)
		}
	}
	check("none", "")
	check("", "")
	if err := errors.Join(
		s.Commit("a", []byte("1"), time.Now().Add(time.Hour)),
		s.Commit("old", []byte("2"), time.Now().Add(-time.Second)),
		s.Delete("never"), s.Delete(""),
	); err != nil {
		t.Fatal(err)
	}
	check("a", "1")
	check("old", "")
	if err := errors.Join(s.Delete("a"), s.Delete("a")); err != nil {
		t.Fatal(err)
	}
	check("a", "")
}

func TestTheStoreNeverSeesTheCookiesToken(t *testing.T) {
	store := memkv.New()
	m := NewSessions(store, true, nil)
	ctx, err := m.Load(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	m.Put(ctx, "name", "سمر")
	token, expires, err := m.Commit(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if _, found, _ := (&sessionStore{store}).Find(token); found {
		t.Error("the session lies under the token itself: whoever reads the store can use it")
	}
	w := httptest.NewRecorder()
	m.WriteSessionCookie(ctx, w, token, expires)
	if c := w.Result().Cookies()[0]; !c.HttpOnly || !c.Secure || c.SameSite != http.SameSiteLaxMode {
		t.Errorf("the cookie is %+v", c)
	}
}
