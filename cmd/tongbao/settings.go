package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/spf13/cobra"
)

// settingsFile is looked for in the working directory.
const settingsFile = "tongbao.toml"

// settings are what may be set for good: under these names in tongbao.toml, and
// as TONGBAO_NAME in the environment. A flag of the same name wins.
type settings struct {
	Collection *string `toml:"collection"`
	Lang       *string `toml:"lang"`
	Color      *string `toml:"color"`
	Quiet      *bool   `toml:"quiet"`
	Format     *string `toml:"format"`
	Limit      *int    `toml:"limit"`
	BOM        *bool   `toml:"bom"`
}

// values returns what is set, by name.
func (s settings) values() map[string]string {
	values := map[string]string{}
	put(values, "collection", s.Collection)
	put(values, "lang", s.Lang)
	put(values, "color", s.Color)
	put(values, "quiet", s.Quiet)
	put(values, "format", s.Format)
	put(values, "limit", s.Limit)
	put(values, "bom", s.BOM)
	return values
}

func put[T any](values map[string]string, name string, value *T) {
	if value != nil {
		values[name] = fmt.Sprint(*value)
	}
}

// settingNames are the names that the environment may set.
var settingNames = []string{"collection", "lang", "color", "quiet", "format", "limit", "bom"}

// variable is the environment's name of a setting.
func variable(name string) string { return "TONGBAO_" + strings.ToUpper(name) }

// readSettings reads tongbao.toml; that there is none is no error.
func readSettings() (map[string]string, error) {
	file, err := os.Open(settingsFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var s settings
	err = toml.NewDecoder(file).DisallowUnknownFields().Decode(&s)
	var strict *toml.StrictMissingError
	if errors.As(err, &strict) {
		row, _ := strict.Errors[0].Position()
		return nil, fmt.Errorf("%s:%d: there is no setting %q; there are %s",
			settingsFile, row, strings.Join(strict.Errors[0].Key(), "."), strings.Join(settingNames, ", "))
	}
	var syntax *toml.DecodeError
	if errors.As(err, &syntax) {
		row, column := syntax.Position()
		return nil, fmt.Errorf("%s:%d:%d: %w", settingsFile, row, column, err)
	}
	return s.values(), err
}

// settle gives every flag of the command that was not on the command line its
// value out of the environment or the settings file, and checks the common ones.
func (a *app) settle(cmd *cobra.Command) error {
	file, err := readSettings()
	if err != nil {
		return err
	}
	for _, name := range settingNames {
		flag := cmd.Flags().Lookup(name)
		if flag == nil || flag.Changed {
			continue
		}
		value, origin := os.Getenv(variable(name)), variable(name)
		if value == "" {
			value, origin = file[name], settingsFile
		}
		if value == "" {
			continue
		}
		if err := flag.Value.Set(value); err != nil {
			return fmt.Errorf("%s: %s = %q: %w", origin, name, value, err)
		}
	}
	for _, choice := range []struct {
		flag, value string
		of          []string
	}{{"lang", a.lang, []string{"zh", "en", "auto"}}, {"color", a.color, []string{"auto", "always", "never"}}} {
		if !slices.Contains(choice.of, choice.value) {
			return fmt.Errorf("--%s %q: choose one of %s", choice.flag, choice.value, strings.Join(choice.of, ", "))
		}
	}
	return a.lexicon(cmd)
}

// speaksChinese settles the language before the command line is read, because
// the help depends on it: --lang, TONGBAO_LANG, tongbao.toml, then the locale.
func speaksChinese(args []string) bool {
	lang := ""
	for i, arg := range args {
		if value, ok := strings.CutPrefix(arg, "--lang="); ok {
			lang = value
		} else if arg == "--lang" && i+1 < len(args) {
			lang = args[i+1]
		} else if arg == "--" {
			break
		}
	}
	if lang == "" {
		lang = os.Getenv(variable("lang"))
	}
	if lang == "" {
		file, _ := readSettings() // settle tells what is wrong with it
		lang = file["lang"]
	}
	if lang == "" || lang == "auto" {
		for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
			if lang = os.Getenv(name); lang != "" {
				break
			}
		}
	}
	return strings.HasPrefix(lang, "zh")
}
