package main

import (
	"errors"

	"github.com/spf13/cobra"
)

func reindexCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "reindex",
		Short: a.words("由资料重建索引", "build the search index anew"),
		Long: a.words("索引可以随时删掉：这条命令不用网络，由资料集的数据库重建它。",
			"The index may be deleted at any time: this builds it again from the collection's database,\nwithout the network."),
		Example: "  tongbao reindex\n  tongbao reindex -C hangzhou",
		Args:    a.none,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			reader, err := a.openReading(ctx) // where there is none, none is made
			if err != nil {
				return err
			}
			if err := reader.Close(); err != nil {
				return err
			}
			store, err := a.openWriting(ctx)
			if err != nil {
				return err
			}
			if err := errors.Join(store.Reindex(ctx), store.Close()); err != nil {
				return err
			}
			a.note(a.words("索引已重建：%s", "index rebuilt: %s"), a.collection)
			return nil
		},
	}
}
