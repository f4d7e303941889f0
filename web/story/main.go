// Command story serves the storybook: every screen of the app in every state, from
// fixtures, to look at. Its tests compare each story with the picture of it that is
// kept in testdata. Run it in the folder of go.mod; README.md says how to add a story.
package main

import (
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
)

func main() {
	addr := flag.String("addr", "localhost:8080", "address to serve on")
	flag.Parse()
	if flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}
	if err := run(*addr); err != nil {
		fmt.Fprintln(os.Stderr, "story:", err)
		os.Exit(1)
	}
}

func run(addr string) error {
	dir, err := build(".")
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return fmt.Errorf("%w: name a free address with ADDR=localhost:PORT", err)
	}
	fmt.Printf("The storybook is at http://%s/ (Ctrl+C ends it; start it again after a change).\n", l.Addr())
	return http.Serve(l, handler(dir))
}
