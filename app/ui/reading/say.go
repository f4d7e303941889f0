package reading

import (
	"strings"

	"hashiya/app/scheme"
	"hashiya/app/ui/i18n"
)

var none i18n.Text

// verbatim is text of the article or the user, the same in every language.
func verbatim(s string) i18n.Text { return i18n.Text{Ar: s, En: s} }

// fill replaces each {name} in both languages: pairs are name, value, …; a
// value is a string, scheme.Names or i18n.Text.
func fill(t i18n.Text, pairs ...any) i18n.Text {
	ar, en := make([]string, len(pairs)), make([]string, len(pairs))
	for i, p := range pairs {
		switch p := p.(type) {
		case string:
			ar[i], en[i] = p, p
		case scheme.Names:
			ar[i], en[i] = p.Ar, p.En
		case i18n.Text:
			ar[i], en[i] = p.Ar, p.En
		}
	}
	return i18n.Text{Ar: t.With(i18n.Ar, ar...), En: t.With(i18n.En, en...)}
}

func join(a, b i18n.Text) i18n.Text {
	return i18n.Text{Ar: a.Ar + ". " + b.Ar, En: a.En + ". " + b.En}
}

// list strings the texts together.
func list(items []i18n.Text) i18n.Text {
	var ar, en []string
	for _, t := range items {
		ar, en = append(ar, t.Ar), append(en, t.En)
	}
	return i18n.Text{Ar: strings.Join(ar, "، "), En: strings.Join(en, ", ")}
}

