package main

import (
	"encoding/json"

	"github.com/spf13/cobra"

	"tongbao/pipeline"
)

func numbersCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "numbers FILE|-",
		Short: a.words("列出一段文字里的每个数", "list every number of a text"),
		Long: a.words(`每个数一行 JSON：起止位置（Unicode 字符）、原文、精确的值；还没有判断它数的是什么。
纯文本按原样读，位置就是文件里的位置；网页读其正文，位置与 extract 的一致。`,
			`A JSON line each, before a number is given a kind: start and end in Unicode code points,
the words, the exact value. A plain text is read as it stands, so that the positions are
those of the file; of a web page the body is read, with the positions of extract.`),
		Example: `  echo '收到信访件三十余件，办结率88.8%' | tongbao numbers -
  tongbao numbers notice.html | jq -r '[.quote,.value] | @tsv'`,
		Args: a.exactlyOne("FILE|-"),
		RunE: func(_ *cobra.Command, names []string) error {
			for r := range pipeline.Named(names) {
				page, err := pipeline.Load(r, a.stdin)
				if err != nil {
					return wrap(r.Name, err)
				}
				numbers, err := pipeline.Numbers(page)
				if err != nil {
					return wrap(r.Name, err)
				}
				encoder := json.NewEncoder(a.stdout)
				encoder.SetEscapeHTML(false)
				for _, n := range numbers {
					if err := encoder.Encode(n); err != nil {
						return err
					}
				}
			}
			return nil
		},
	}
}
