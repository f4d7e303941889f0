package arabic

import "testing"

func TestCoreStart(t *testing.T) {
	known := NewLexicon([]string{"علييف", "أرمينيا", "روسيا", "موسكو", "بوتين", "لبنان", "حُدود"})
	for word, want := range map[string]string{
		"لأذربيجان": "ل", "وبأذربيجان": "وب", "وأذربيجان": "و", "وعلييف": "و", "بموسكو": "ب",
		"وبالقاهرة": "وب", "للكرملين": "ل", "وللكرملين": "ول", "و2003": "و", "وَعَلييف": "وَ", "لـأذربيجان": "لـ",
		"أو": "", "بوتين": "", "لبنان": "", "وصل": "", "ولي": "", "والده": "", "والدته": "", "الكرملين": "",
		"كوب": "", "وزير": "", "بلدة": "", "لأن": "", "لأنها": "", "كييف": "", "2018": "", "F16": "", "وحدود": "و",
		"أأذربيجان": "أ",
	} {
		got := string([]rune(word)[:CoreStart(word, known)])
		if got != want {
			t.Errorf("%s: left out %q, want %q", word, got, want)
		}
	}
}

func TestIsProclitic(t *testing.T) {
	for s, want := range map[string]bool{
		"و": true, "وب": true, "أفل": true, "س": true, "وَبِ": true, "لـ": true,
		"": false, "بو": false, "ال": false, "َ": false, "وو": false, "ر": false,
	} {
		if IsProclitic(s) != want {
			t.Errorf("%q: want %v", s, want)
		}
	}
}
