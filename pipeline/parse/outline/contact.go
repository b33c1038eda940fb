package outline

import (
	"regexp"
	"strings"

	"tongbao"
)

var (
	email     = regexp.MustCompile(`[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+`)
	phoneCall = regexp.MustCompile(`(?:电话|热线|传真|手机)(?:号码)?(?:为|是)?[：:\s]*`)
	phone     = regexp.MustCompile(`^(?:[（(][0-9０-９]{3,4}[)）]\s?[0-9０-９]{7,8}|[0-9０-９]{3,4}[-—－–][0-9０-９]{7,8}(?:[-—][0-9０-９]{1,4})?|1[0-9０-９]{10}|[0-9０-９]{11,12}|[0-9０-９]{7,8}|12388|12380)`)
	address   = regexp.MustCompile(`(?:邮政信箱|通信地址|通讯地址|邮寄地址|来信地址|来访地址|联系地址|地址)(?:为|是)?[：:\s]*([^\n；;。，,]+)`)
	asks      = regexp.MustCompile(`联系方式|联系电话|监督电话|举报电话|电子邮箱|电子信箱|电子邮件|邮政信箱|邮箱|通信地址|通讯地址|电话[：:（(\d０-９]`)
)

// contactLimit is how far from the end a notice asks its readers to write.
const contactLimit = 6000 // bytes

// contact reads telephone numbers, addresses of post and mail, as the notice
// asks its readers to write to; they stand in its last paragraphs.
func contact(text string) *tongbao.Contact {
	if from := len(text) - contactLimit; from > 0 {
		text = text[from+strings.IndexByte(text[from:], '\n')+1:]
	}
	first := asks.FindStringIndex(text)
	if first == nil {
		return nil
	}
	c := tongbao.Contact{}
	tail := text[strings.LastIndexByte(text[:first[0]], '\n')+1:]
	c.Email = distinct(email.FindAllString(tail, -1))
	for _, m := range address.FindAllStringSubmatch(tail, -1) {
		if a := strings.TrimSpace(m[1]); a != "" && !email.MatchString(a) {
			c.Address = distinct(append(c.Address, a))
		}
	}
	for _, call := range phoneCall.FindAllStringIndex(tail, -1) {
		rest := tail[call[1]:]
		for {
			m := phone.FindString(rest)
			if m == "" {
				break
			}
			c.Phone = distinct(append(c.Phone, m))
			rest = strings.TrimLeft(rest[len(m):], "、,，/ 或和")
		}
	}
	if len(c.Phone)+len(c.Email)+len(c.Address) == 0 {
		return nil
	}
	return &c
}

func distinct(words []string) []string {
	var out []string
	for _, w := range words {
		seen := false
		for _, o := range out {
			seen = seen || o == w
		}
		if !seen {
			out = append(out, w)
		}
	}
	return out
}