// What the editor says and why it refuses.
var (
	sayDiskFull = i18n.Text{
		Ar: "لم يُحفظ آخر تغيير على هذا الجهاز، فلا يُقبل غيره الآن. أفرغ مساحة على القرص، ثم اضغط «إعادة المحاولة» في أعلى الصفحة. ما كتبته باقٍ على الشاشة.",
		En: "Your last change is not saved on this device, so no other is taken now. Free space on the disk, then press “Try again” at the top. What you wrote stays on the screen.",
	}
	sayCreated          = i18n.Text{Ar: "{label}: {text}", En: "{label}: {text}"}
	sayLabelled         = i18n.Text{Ar: "{text}، {label}", En: "{text}, {label}"}
	sayRelabelled       = i18n.Text{Ar: "صار {label}: {text}", En: "Now {label}: {text}"}
	sayDeleted          = i18n.Text{Ar: "حُذف: {text}", En: "Deleted: {text}"}
	sayJoined           = i18n.Text{Ar: "{text} ← {entity}", En: "{text} → {entity}"}
	sayRenamed          = i18n.Text{Ar: "صار الاسم: {entity}", En: "Renamed: {entity}"}
	sayMerged           = i18n.Text{Ar: "دُمج {from} في {into}", En: "{from} merged into {into}"}
	sayKept             = i18n.Text{Ar: "حُسم التعارض", En: "Conflict settled"}
	sayDone             = i18n.Text{Ar: "اكتمل المقال", En: "Article done"}
	sayReopened         = i18n.Text{Ar: "أُعيد فتح المقال", En: "Article reopened"}
	saySkipped          = i18n.Text{Ar: "تُرك المقال", En: "Article skipped"}
	sayNoted            = i18n.Text{Ar: "حُفظت الملاحظة", En: "Note saved"}
	sayNoteDeleted      = i18n.Text{Ar: "حُذفت الملاحظة", En: "Note deleted"}
	sayNewStance        = i18n.Text{Ar: "موقف جديد", En: "New stance"}
	sayEvidenceAdded    = i18n.Text{Ar: "شاهد: {text}", En: "Evidence: {text}"}
	sayStanceSaved      = i18n.Text{Ar: "حُفظ الموقف", En: "Stance saved"}
	sayStanceDeleted    = i18n.Text{Ar: "حُذف الموقف", En: "Stance deleted"}
	sayUndone           = i18n.Text{Ar: "تم التراجع", En: "Undone"}
	sayRedone           = i18n.Text{Ar: "تمت الإعادة", En: "Redone"}
	sayNothingToUndo    = i18n.Text{Ar: "لا شيء للتراجع عنه", En: "Nothing to undo"}
	sayNothingToRedo    = i18n.Text{Ar: "لا شيء لإعادته", En: "Nothing to redo"}
	sayNothingChosen    = i18n.Text{Ar: "لا تحديد", En: "Nothing selected"}
	sayNoMoreSpans      = i18n.Text{Ar: "لا وسم بعد هذا", En: "No more labels this way"}
	sayAmbiguous        = i18n.Text{Ar: "يحتمل أكثر من كيان: اضغط J لاختياره", En: "It could be several entities: press J to choose"}
	sayNoLetters        = i18n.Text{Ar: "لا كلمة في هذا التحديد.", En: "There is no word in this selection."}
	sayNoWord           = i18n.Text{Ar: "لا كلمة هنا: ضع المؤشر على كلمة أو حدّد نصًّا.", En: "No word here: put the caret on a word, or select text."}
	sayOutside          = i18n.Text{Ar: "هذا الجزء ليس من نصّ المقال فلا يوسَم.", En: "This part is not the article itself and is not labelled."}
	sayAcross           = i18n.Text{Ar: "لا يمتدّ الوسم على فقرتين.", En: "A label can't reach over two paragraphs."}
	sayTwin             = i18n.Text{Ar: "«{text}» موسوم «{label}» من قبل.", En: "“{text}” already has the label {label}."}
	sayUnknownLabel     = i18n.Text{Ar: "ليس في المشروع وسم {label}.", En: "The project has no label {label}."}
	sayNoLastLabel      = i18n.Text{Ar: "لا وسم سابقًا ليتكرّر: اختر وسمًا أولًا.", En: "No label to repeat yet: choose one first."}
	sayNoSpan           = i18n.Text{Ar: "اختر وسمًا في النص أولًا.", En: "Select a label in the text first."}
	sayNoFurther        = i18n.Text{Ar: "لا يمكن تحريك هذا الحدّ أبعد.", En: "This boundary can't go further."}
	sayNothingLeftOut   = i18n.Text{Ar: "لم يُترك شيء قبل هذا الوسم.", En: "Nothing is left out in front of it."}
	sayNothingToTakeOff = i18n.Text{Ar: "لا سابقة أخرى في أول هذه الكلمة.", En: "This word has no further prefix."}
	sayLockedDone       = i18n.Text{Ar: "المقال مكتمل: أعد فتحه لتعدّل فيه.", En: "The article is done: reopen it to make changes."}
	sayLockedSkipped    = i18n.Text{Ar: "المقال متروك: أعد فتحه لتعدّل فيه.", En: "The article is skipped: reopen it to make changes."}
	sayNoName           = i18n.Text{Ar: "لا بدّ للكيان من اسم.", En: "An entity needs a name."}
	sayNameTooLong      = i18n.Text{Ar: "الاسم أطول مما يُقبل (500 حرف).", En: "The name is longer than 500 characters."}
	sayHasMentions      = i18n.Text{Ar: "ما زال في النص ما يشير إلى «{entity}».", En: "The text still mentions {entity}."}
	sayInStance         = i18n.Text{Ar: "«{entity}» طرف في موقف: غيّر الموقف أولًا.", En: "{entity} is part of a stance: change the stance first."}
	sayGoneEntity       = i18n.Text{Ar: "كيان محذوف", En: "deleted entity"}
	sayDraftOpen        = i18n.Text{Ar: "احفظ الموقف المفتوح أو ألغِه أولًا.", En: "Save or cancel the open stance first."}
	saySelectEvidence   = i18n.Text{Ar: "حدّد الشاهد في النص أولًا.", En: "Select the evidence in the text first."}
	sayEvidenceThere    = i18n.Text{Ar: "هذا الشاهد مضاف من قبل.", En: "This evidence is there already."}
	sayStanceLacks      = i18n.Text{Ar: "ينقص الموقف: {what}.", En: "The stance lacks: {what}."}
	sayDoneConflict     = i18n.Text{Ar: "في المقال تعارض لم يُحسم: احسمه ثم أنجز المقال.", En: "The article has an open conflict: settle it, then mark it done."}
	saySkipReason       = i18n.Text{Ar: "اكتب سبب ترك المقال.", En: "Say why the article is skipped."}
	sayNoNote           = i18n.Text{Ar: "الملاحظة فارغة.", En: "The note is empty."}

	missHolder   = i18n.Text{Ar: "صاحب الموقف", En: "a holder"}
	missVia      = i18n.Text{Ar: "ناقل موجود", En: "a source that still exists"}
	missTarget   = i18n.Text{Ar: "المستهدَف بالموقف", En: "a target"}
	missLabel    = i18n.Text{Ar: "الحكم", En: "a judgement"}
	missMode     = i18n.Text{Ar: "صيغة الإيراد", En: "how the text reports it"}
	missEvidence = i18n.Text{Ar: "شاهد من النص", En: "evidence from the text"}
	missShorter  = i18n.Text{Ar: "نص أقصر", En: "a shorter text"}

	wordAuthor   = i18n.Text{Ar: "كاتب المقال", En: "The author"}
	wordOutlet   = i18n.Text{Ar: "الوسيلة الإعلامية", En: "The outlet"}
	wordImplicit = i18n.Text{Ar: "مجهول (مبني للمجهول)", En: "Unnamed (passive)"}
	wordNobody   = i18n.Text{Ar: "…", En: "…"}
)
