package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"tongbao"
	"tongbao/extractors"
)

func versionCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   a.words("版本", "print the version"),
		Long:    a.words("程序、记录格式、提取规则的版本：引用数据时请写明。", "The versions of the program, of its records and of its rules: name them where you cite the data."),
		Example: "  tongbao version",
		Args:    a.none,
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintf(a.stdout, "tongbao %s\nschema %d\nextractors %d\n%s %s/%s\n",
				programVersion(), tongbao.Schema, extractors.Version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return err
		},
	}
}

// programVersion is the module's version, or the commit it was built from.
func programVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "(unknown)"
	}
	version, dirty := info.Main.Version, ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision" && (version == "" || version == "(devel)"):
			version = s.Value
		case s.Key == "vcs.modified" && s.Value == "true":
			dirty = " (modified)"
		}
	}
	return version + dirty
}
