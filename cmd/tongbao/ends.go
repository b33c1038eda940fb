package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"net"
	"slices"
	"strings"
	"syscall"

	"tongbao/index"
	"tongbao/internal/rows"
	"tongbao/pipeline"
	"tongbao/pipeline/fetch"
	"tongbao/pipeline/parse"
)

// ends are what became of the pages of a run over the network, as far as the
// summary does not tell it. The zero value is that of a run over files.
type ends struct {
	run             int64
	failed, skipped map[string]int // by reason
	drifts          map[string]int // by site and what its pages lack
}

// drift counts a page that its site's description does not fit any more, and
// reports whether it is the first of its site and kind: only that one is told,
// since a site that was rebuilt has thousands.
func (e *ends) drift(d *parse.Drift) bool {
	if e.drifts == nil {
		e.drifts = map[string]int{}
	}
	e.drifts[d.Site+" ("+d.Lacks+")"]++
	return e.drifts[d.Site+" ("+d.Lacks+")"] == 1
}

func (e *ends) add(reasons *map[string]int, err error) {
	if *reasons == nil {
		*reasons = map[string]int{}
	}
	(*reasons)[reason(err)]++
}

// grouped are the errors whose own words are reason enough: what they are
// wrapped in names the address, which differs from page to page.
var grouped = []error{
	fetch.ErrRobots, fetch.ErrForbiddenAddress, fetch.ErrTooLarge, fetch.ErrBomb, fetch.ErrEncoding, fetch.ErrTooManyRedirects,
	fetch.ErrWait, fetch.ErrTruncated, fetch.ErrTimeout,
}

// reason is why a page failed, in words that are the same for all pages that
// failed for it.
func reason(err error) string {
	if errors.Is(err, fetch.ErrRobots) && fetch.Temporary(err) {
		return "its robots.txt cannot be had"
	}
	for _, known := range grouped {
		if errors.Is(err, known) {
			return known.Error()
		}
	}
	var status fetch.ErrStatus
	var dns *net.DNSError
	var system syscall.Errno
	var fault *fetch.Fault
	switch {
	case errors.As(err, &status):
		return status.Error()
	case errors.As(err, &dns):
		return dns.Err
	case errors.As(err, &system):
		return system.Error()
	case errors.As(err, &fault):
		return strings.TrimPrefix(fault.Err.Error(), "net/http: ")
	}
	words, _, _ := strings.Cut(strings.TrimPrefix(err.Error(), "net/http: "), ": ") // what can be done about it was told with the address
	words, _, _ = strings.Cut(words, " (")
	return words
}

// ended tells what a run did: of files in a line, of pages in the network in a
// table, with the reasons.
func (a *app) ended(s pipeline.Summary, e ends) error {
	if e.run == 0 {
		skipped := ""
		if s.Skipped > 0 {
			skipped = fmt.Sprintf(a.words("，跳过 %d", ", %d skipped"), s.Skipped)
		}
		fmt.Fprintf(a.stdout, a.words("读到 %d 份：新 %d，未变 %d，重复 %d，失败 %d%s；事实 %d，核对 %d；%.1f 秒\n",
			"%d found: %d new, %d unchanged, %d duplicate, %d failed%s; %d facts, %d findings; %.1f s\n"),
			s.Found, s.New, s.Unchanged, s.Duplicate, s.Failed, skipped, s.Facts, s.Findings, s.Seconds)
		return nil
	}
	table, err := rows.New(a.stdout, []rows.Column{
		{Key: "what", Label: a.words("结果", "result")}, {Key: "pages", Label: a.words("份", "pages"), Type: rows.Whole}, {Key: "reason", Label: a.words("说明", "of these")},
	}, rows.Options{Format: "table", Width: a.wide()})
	if err != nil {
		return err
	}
	for _, row := range []struct {
		name     string
		pages    int
		reasons  []string
		optional bool
	}{
		{a.words("找到", "found"), s.Found, nil, false},
		{a.words("新", "new"), s.New, changedOf(a, s), false},
		{a.words("未变", "unchanged"), s.Unchanged, nil, false},
		{a.words("重复", "duplicate"), s.Duplicate, nil, false},
		{a.words("跳过", "skipped"), s.Skipped, byCount(e.skipped), false},
		{a.words("失败", "failed"), s.Failed, byCount(e.failed), false},
		{a.words("描述不合", "drifted"), sum(e.drifts), byCount(e.drifts), true},
	} {
		if row.optional && row.pages == 0 {
			continue
		}
		for _, line := range several(row.name, row.pages, row.reasons) {
			if err := table.Row(line, nil); err != nil {
				return err
			}
		}
	}
	if err := table.Close(); err != nil {
		return err
	}
	fmt.Fprintf(a.stdout, a.words("事实 %d，核对 %d；%.1f 秒\n", "%d facts, %d findings; %.1f s\n"), s.Facts, s.Findings, s.Seconds)
	if s.Failed > 0 {
		a.note("%s", a.words("失败的以后可以再试：tongbao run --retry-failed", "what failed may be tried again: tongbao run --retry-failed"))
	}
	return nil
}

func changedOf(a *app, s pipeline.Summary) []string {
	if s.Changed == 0 {
		return nil
	}
	return []string{fmt.Sprintf(a.words("%d × 网页或规则有变，重新读过", "%d × page or rules changed: read anew"), s.Changed)}
}

func sum(counts map[string]int) (n int) {
	for _, c := range counts {
		n += c
	}
	return n
}

// byCount writes reasons with their counts, the most frequent first.
func byCount(reasons map[string]int) []string {
	words := slices.SortedFunc(maps.Keys(reasons), func(x, y string) int { return cmp.Or(cmp.Compare(reasons[y], reasons[x]), cmp.Compare(x, y)) })
	for i, w := range words {
		words[i] = fmt.Sprintf("%d × %s", reasons[w], w)
	}
	return words
}

// stopped tells how far an interrupted run over the network came with each host.
func (a *app) stopped(ctx context.Context, queue index.Queue, e ends) error {
	if e.run == 0 {
		return nil
	}
	hosts, err := queue.Hosts(ctx, e.run)
	if err != nil {
		return err
	}
	next := map[string]string{}
	for address, err := range queue.Addresses(ctx, e.run, index.AddressWaiting) {
		if err != nil {
			return err
		}
		if next[address.Host] == "" {
			next[address.Host] = address.URL
		}
	}
	for _, h := range hosts {
		if h.Waiting > 0 {
			a.tell(a.words("  %s：还有 %d 页，下一页 %s", "  %s: %d pages to go, next %s"), h.Host, h.Waiting, next[h.Host])
		}
	}
	return nil
}
