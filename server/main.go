// Hashiya (حاشية) is where people label Arabic news. This is its server and
// its command line.
package main

import (
	"os"

	"hashiya/server/command"
)

// version is set by the build.
var version = "dev"

func main() { os.Exit(command.Run(version, os.Args[1:], os.Stdout, os.Stderr)) }
