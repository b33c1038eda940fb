package cite

// GB7714 returns the reference that GB/T 7714-2015 prescribes for electronic
// resources (§4.6, here [EB/OL]), in one line:
//
//	责任者. 题名[EB/OL]. 出版者, 出版年(更新日期)[引用日期]. 获取和访问路径.
//
// behind it, where a fact is cited, the sentence and its place.
func (c *Citation) GB7714() string {
	text := ""
	if c.Issuer != "" {
		text = c.Issuer + ". "
	}
	text += c.Title + "[EB/OL]."
	published := ""
	if c.Source != "" && c.Source != c.Issuer {
		published = c.Source
		if c.Date != "" {
			published += ", " + c.Date[:4]
		}
	}
	if c.Date != "" {
		published += "(" + c.Date + ")"
	}
	if c.Accessed != "" {
		published += "[" + c.Accessed + "]"
	}
	if published != "" {
		text += " " + published + "."
	}
	if c.URL != "" {
		text += " " + address(c.URL) + "."
	}
	if note := c.note(); note != "" {
		text += " " + note + "."
	}
	return oneLine(text)
}
