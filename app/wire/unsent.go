package wire

import "hashiya/app/annotation"

// UnsentFormat is the version of Unsent that this program writes.
const UnsentFormat = 1

// Unsent is a line of the file in which somebody takes along what a server has
// not taken from a device: JSON lines, the ops of a device in the order of
// their seq. Bringing the same file in again changes nothing.
type Unsent struct {
	Format    int           `json:"hashiya_unsent"` // stands first: importers know the file by it
	Annotator string        `json:"annotator"`      // whose work it is
	Op        annotation.Op `json:"op"`
	Answer    *Result       `json:"answer,omitempty"` // why the server did not take it; nil where it has not answered
}
