package index

import (
	"strconv"
	"strings"

	"tongbao/internal/numeral"
)

// ordinal reads the number of a congress or a round, 0 where there is none.
func ordinal(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	// The grammar leaves bare Chinese digits alone where they may be a word;
	// behind 第 they are a number.
	for _, n := range numeral.Find("第" + s + "轮") {
		if n.Start == len("第") && n.End == len("第")+len(s) && !strings.Contains(n.Value, ".") {
			if v, err := strconv.Atoi(n.Value); err == nil {
				return v
			}
		}
	}
	return 0
}
