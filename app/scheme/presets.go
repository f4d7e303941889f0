package scheme

// Default is the scheme of a new project.
func Default() Scheme {
	return Scheme{Version: 1, Preset: "hashiya", Stances: defaultStances(), Guidelines: defaultGuidelines, Labels: explained([]Label{
		{ID: "PER", Names: Names{"شخص", "Person"}, Color: 1, Key: "KeyP"},
		{ID: "ORG", Names: Names{"منظمة", "Organisation"}, Color: 2, Key: "KeyO"},
		{ID: "GPE", Names: Names{"كيان سياسي", "Country or city"}, Color: 3, Key: "KeyG"},
		{ID: "LOC", Names: Names{"مكان", "Location"}, Color: 4, Key: "KeyL"},
		{ID: "FAC", Names: Names{"منشأة", "Facility"}, Color: 5, Key: "KeyF"},
		{ID: "NORP", Names: Names{"انتماء", "Group"}, Color: 6, Key: "KeyN"},
		{ID: "ROLE", Names: Names{"منصب", "Role"}, Color: 7, Key: "KeyR"},
		{ID: "EVENT", Names: Names{"حدث", "Event"}, Color: 8, Key: "KeyE"},
		{ID: "DATE", Names: Names{"تاريخ", "Date"}, Color: 9, Key: "KeyD"},
		{ID: "MISC", Names: Names{"أخرى", "Other"}, Color: 10, Key: "KeyM"},
	})}
}

// DefaultOptional lists the labels that a project may add to Default.
func DefaultOptional() []Label {
	return explained([]Label{
		{ID: "LAW", Names: Names{"قانون", "Law"}, Color: 11, Key: "KeyW"},
		{ID: "MONEY", Names: Names{"مال", "Money"}, Color: 12, Key: "KeyY"},
		{ID: "QUANTITY", Names: Names{"كمية", "Quantity"}, Color: 13, Key: "KeyQ"},
		{ID: "PRODUCT", Names: Names{"منتج", "Product"}, Color: 14, Key: "KeyT"},
	})
}

// Wojood is the 21 types of the Wojood corpus (Jarrar, Khalilia, Ghanem:
// Wojood: Nested Arabic Named Entity Corpus and Recognition using BERT, LREC
// 2022, table 1).
func Wojood() Scheme {
	return Scheme{Version: 1, Preset: "wojood", Stances: defaultStances(), Labels: []Label{
		{ID: "PERS", Names: Names{"شخص", "Person"}, Color: 1, Key: "KeyP"},
		{ID: "NORP", Names: Names{"جماعة", "Group of people"}, Color: 6, Key: "KeyN"},
		{ID: "OCC", Names: Names{"مهنة أو منصب", "Occupation"}, Color: 7, Key: "KeyC"},
		{ID: "ORG", Names: Names{"منظمة", "Organisation"}, Color: 2, Key: "KeyO"},
		{ID: "GPE", Names: Names{"كيان سياسي", "Country or city"}, Color: 3, Key: "KeyG"},
		{ID: "LOC", Names: Names{"مكان", "Location"}, Color: 4, Key: "KeyL"},
		{ID: "FAC", Names: Names{"منشأة", "Facility"}, Color: 5, Key: "KeyF"},
		{ID: "EVENT", Names: Names{"حدث", "Event"}, Color: 8, Key: "KeyE"},
		{ID: "DATE", Names: Names{"تاريخ", "Date"}, Color: 9, Key: "KeyD"},
		{ID: "TIME", Names: Names{"وقت", "Time"}, Color: 10, Key: "KeyT"},
		{ID: "LANGUAGE", Names: Names{"لغة", "Language"}, Color: 11, Key: "KeyA"},
		{ID: "WEBSITE", Names: Names{"موقع إلكتروني", "Website"}, Color: 12, Key: "KeyW"},
		{ID: "LAW", Names: Names{"قانون", "Law"}, Color: 13, Key: "KeyX"},
		{ID: "PRODUCT", Names: Names{"منتج", "Product"}, Color: 14, Key: "KeyR"},
		{ID: "CARDINAL", Names: Names{"عدد", "Cardinal"}, Color: 1, Key: "Digit1"},
		{ID: "ORDINAL", Names: Names{"ترتيب", "Ordinal"}, Color: 2, Key: "Digit2"},
		{ID: "PERCENT", Names: Names{"نسبة مئوية", "Percent"}, Color: 3, Key: "Digit3"},
		{ID: "QUANTITY", Names: Names{"كمية", "Quantity"}, Color: 4, Key: "Digit4"},
		{ID: "UNIT", Names: Names{"وحدة قياس", "Unit"}, Color: 5, Key: "Digit5"},
		{ID: "MONEY", Names: Names{"مبلغ مالي", "Money"}, Color: 6, Key: "Digit6"},
		{ID: "CURR", Names: Names{"عملة", "Currency"}, Color: 7, Key: "Digit7"},
	}}
}

// ByPreset returns the preset of that name: "hashiya" or "wojood".
func ByPreset(name string) (Scheme, bool) {
	switch name {
	case "hashiya", "":
		return Default(), true
	case "wojood":
		return Wojood(), true
	}
	return Scheme{}, false
}

func defaultStances() []StanceLabel {
	scale := []StanceLabel{
		{ID: "favor", Names: Names{"مؤيد", "Favor"}, Sign: 1},
		{ID: "against", Names: Names{"معارض", "Against"}, Sign: -1},
		{ID: "neutral", Names: Names{"محايد", "Neutral"}, Sign: 0},
		{ID: "discuss", Names: Names{"يناقش", "Discuss"}, Sign: 0},
		{ID: "unclear", Names: Names{"غير واضح", "Unclear"}, Sign: 0},
	}
	for i := range scale {
		scale[i].Help = stanceHelp[scale[i].ID]
	}
	return scale
}
