package annotation

import (
	"fmt"
	"unicode/utf8"

	"hashiya/app/article"
	"hashiya/app/scheme"
)

// Limits of what one op may carry, in code points where text is meant.
const (
	MaxProclitic = 8
	MaxName      = 500
	MaxClaim     = 2000
	MaxNote      = 10000
	MaxRanges    = 100
	MaxPrev      = 100
)

// Validate reports the first thing that makes o an impossible op, without
// knowing the article or the scheme.
func (o *Op) Validate() error {
	if o.V < 1 || o.V > Version {
		return fmt.Errorf("op version %d is not known here (this program knows 1 to %d): update the server", o.V, Version)
	}
	for what, id := range map[string]string{"device": o.Device, "project": o.Project, "article": o.Article, "subject": o.Subject} {
		if err := article.ValidID(id); err != nil {
			return fmt.Errorf("%s: %w", what, err)
		}
	}
	if o.Seq == 0 || o.Lamport == 0 {
		return fmt.Errorf("seq is %d and lamport %d: both count from 1", o.Seq, o.Lamport)
	}
	if len(o.Prev) > MaxPrev {
		return fmt.Errorf("the op replaces %d ops, at most %d are allowed", len(o.Prev), MaxPrev)
	}
	return o.Change.validate()
}

func (c *Change) validate() error {
	payloads := 0
	for _, set := range []bool{c.Span != nil, c.Entity != nil, c.Stance != nil, c.Comment != nil, c.Status != "", c.Work != nil, c.Refusal != nil} {
		if set {
			payloads++
		}
	}
	if c.IsDelete() {
		if payloads != 0 {
			return fmt.Errorf("%s carries a payload", c.Kind)
		}
		return nil
	}
	if payloads != 1 {
		return fmt.Errorf("%s carries %d payloads, want 1", c.Kind, payloads)
	}
	if c.Subject == StatusSubject && c.Kind != SetStatus {
		return fmt.Errorf("subject %q belongs to the status, not to %s", StatusSubject, c.Kind)
	}
	switch {
	case c.Kind == PutSpan && c.Span != nil:
		return c.Span.validate()
	case c.Kind == PutEntity && c.Entity != nil:
		return c.Entity.validate()
	case c.Kind == PutStance && c.Stance != nil:
		return c.Stance.validate()
	case c.Kind == PutComment && c.Comment != nil:
		if c.Comment.Flag && c.Comment.On != "" {
			return fmt.Errorf("a flag is on %s: only articles are flagged", c.Comment.On)
		}
		return limit("comment", c.Comment.Text, 1, MaxNote)
	case c.Kind == PutRefusal && c.Refusal != nil:
		return c.Refusal.validate()
	case c.Kind == PutWork && c.Work != nil:
		if c.Work.ActiveSeconds < 0 {
			return fmt.Errorf("active_seconds is %d", c.Work.ActiveSeconds)
		}
		return nil
	case c.Kind == SetStatus && c.Status != "":
		if c.Subject != StatusSubject {
			return fmt.Errorf("the subject of a status is %q, want %q", c.Subject, StatusSubject)
		}
		if c.Status != InProgress && c.Status != Done && c.Status != Skipped {
			return fmt.Errorf("status %q can't be set: want %s, %s or %s", c.Status, InProgress, Done, Skipped)
		}
		return limit("reason", c.Reason, 0, MaxNote)
	}
	return fmt.Errorf("kind %q does not go with its payload, or is not known here", c.Kind)
}

func (s *Span) validate() error {
	if err := (Range{s.Start, s.End}).validate(); err != nil {
		return fmt.Errorf("span: %w", err)
	}
	if s.Entity != "" {
		if err := article.ValidID(s.Entity); err != nil {
			return fmt.Errorf("span: entity: %w", err)
		}
	}
	if s.Label == "" {
		return fmt.Errorf("span [%d,%d) has no label", s.Start, s.End)
	}
	if err := limit("proclitic", s.Proclitic, 0, MaxProclitic); err != nil {
		return err
	}
	return s.Source.validate()
}

func (e *Entity) validate() error {
	if e.Label == "" {
		return fmt.Errorf("entity %q has no label", e.Name)
	}
	return limit("entity name", e.Name, 1, MaxName)
}

