package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"tongbao"
	"tongbao/index"
)

// selectionFlags gives a command the flags that narrow notices.
func (a *app) selectionFlags(cmd *cobra.Command, s *index.Selection) {
	flags := cmd.Flags()
	flags.StringVar(&s.District, "district", "", a.words("区县：代码或名称（330104、江干区）", "district: code or name (330104, 江干区)"))
	flags.StringVar(&s.Province, "province", "", a.words("省：名称（浙江省）", "province: name (浙江省)"))
	if flags.Lookup("round") == nil { // compare takes several
		flags.StringVar(&s.Round, "round", "", a.words("轮次：浙江省委-14-11 或 十四届省委第十一轮", "round: 浙江省委-14-11 or 十四届省委第十一轮"))
	}
	flags.StringVar(&s.Year, "year", "", a.words("发布年份", "year of publication"))
	flags.StringVar(&s.Issuer, "issuer", "", a.words("发布单位名称所含的字", "words of the issuer's name"))
	flags.StringVar((*string)(&s.Genre), "genre", "", a.words("体裁：", "genre: ")+join(genres))
	flags.StringVar(&s.Notice, "notice", "", a.words("通报编号，或其开头", "id of a notice, or its beginning"))
}

var genres = []tongbao.Genre{tongbao.Rectification, tongbao.Feedback, tongbao.Case, tongbao.Inspection, tongbao.Other}

var verdicts = []tongbao.Verdict{tongbao.Agrees, tongbao.Truncated, tongbao.Incomplete, tongbao.Mismatch}

// checkSelection refuses what no notice can have.
func (a *app) checkSelection(cmd *cobra.Command, s index.Selection) error {
	if s.Year != "" && (len(s.Year) != 4 || strings.Trim(s.Year, "0123456789") != "") {
		return a.usage(cmd, fmt.Sprintf(a.words("--year %q 不是四位的年份", "--year %q is no year of four digits"), s.Year))
	}
	return oneOf(a, cmd, "genre", s.Genre, genres)
}

// oneOf refuses a value of a flag that is none of those it may have.
func oneOf[T ~string](a *app, cmd *cobra.Command, flag string, value T, choices []T) error {
	if value == "" || slices.Contains(choices, value) {
		return nil
	}
	return a.usage(cmd, fmt.Sprintf(a.words("--%s %q：可选 %s", "--%s %q: choose one of %s"), flag, value, join(choices)))
}

func join[T ~string](words []T) string {
	var all []string
	for _, w := range words {
		all = append(all, string(w))
	}
	return strings.Join(all, ", ")
}

// metricKeys lists the keys of the headline figures.
func metricKeys() []string {
	var keys []string
	for _, m := range tongbao.Metrics {
		keys = append(keys, m.Key)
	}
	return keys
}

// metricLabel is a metric's name for people; the key where it is not known.
func (a *app) metricLabel(key string) string {
	for _, m := range slices.Concat(tongbao.Metrics, tongbao.PromiseCounts) {
		if m.Key == key {
			return a.words(m.Chinese, m.English)
		}
	}
	return key
}
