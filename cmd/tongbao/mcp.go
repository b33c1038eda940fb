package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/modelcontextprotocol/go-sdk/mcp"
	"github.com/spf13/cobra"

	"tongbao/index"
	"tongbao/index/tools"
	"tongbao/internal/segment"
)

func mcpCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "mcp",
		Short: a.words("把资料集作为只读工具提供给语言模型的客户端（MCP）", "serve the collection to clients of language models as read-only tools (MCP)"),
		Long: a.words(`在标准输入、输出上讲 Model Context Protocol，由客户端启动，随客户端结束。工具：search 检索、
show 看一份通报、facts 事实、audit 核对、compare 比较；只读，不用网络。客户端的设置见 docs/mcp.md。`,
			`Speaks the Model Context Protocol on standard input and output: a client starts it, and it ends
with the client. Tools: search, show, facts, audit, compare; they only read, and use no network.
Settings for clients: docs/mcp.md.`),
		Example: `  tongbao mcp -C /home/me/zhejiang
  claude mcp add tongbao -- tongbao mcp -C /home/me/zhejiang`,
		Args: a.none,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt, syscall.SIGTERM)
			defer stop()
			return a.reading(ctx, func(store index.Store) error {
				server, err := tools.NewServer(store, programVersion(), segment.New().Words)
				if err != nil {
					return err
				}
				a.note(a.words("%s：等客户端在标准输入上说话；Ctrl-C 结束", "%s: waiting for a client on standard input; Ctrl-C ends"), a.collection)
				return a.serve(ctx, server)
			})
		},
	}
}

// serve answers on stdin and stdout until the client closes them, which is how
// a session ends well.
func (a *app) serve(ctx context.Context, server *mcp.Server) error {
	err := server.Run(ctx, &mcp.IOTransport{Reader: io.NopCloser(a.stdin), Writer: flushing{a.stdout}})
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if errors.Is(err, io.EOF) || errors.Is(err, mcp.ErrConnectionClosed) {
		return nil
	}
	if err != nil {
		return fmt.Errorf(a.words("标准输入上来的不是协议的消息（应由客户端启动，见 docs/mcp.md）：%w", "what came on standard input is no message of the protocol (let a client start it: docs/mcp.md): %w"), err)
	}
	return nil
}

// flushing sends every message at once.
type flushing struct{ *stream }

func (f flushing) Write(message []byte) (int, error) {
	n, err := f.stream.Write(message)
	if err == nil {
		err = f.Flush()
	}
	return n, err
}

// Close leaves the stream to the program.
func (f flushing) Close() error { return f.Flush() }