func (s *Stance) validate() error {
	if err := s.Holder.validate(); err != nil {
		return fmt.Errorf("stance holder: %w", err)
	}
	for i := range s.Via {
		if err := s.Via[i].validate(); err != nil {
			return fmt.Errorf("stance via %d: %w", i+1, err)
		}
	}
	if (s.Target.Entity == "") == (s.Target.Claim == "") {
		return fmt.Errorf("stance target must be an entity or a claim, one of the two")
	}
	if s.Label == "" {
		return fmt.Errorf("stance has no label (not judged is the absence of a stance)")
	}
	if s.Mode != Quote && s.Mode != Paraphrase && s.Mode != Narration {
		return fmt.Errorf("stance mode %q: want %s, %s or %s", s.Mode, Quote, Paraphrase, Narration)
	}
	if s.Intensity < 0 || s.Intensity > 3 || s.Certainty < 0 || s.Certainty > 3 {
		return fmt.Errorf("stance intensity is %d and certainty %d: want 1 to 3, or 0 for not given", s.Intensity, s.Certainty)
	}
	if len(s.Evidence) > MaxRanges {
		return fmt.Errorf("stance has %d pieces of evidence, at most %d are allowed", len(s.Evidence), MaxRanges)
	}
	for i, r := range s.Evidence {
		if err := r.validate(); err != nil {
			return fmt.Errorf("stance evidence %d: %w", i+1, err)
		}
	}
	if err := limit("stance claim", s.Target.Claim, 0, MaxClaim); err != nil {
		return err
	}
	return limit("stance note", s.Note, 0, MaxNote)
}

func (h *Holder) validate() error {
	n := 0
	for _, set := range []bool{h.Entity != "", h.Author, h.Outlet, h.Implicit} {
		if set {
			n++
		}
	}
	if n != 1 {
		return fmt.Errorf("want exactly one of entity, author, outlet, implicit; %d are set", n)
	}
	return nil
}

func (r Range) validate() error {
	if r.Start < 0 || r.End <= r.Start {
		return fmt.Errorf("[%d,%d) is no range: want 0 ≤ start < end, in code points", r.Start, r.End)
	}
	return nil
}

func limit(what, s string, least, most int) error {
	if !utf8.ValidString(s) {
		return fmt.Errorf("%s is not valid UTF-8", what)
	}
	if n := utf8.RuneCountInString(s); n < least || n > most {
		return fmt.Errorf("%s has %d code points, want %d to %d", what, n, least, most)
	}
	return nil
}

// ValidateAgainst reports why o, which passed Validate, does not fit the
// article of textSHA256 and codePoints (the text's length), or the scheme
// version it was made under; the error is a *Fault. Labels that the version has
// retired still fit: what bears one can be changed in every other way.
func (o *Op) ValidateAgainst(textSHA256 string, codePoints int, s *scheme.Scheme) error {
	if o.TextSHA256 != textSHA256 {
		return NewFault(OtherText, fmt.Sprintf("the op was made on another text of article %s (%.12s…, not %.12s…)", o.Article, o.TextSHA256, textSHA256), "article", o.Article)
	}
	within := func(r Range) error {
		if r.End > codePoints {
			return NewFault(OutsideText, fmt.Sprintf("[%d,%d) ends behind the text's %d code points", r.Start, r.End, codePoints),
				"start", r.Start, "end", r.End, "length", codePoints)
		}
		return nil
	}
	switch o.Kind {
	case PutSpan:
		if _, ok := s.Known(o.Span.Label); !ok {
			return noLabel(NoLabel, "label", o.Span.Label, s)
		}
		return within(Range{o.Span.Start, o.Span.End})
	case PutRefusal:
		return within(Range{o.Refusal.Start, o.Refusal.End})
	case PutEntity:
		if _, ok := s.Known(o.Entity.Label); !ok {
			return noLabel(NoLabel, "label", o.Entity.Label, s)
		}
	case PutStance:
		if _, ok := s.KnownStance(o.Stance.Label); !ok {
			return noLabel(NoStance, "stance label", o.Stance.Label, s)
		}
		for _, r := range o.Stance.Evidence {
			if err := within(r); err != nil {
				return err
			}
		}
	}
	return nil
}

func noLabel(code FaultCode, kind, id string, s *scheme.Scheme) error {
	return NewFault(code, fmt.Sprintf("%s %q is not in scheme version %d", kind, id, s.Version), "label", id, "version", s.Version)
}
