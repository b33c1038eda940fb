// Command tongbao reads published notices of discipline inspection into facts
// that can be counted, compared and cited.
package main

import "os"

func main() {
	a := &app{stdin: os.Stdin, stdout: newStream(os.Stdout), stderr: newStream(os.Stderr)}
	os.Exit(a.run(os.Args[1:]))
}
