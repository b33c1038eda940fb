package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"
	"github.com/rogpeppe/go-internal/testscript"
)

// mcpCall starts `tongbao mcp` as a client does, as a child that it speaks with
// over pipes, calls a tool, prints what the tool says, and lets the child end:
//
//	mcp search '{"query":"信访件"}'
//	! mcp show '{"id":"n0000"}'        # the tool says what is wrong
func mcpCall(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: mcp TOOL ARGUMENTS")
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	child := exec.CommandContext(ctx, "tongbao", "mcp")
	child.Dir = ts.MkAbs(".")
	child.Env = append(os.Environ(), "LANG=C", "LC_ALL=", "HOME="+ts.Getenv("HOME"))
	var stderr bytes.Buffer
	child.Stderr = &stderr
	session, err := mcp.NewClient(&mcp.Implementation{Name: "script"}, nil).Connect(ctx, &mcp.CommandTransport{Command: child}, nil)
	ts.Check(err)
	result, err := session.CallTool(ctx, &mcp.CallToolParams{Name: args[0], Arguments: json.RawMessage(args[1])})
	ts.Check(err)
	for _, c := range result.Content {
		if words, ok := c.(*mcp.TextContent); ok {
			fmt.Fprintln(ts.Stdout(), words.Text)
		}
	}
	ts.Check(session.Close())
	if code := child.ProcessState.ExitCode(); code != 0 {
		ts.Fatalf("tongbao mcp ended with exit code %d: %s", code, stderr.String())
	}
	fmt.Fprint(ts.Stderr(), stderr.String())
	if result.IsError != neg {
		ts.Fatalf("the tool fails: %t, want %t", result.IsError, neg)
	}
}
