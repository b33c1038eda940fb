package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"tongbao"
	"tongbao/index"
	"tongbao/internal/cite"
)

func citeCommand(a *app) *cobra.Command {
	var format string
	var facts []string
	cmd := &cobra.Command{
		Use:   "cite ID…",
		Short: a.words("引用一份通报或其中的一个事实", "cite a notice, or a fact in it"),
		Long: a.words(`打印参考文献：GB/T 7714-2015（电子资源 [EB/OL]）、BibTeX、CSL-JSON（Zotero 可导入）或 RIS。
加 --fact 引用那一句原文，写明所在部分和位置。通报没有写明的一概不写；从文件读入的通报没有网址和
引用日期。事实的编号见 tongbao show ID。编号写开头几位即可。`,
			`Prints references: GB/T 7714-2015 (electronic resources, [EB/OL]), BibTeX, CSL-JSON (for
Zotero) or RIS. With --fact the sentence is quoted, with its section and its offsets. What a
notice does not state is left out; one that was read from a file has neither address nor day of
access. tongbao show ID tells the ids of facts. The beginning of an id will do.`),
		Example: `  tongbao cite n3f5a
  tongbao cite n3f5a --fact f09c2e --format bibtex >> thesis.bib
  tongbao cite n3f5a n7006 --format csl > notices.json   # Zotero: File > Import
  tongbao facts --metric party_sanctions --json | jq -r '.notice+" --fact "+.id' | xargs -L1 tongbao cite -f ris > facts.ris`,
		Args: a.atLeastOne("ID"),
		RunE: func(cmd *cobra.Command, ids []string) error {
			if err := oneOf(a, cmd, "format", format, cite.Formats); err != nil {
				return err
			}
			if cmd.Flags().Changed("fact") && len(facts) == 0 {
				return a.usage(cmd, a.words("--fact 没有写编号", "--fact names no fact"))
			}
			if len(facts) > 0 && len(ids) > 1 {
				return a.usage(cmd, a.words("--fact 只能与一个 ID 同用", "--fact goes with one ID"))
			}
			return a.reading(cmd.Context(), func(store index.Store) error {
				var all []cite.Citation
				for _, id := range ids {
					reading, err := store.Notice(cmd.Context(), id)
					if err != nil {
						return wrap(id, err)
					}
					history, err := store.History(cmd.Context(), reading.Notice.ID)
					if err != nil {
						return wrap(id, err)
					}
					cited, err := index.Citations(reading, history, facts)
					if err != nil {
						return wrap(id, err)
					}
					a.lacking(reading.Notice, cited[0])
					all = append(all, cited...)
				}
				return cite.Write(a.stdout, format, all)
			})
		},
	}
	flags := cmd.Flags()
	flags.StringVarP(&format, "format", "f", cite.Formats[0], a.words("格式：", "format: ")+join(cite.Formats))
	flags.StringSliceVar(&facts, "fact", nil, a.words("引用这一`事实`所在的句子，可以多个", "quote the sentence of this `fact`; several may be given"))
	return cmd
}

// lacking says why a reference has no address.
func (a *app) lacking(n *tongbao.Notice, c cite.Citation) {
	if c.URL == "" {
		a.note("%s", fmt.Sprintf(a.words("%s：从文件读入，没有网址和引用日期；tongbao run 网址 之后就有", "%s: read from a file, so without address and day of access; `tongbao run URL` of the same notice gives both"), n.ID))
	}
}
