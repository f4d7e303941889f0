// Command pack builds the front end: it joins the style sheets, fills in the templates
// of the shell and the service worker, compresses, and writes everything with an index
// into the folder that package web embeds. It does nothing when nothing has changed.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

func main() {
	src := flag.String("src", "web", "folder of the front end's sources")
	wasm := flag.String("wasm", "", "the app, built for js/wasm")
	out := flag.String("out", filepath.Join("web", "dist"), "folder to write")
	goroot := flag.String("goroot", "", "Go installation whose lib/wasm/wasm_exec.js built the app (default: of the go command)")
	quality := flag.Int("quality", 11, "Brotli quality, 0 to 11; lower is faster, for development")
	flag.Parse()
	if *wasm == "" || flag.NArg() > 0 || *quality < 0 || *quality > 11 {
		fmt.Fprintln(os.Stderr, "pack: name the built app with -wasm FILE and a -quality from 0 to 11")
		flag.Usage()
		os.Exit(2)
	}
	if err := run(*src, *wasm, *out, *goroot, *quality); err != nil {
		fmt.Fprintln(os.Stderr, "pack:", err)
		os.Exit(1)
	}
}

func run(src, wasm, out, goroot string, quality int) error {
	start := time.Now()
	if goroot == "" {
		output, err := exec.Command("go", "env", "GOROOT").Output()
		if err != nil {
			return fmt.Errorf("asking the go command for its folder: %w: name it with -goroot", err)
		}
		goroot = strings.TrimSpace(string(output))
	}
	sources, err := gather(src, wasm, filepath.Join(goroot, "lib", "wasm", "wasm_exec.js"))
	if err != nil {
		return err
	}
	index, changed, err := write(out, sources, quality)
	if err != nil {
		return err
	}
	if !changed {
		fmt.Printf("%s: version %s, up to date\n", out, index.Version)
		return nil
	}
	wire := 0
	for _, f := range index.Files {
		fmt.Printf("%9d %9d  %s\n", f.Size, f.Brotli, f.Path)
		if f.Brotli > 0 {
			wire += f.Brotli
		} else {
			wire += f.Size
		}
	}
	fmt.Printf("%s: version %s, %d files, %.3f MB over the wire, in %.1fs\n", out, index.Version, len(index.Files), float64(wire)/1e6, time.Since(start).Seconds())
	return nil
}
