package datapackage

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

const readme = `# 通报资料集 · a collection of inspection notices

%[1]d 份通报，%[2]d 条事实，%[3]d 条核对结果，由 tongbao export 写出。%[1]d notices, %[2]d facts and %[3]d findings of the audit, written by tongbao export.

这是一个 Frictionless 数据包（第 2 版）：datapackage.json 说明每个文件、每一栏。This is a Frictionless data package (version 2): datapackage.json describes every file and column; ` + "`frictionless validate datapackage.json`" + ` checks it.

| 表 table | 内容 | holds |
| --- | --- | --- |
%[4]s| texts/ | 正文，一份一个文件 | a file for each text |

- CSV 为 UTF-8，无字节序标记；空格是没有写明，不是零。CSV is UTF-8 without a byte order mark; an empty cell is a value that is not stated, never a zero.
- 位置按 Unicode 字符计：` + "`text[start:end]`" + ` 就是引文（Python）。Offsets count Unicode code points: ` + "`text[start:end]`" + ` is the quote in Python; in R ` + "`substr(text, start + 1, end)`" + `.
- value 照原样；value_number 是同一个数，可以计算，比例（1:4.4）没有。value is as exact as printed; value_number is the same as a number, absent for ratios.
- CSV 里以 = + - @ 开头的文字前面加了 '，免得电子表格当作公式；Parquet 一字不差。In CSV a text that begins with = + - @ is led by ' so that no spreadsheet calculates it; Parquet has every text as it is.
- 代码（code）要按文字读，不是数。Codes are texts, not numbers: name the type where your program guesses.

` + "```python\n" + `import pandas as pd
facts = pd.read_parquet("facts.parquet")
texts = pd.read_parquet("texts.parquet").set_index("notice")["text"]
f = facts.iloc[0]
assert texts[f["notice"]][f["start"]:f["end"]] == f["quote"]
` + "```\n\n```r\n" + `facts <- readr::read_csv("facts.csv", col_types = readr::cols(code = "c", notice_code = "c", value = "c"))
` + "```\n\n```sql\n" + `-- DuckDB
SELECT notice_district, sum(value_number) FROM 'facts.parquet' WHERE metric = 'party_sanctions' GROUP BY 1;
` + "```\n"

// writeReadme writes what people need to know of the package.
func writeReadme(dir string, sum Summary, all []Table) error {
	var lines strings.Builder
	for _, t := range all {
		files := t.Name + ".csv, " + t.Name + ".parquet"
		if t.Parquet {
			files = t.Name + ".parquet"
		}
		fmt.Fprintf(&lines, "| %s | %s | %s |\n", files, t.Chinese, t.English)
	}
	return os.WriteFile(filepath.Join(dir, "README.md"), fmt.Appendf(nil, readme, sum.Notices, sum.Facts, sum.Findings, lines.String()), 0o666)
}
