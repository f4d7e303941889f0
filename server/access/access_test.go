package access

import (
	"strings"
	"testing"

	"hashiya/app/wire"
)

func TestNobodyMayDoAnythingButWhatIsOpen(t *testing.T) {
	for _, a := range []Action{UseAccount, Label, ReadProject, CreateProject, ChangeScheme, ImportArticles, Export, FindMentions, ReadFlags, ManagePeople, SetPassword, CheckData, "dance"} {
		if Can(User{}, a, Object{}) {
			t.Errorf("nobody may %s", a)
		}
	}
	if !Can(User{}, Nothing, Object{}) {
		t.Error("what is open is closed")
	}
}

func TestEveryoneLabelsOnlyInTheirOwnLayer(t *testing.T) {
	for _, r := range wire.Roles {
		u := User{Name: "سمر", Role: r}
		if !Can(u, Label, Object{Author: "سمر"}) || Can(u, Label, Object{Author: "omar"}) {
			t.Errorf("a %s labels in the wrong layer, or not in the own one", r)
		}
	}
	if Can(TheOperator, Label, Object{Author: Operator}) {
		t.Error("the operator labels")
	}
}

func TestNamesAreOfAnyScriptAndCantDeceive(t *testing.T) {
	for _, good := range []string{"سمر", "د. ليلى", "omar-2", "דנה", "می", strings.Repeat("س", MaxName)} {
		if err := ValidAccount(good); err != nil {
			t.Errorf("%q: %v", good, err)
		}
	}
	for _, bad := range []string{"", " سمر", "a/b", `a\b`, "a\x00b", "سمر\u200f", "e\u0301", "\xff", "operator", "Gold", "all", strings.Repeat("س", MaxName+1), strings.Repeat("𐎀", MaxName), "a\nb"} {
		if ValidAccount(bad) == nil {
			t.Errorf("%q is taken", bad)
		}
	}
}
