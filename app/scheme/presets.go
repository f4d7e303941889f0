package scheme

// Default is the scheme of a new project.
func Default() Scheme {
	return Scheme{Version: 1, Preset: "hashiya", Stances: defaultStances(), Labels: []Label{
		{"PER", Names{"شخص", "Person"}, 1, "KeyP"},
		{"ORG", Names{"منظمة", "Organisation"}, 2, "KeyO"},
		{"GPE", Names{"كيان سياسي", "Country or city"}, 3, "KeyG"},
		{"LOC", Names{"مكان", "Location"}, 4, "KeyL"},
		{"FAC", Names{"منشأة", "Facility"}, 5, "KeyF"},
		{"NORP", Names{"انتماء", "Group"}, 6, "KeyN"},
		{"ROLE", Names{"منصب", "Role"}, 7, "KeyR"},
		{"EVENT", Names{"حدث", "Event"}, 8, "KeyE"},
		{"DATE", Names{"تاريخ", "Date"}, 9, "KeyD"},
		{"MISC", Names{"أخرى", "Other"}, 10, "KeyM"},
	}}
}

// DefaultOptional lists the labels that a project may add to Default.
func DefaultOptional() []Label {
	return []Label{
		{"LAW", Names{"قانون", "Law"}, 11, "KeyW"},
		{"MONEY", Names{"مال", "Money"}, 12, "KeyY"},
		{"QUANTITY", Names{"كمية", "Quantity"}, 13, "KeyQ"},
		{"PRODUCT", Names{"منتج", "Product"}, 14, "KeyT"},
	}
}

// Wojood is the 21 types of the Wojood corpus (Jarrar, Khalilia, Ghanem:
// Wojood: Nested Arabic Named Entity Corpus and Recognition using BERT, LREC
// 2022, table 1).
func Wojood() Scheme {
	return Scheme{Version: 1, Preset: "wojood", Stances: defaultStances(), Labels: []Label{
		{"PERS", Names{"شخص", "Person"}, 1, "KeyP"},
		{"NORP", Names{"جماعة", "Group of people"}, 6, "KeyN"},
		{"OCC", Names{"مهنة أو منصب", "Occupation"}, 7, "KeyC"},
		{"ORG", Names{"منظمة", "Organisation"}, 2, "KeyO"},
		{"GPE", Names{"كيان سياسي", "Country or city"}, 3, "KeyG"},
		{"LOC", Names{"مكان", "Location"}, 4, "KeyL"},
		{"FAC", Names{"منشأة", "Facility"}, 5, "KeyF"},
		{"EVENT", Names{"حدث", "Event"}, 8, "KeyE"},
		{"DATE", Names{"تاريخ", "Date"}, 9, "KeyD"},
		{"TIME", Names{"وقت", "Time"}, 10, "KeyT"},
		{"LANGUAGE", Names{"لغة", "Language"}, 11, "KeyA"},
		{"WEBSITE", Names{"موقع إلكتروني", "Website"}, 12, "KeyW"},
		{"LAW", Names{"قانون", "Law"}, 13, "KeyX"},
		{"PRODUCT", Names{"منتج", "Product"}, 14, "KeyR"},
		{"CARDINAL", Names{"عدد", "Cardinal"}, 1, "Digit1"},
		{"ORDINAL", Names{"ترتيب", "Ordinal"}, 2, "Digit2"},
		{"PERCENT", Names{"نسبة مئوية", "Percent"}, 3, "Digit3"},
		{"QUANTITY", Names{"كمية", "Quantity"}, 4, "Digit4"},
		{"UNIT", Names{"وحدة قياس", "Unit"}, 5, "Digit5"},
		{"MONEY", Names{"مبلغ مالي", "Money"}, 6, "Digit6"},
		{"CURR", Names{"عملة", "Currency"}, 7, "Digit7"},
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
	return []StanceLabel{
		{"favor", Names{"مؤيد", "Favor"}, 1},
		{"against", Names{"معارض", "Against"}, -1},
		{"neutral", Names{"محايد", "Neutral"}, 0},
		{"discuss", Names{"يناقش", "Discuss"}, 0},
		{"unclear", Names{"غير واضح", "Unclear"}, 0},
	}
}
