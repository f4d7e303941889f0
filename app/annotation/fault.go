package annotation

import "fmt"

// FaultCode is a stable word for why a server does not take an op. Programs
// know it, and say it in the user's language.
type FaultCode string

// The faults of an op, with what their Params name.
const (
	Malformed    FaultCode = "malformed"     // detail: what is wrong with it, in English
	NotAllowed   FaultCode = "not_allowed"   // author, project
	NoArticle    FaultCode = "no_article"    // article, project
	NoScheme     FaultCode = "no_scheme"     // version, project
	OtherText    FaultCode = "other_text"    // article
	NoLabel      FaultCode = "no_label"      // label, version
	NoStance     FaultCode = "no_stance"     // label, version
	OutsideText  FaultCode = "outside_text"  // start, end, length, in code points
	OtherDevice  FaultCode = "other_device"  // the device id belongs to another account
	IDInUse      FaultCode = "id_in_use"     // another op has the device and seq
	BehindFaulty FaultCode = "behind_faulty" // an op before it needs another device id
)

// FaultCodes lists them all.
var FaultCodes = []FaultCode{
	Malformed, NotAllowed, NoArticle, NoScheme, OtherText, NoLabel, NoStance, OutsideText, OtherDevice, IDInUse, BehindFaulty,
}

// Fault is why an op is not taken.
type Fault struct {
	Code   FaultCode
	Params map[string]string // what it is about, by name
	words  string
}

// NewFault returns a fault that words tell in English; params are name, value, …
func NewFault(code FaultCode, words string, params ...any) *Fault {
	f := &Fault{Code: code, words: words}
	for i := 0; i+1 < len(params); i += 2 {
		if f.Params == nil {
			f.Params = map[string]string{}
		}
		f.Params[fmt.Sprint(params[i])] = fmt.Sprint(params[i+1])
	}
	return f
}

func (f *Fault) Error() string { return f.words }
