package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"tongbao/extractors"
)

// ofCollection are the commands that go by the collection's own words.
var ofCollection = []string{"run", "search", "show", "facts", "compare", "audit", "reindex"}

// lexiconFlag gives a command that touches no collection the flag that names a
// folder of word lists.
func (a *app) lexiconFlag(cmd *cobra.Command) {
	cmd.Flags().String("lexicon", "", a.words("自己的词表所在`文件夹`（见 docs/lexicon.md）", "`folder` of word lists of your own (see docs/lexicon.md)"))
}

// lexicon adds the words of the user: those of the folder that --lexicon names,
// or of the collection's folder lexicon.
func (a *app) lexicon(cmd *cobra.Command) error {
	folder := filepath.Join(a.collection, "lexicon")
	if flag := cmd.Flags().Lookup("lexicon"); flag != nil {
		if folder = flag.Value.String(); folder == "" {
			return nil
		}
		if _, err := os.Stat(folder); err != nil {
			return fmt.Errorf("--lexicon %s: %w", folder, err.(*fs.PathError).Err)
		}
	} else if !slices.Contains(ofCollection, cmd.Name()) {
		return nil
	}
	if err := extractors.Extend(os.DirFS(folder)); err != nil {
		return fmt.Errorf("%s: %w", folder, err)
	}
	return nil
}
