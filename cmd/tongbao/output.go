package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"tongbao/internal/rows"
)

// An output is where the rows of a command go, and how they look.
type output struct {
	format string
	file   string
	bom    bool
	json   bool
}

// outputFlags gives a command the flags of contract §2 for rows.
func (a *app) outputFlags(cmd *cobra.Command) *output {
	o := &output{}
	flags := cmd.Flags()
	flags.StringVarP(&o.format, "format", "f", "table", a.words("格式：", "format: ")+strings.Join(rows.Formats, ", "))
	flags.StringVarP(&o.file, "output", "o", "", a.words("写入`文件`；没有 --format 时按扩展名定格式", "write to `file`; without --format its ending decides"))
	flags.BoolVar(&o.bom, "bom", false, a.words("csv、tsv 加字节序标记和 CRLF（给 Excel）", "csv and tsv with a byte order mark and CRLF, for Excel"))
	flags.BoolVar(&o.json, "json", false, a.words("等于 --format jsonl", "same as --format jsonl"))
	return o
}

// endings are the formats that a file's ending stands for.
var endings = map[string]string{".htm": "html", ".markdown": "md", ".ndjson": "jsonl", ".txt": "table"}

// settle decides the format and refuses what cannot be shown.
func (o *output) settle(a *app, cmd *cobra.Command) error {
	if ending := strings.ToLower(filepath.Ext(o.file)); o.file != "" && !cmd.Flags().Changed("format") {
		if format, ok := endings[ending]; ok {
			o.format = format
		} else if slices.Contains(rows.Formats, strings.TrimPrefix(ending, ".")) {
			o.format = strings.TrimPrefix(ending, ".")
		}
	}
	if o.json {
		if cmd.Flags().Changed("format") && o.format != "json" && o.format != "jsonl" {
			return a.usage(cmd, fmt.Sprintf(a.words("--json 与 --format %s 矛盾", "--json contradicts --format %s"), o.format))
		}
		if o.format != "json" {
			o.format = "jsonl"
		}
	}
	if rows.Binary(o.format) && o.file == "" && a.stdout.terminal() {
		return a.usage(cmd, fmt.Sprintf(a.words("%s 不能显示在终端：用 --output 文件", "%s cannot be shown on a terminal: use --output FILE"), o.format))
	}
	if _, err := rows.New(io.Discard, nil, rows.Options{Format: o.format}); err != nil {
		return a.usage(cmd, err.Error())
	}
	return nil
}

// write opens the rows, lets fill write them, and closes them. A file appears
// under its name only when it is whole. It returns the number of rows.
func (o *output) write(a *app, columns []rows.Column, fill func(*rows.Writer) error) (int, error) {
	options := rows.Options{Format: o.format, BOM: o.bom}
	if o.file == "" {
		options.Width = a.stdout.width()
		return writeRows(a.stdout, columns, options, fill)
	}
	file, err := os.CreateTemp(filepath.Dir(o.file), "."+filepath.Base(o.file)+".*")
	if err != nil {
		return 0, err
	}
	n, err := writeRows(file, columns, options, fill)
	if err = errors.Join(err, file.Chmod(0o644), file.Close()); err == nil {
		err = os.Rename(file.Name(), o.file)
	}
	if err != nil {
		return n, errors.Join(err, os.Remove(file.Name()))
	}
	a.note(a.words("写入 %s：%d 行", "%s: %d rows"), o.file, n)
	return n, nil
}

func writeRows(w io.Writer, columns []rows.Column, options rows.Options, fill func(*rows.Writer) error) (int, error) {
	writer, err := rows.New(w, columns, options)
	if err != nil {
		return 0, err
	}
	if err := fill(writer); err != nil {
		return writer.Rows(), err
	}
	return writer.Rows(), writer.Close()
}
