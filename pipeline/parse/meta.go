package parse

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

var (
	dayTime = regexp.MustCompile(`((?:19|20)\d\d)\s?[-年/.]\s?(\d{1,2})\s?[-月/.]\s?(\d{1,2})日?(?:\s*[T ]?\s*(\d{1,2})[:：时]\s?(\d{2})(?::(\d{2}))?)?`)
	origin  = regexp.MustCompile(`(?:信息来源|文章来源|稿件来源|来源|发布机构|发布单位|发布者)\s*[:：]\s*([^\s|　:：]+(?: [^\s|　:：]+)?)`)
)

// publishedIn returns the first day, with its time where one is printed, in
// RFC 3339 at +08:00 or as an ISO day; "" for none.
func publishedIn(text string) string {
	for _, m := range dayTime.FindAllStringSubmatch(text, 4) {
		month, _ := strconv.Atoi(m[2])
		day, _ := strconv.Atoi(m[3])
		if month < 1 || month > 12 || day < 1 || day > 31 {
			continue
		}
		date := fmt.Sprintf("%s-%02d-%02d", m[1], month, day)
		if m[4] == "" {
			return date
		}
		hour, _ := strconv.Atoi(m[4])
		minute, _ := strconv.Atoi(m[5])
		second, _ := strconv.Atoi(m[6])
		if hour > 23 || minute > 59 || second > 59 {
			return date
		}
		return fmt.Sprintf("%sT%02d:%02d:%02d+08:00", date, hour, minute, second)
	}
	return ""
}

// sourceIn returns what is printed behind 来源.
func sourceIn(text string) string {
	m := origin.FindStringSubmatch(strings.ReplaceAll(text, "\u00a0", "  "))
	if m == nil {
		return ""
	}
	source := m[1]
	for _, next := range []string{"发布时间", "发布日期", "时间", "日期", "作者", "编辑", "浏览", "点击", "字号", "字体", "【", "阅读", "发布"} {
		if i := strings.Index(source, next); i > 0 {
			source = source[:i]
		}
	}
	return strings.Trim(source, " 　|,，;；[]【】")
}

// isMetaLine reports whether a line is the one with source and time, or the
// controls around it.
func isMetaLine(line string) bool {
	if len(line) > 400 {
		return false
	}
	hits := 0
	for _, mark := range []string{"来源", "发布时间", "发布日期", "浏览次数", "阅读次数", "点击数", "字号", "字体", "作者", "责任编辑", "发布者", "信息来源", "时间：", "时间:", "日期：", "日期:", "打印"} {
		if strings.Contains(line, mark) {
			hits++
		}
	}
	return hits > 0 && !strings.ContainsAny(line, "。；") && (hits > 1 || publishedIn(line) != "" || sourceIn(line) != "" || strings.Contains(line, "字号"))
}

// isCrumb reports whether a line is a path of columns.
func isCrumb(line string) bool {
	return strings.Contains(line, "当前位置") || strings.Contains(line, "当前的位置") || strings.HasPrefix(line, "首页") && strings.ContainsAny(line, ">＞›»/→-") ||
		strings.Count(line, ">")+strings.Count(line, "＞")+strings.Count(line, "»") >= 2 && len(line) < 300
}

// closingFurniture are the beginnings of lines that pages put behind a body.
var closingFurniture = []string{"责任编辑", "编辑：", "编辑:", "（责任编辑", "(责任编辑", "【责任编辑", "[责任编辑", "上一篇", "下一篇", "上一条", "下一条", "打印本页", "关闭窗口", "打印", "【打印", "[打印", "关闭", "【关闭", "分享到", "分享", "扫一扫", "返回顶部", "相关链接", "相关新闻", "相关阅读", "热点新闻", "推荐阅读", "版权所有", "主办单位", "版权声明", "声明：", "点击排行", "网站声明", "收藏", "字号", "字体", "点赞", "附件【", "本文已被", "浏览次数", "阅读次数", "访问量", "微信扫码", "用手机浏览", "您访问的链接", "来源：", "来源:", "网站地图", "联系我们", "友情链接", "ICP备", "文章来源", "稿源", "审核：", "初审：", "一审：", "校对：", "终审："}

// trimFurniture drops the furniture before and behind the paragraphs of a body
// and returns the meta lines that it met.
func trimFurniture(paragraphs []string, title string) (body []string, meta string) {
	flat := squeeze(title)
	for len(paragraphs) > 0 {
		first := paragraphs[0]
		switch {
		case flat != "" && squeeze(first) == flat, isCrumb(first):
		case isMetaLine(first):
			meta += first + "\n"
		case len([]rune(first)) <= 20 && (startsWith(first, closingFurniture) || strings.Contains(first, "字号") || strings.Contains(first, "字体")):
		default:
			return trimClosing(paragraphs), meta
		}
		paragraphs = paragraphs[1:]
	}
	return nil, meta
}

func trimClosing(paragraphs []string) []string {
	for i := max(0, len(paragraphs)-12); i < len(paragraphs); i++ {
		if p := paragraphs[i]; i > 0 && startsWith(p, closingFurniture) && len([]rune(p)) < 60 {
			return paragraphs[:i]
		}
	}
	return paragraphs
}

func startsWith(text string, words []string) bool {
	for _, w := range words {
		if strings.HasPrefix(text, w) {
			return true
		}
	}
	return false
}

// squeeze drops all white space, for comparing.
func squeeze(text string) string { return strings.Join(strings.Fields(text), "") }
