package ui

import "hashiya/app/ui/reading"

type (
	Surface          = reading.Surface
	Document         = reading.Document
	SurfaceParagraph = reading.SurfaceParagraph
	Mark             = reading.Mark
	Caret            = reading.Caret
	ScreenRect       = reading.ScreenRect
	SurfaceEvents    = reading.SurfaceEvents
	Key              = reading.Key
)
