// Package demo holds the articles of the demo project. We wrote them: what
// they tell is invented, and so are the people and the papers in them.
package demo

import (
	"embed"
	"io/fs"
)

//go:embed articles/*.txt
var files embed.FS

// File is one article as it lies in a file, ready to be imported.
type File struct {
	Name string
	Data []byte
}

// Articles returns the demo articles in a fixed order.
func Articles() []File {
	names, err := fs.Glob(files, "articles/*.txt")
	if err != nil {
		panic("demo: the pattern is constant: " + err.Error())
	}
	var out []File
	for _, name := range names {
		data, err := files.ReadFile(name)
		if err != nil {
			panic("demo: an embedded file always reads: " + err.Error())
		}
		out = append(out, File{name[len("articles/"):], data})
	}
	return out
}
