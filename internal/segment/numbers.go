package segment

import (
	"tongbao"
	"tongbao/internal/numeral"
)

// findNumbers returns the numbers of a text in reading order.
func findNumbers(text string) []tongbao.Number { return numeral.Find(text) }
