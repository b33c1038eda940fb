package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tongbao/index"
	"tongbao/internal/rows"
)

// mostFailures is how many failures are shown to people; --json has all.
const mostFailures = 20

func statusCommand(a *app) *cobra.Command {
	var record bool
	cmd := &cobra.Command{
		Use:   "status",
		Short: a.words("资料集里有什么，上次运行到哪里，什么失败了", "what is in the collection, how far runs came, what failed"),
		Long: a.words(`通报、事实、核对各有多少，上一次运行何时、有没有跑完，还有多少网址在等，哪些失败、为什么。
失败的可以再试：tongbao run --retry-failed。`,
			`How many notices, facts and findings there are, when the last run over the network was and
whether it ended, how many addresses wait, what failed and why. What failed may be tried
again: tongbao run --retry-failed.`),
		Example: `  tongbao status
  tongbao status --json | jq -r '.failures[] | .name + ": " + .reason'
  tongbao status -C hangzhou --json | jq .waiting`,
		Args: a.none,
		RunE: func(cmd *cobra.Command, _ []string) error {
			store, err := a.openReading(cmd.Context())
			if err != nil {
				return err
			}
			st, err := store.Status(cmd.Context())
			if err := errors.Join(err, store.Close()); err != nil {
				return err
			}
			if record {
				return json.NewEncoder(a.stdout).Encode(recordOfStatus(a.collection, st))
			}
			return a.showStatus(st)
		},
	}
	cmd.Flags().BoolVar(&record, "json", false, a.words("打印成一个 JSON 对象", "print one JSON object"))
	return cmd
}

func (a *app) showStatus(st index.Status) error {
	table, err := rows.New(a.stdout, []rows.Column{{Key: "what", Label: a.words("资料集", "collection")},
		{Key: "number", Label: a.words("数目", "number"), Type: rows.Whole}, {Key: "detail", Label: a.words("其中", "of these")}},
		rows.Options{Format: "table", Width: a.wide()})
	if err != nil {
		return err
	}
	published := strings.Trim(st.From+" – "+st.To, " –")
	lines := [][]string{
		{a.words("通报", "notices"), strconv.Itoa(st.Notices), strings.Join(nonEmpty(published, counted(st.Genres)), a.words("；", "; "))},
		{a.words("旧版本", "earlier versions"), strconv.Itoa(st.Earlier), ""},
		{a.words("事实", "facts"), strconv.Itoa(st.Facts), counted(st.Kinds)},
		{a.words("核对", "findings"), strconv.Itoa(st.Findings), fmt.Sprintf(a.words("不符 %d", "%d mismatches"), st.Mismatches)},
		{a.words("文件和网址", "files and addresses"), strconv.Itoa(st.Documents), a.since(a.words("最近一份读于 ", "last one read "), st.LastRead)},
	}
	lines = append(lines, []string{a.words("上次联网运行", "last run online"), "", a.lastRun(st.LastRun)})
	waiting, hosts := 0, []string{}
	for _, h := range st.Waiting {
		waiting += h.Waiting
		hosts = append(hosts, fmt.Sprintf("%d × %s%s", h.Waiting, h.Host, a.since(a.words("，不早于 ", ", not before "), h.NextTry)))
	}
	lines = append(lines, several(a.words("等待", "waiting"), waiting, hosts)...)
	reasons := map[string]int{}
	for _, f := range st.Failures {
		reasons[reason(errors.New(f.Reason))]++
	}
	lines = append(lines, several(a.words("失败", "failed"), len(st.Failures), byCount(reasons))...)
	if st.Unindexed > 0 {
		lines = append(lines, []string{a.words("未入索引", "not indexed"), strconv.Itoa(st.Unindexed), a.words("下次运行或 tongbao reindex 补上", "the next run or tongbao reindex does it")})
	}
	for _, line := range lines {
		if err := table.Row(line, nil); err != nil {
			return err
		}
	}
	if err := table.Close(); err != nil {
		return err
	}
	for i, f := range st.Failures {
		if i == mostFailures {
			fmt.Fprintf(a.stdout, a.words("……还有 %d 个：tongbao status --json\n", "… and %d more: tongbao status --json\n"), len(st.Failures)-i)
			break
		}
		fmt.Fprintf(a.stdout, "%s: %s\n", printable(f.Name), printable(strings.TrimPrefix(f.Reason, f.Name+": ")))
	}
	return nil
}

// wide is the width that a table of three columns may use, so that the last one
// has all that the others leave.
func (a *app) wide() int {
	if width := a.stdout.width(); width > 0 {
		return max(width, 3*(width-25))
	}
	return 0
}

// several is a row and, under it, one for each further detail.
func several(what string, n int, details []string) [][]string {
	lines := [][]string{{what, strconv.Itoa(n), strings.Join(details[:min(1, len(details))], "")}}
	for _, more := range details[min(1, len(details)):] {
		lines = append(lines, []string{"", "", more})
	}
	return lines
}

// counted writes names with their numbers, in the order of the names.
func counted(numbers map[string]int) string {
	var all []string
	for _, name := range slices.Sorted(maps.Keys(numbers)) {
		all = append(all, fmt.Sprintf("%s %d", name, numbers[name]))
	}
	return strings.Join(all, ", ")
}

// since writes words and a time, "" for the zero time.
func (a *app) since(words string, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return words + t.Local().Format("2006-01-02 15:04")
}

func (a *app) lastRun(r *index.Run) string {
	if r == nil {
		return a.words("没有", "none")
	}
	sources := strings.Join(r.Sources, " ")
	if r.Finished.IsZero() {
		return a.since("", r.Started) + a.words("，没有跑完：再运行一遍即可继续；", ", not ended: run it again to go on; ") + sources
	}
	return fmt.Sprintf(a.words("%s：读到 %d，新 %d，失败 %d；%s", "%s: %d found, %d new, %d failed; %s"), a.since("", r.Started), r.Found, r.New, r.Failed, sources)
}

type statusRecord struct {
	Collection string          `json:"collection"`
	Notices    int             `json:"notices"`
	Earlier    int             `json:"earlier"`
	Facts      int             `json:"facts"`
	Findings   int             `json:"findings"`
	Mismatches int             `json:"mismatches"`
	From       string          `json:"published_from,omitempty"`
	To         string          `json:"published_to,omitempty"`
	Genres     map[string]int  `json:"genres"`
	Kinds      map[string]int  `json:"kinds"`
	Documents  int             `json:"documents"`
	LastRead   *time.Time      `json:"last_read,omitempty"`
	LastRun    *runRecord      `json:"last_run,omitempty"`
	Waiting    []waitingRecord `json:"waiting"`
	Failures   []failureRecord `json:"failures"`
	Unindexed  int             `json:"unindexed"`
}

type runRecord struct {
	Started  *time.Time `json:"started"`
	Finished *time.Time `json:"finished,omitempty"`
	Sources  []string   `json:"sources"`
	Found    int        `json:"found"`
	New      int        `json:"new"`
	Failed   int        `json:"failed"`
}

type waitingRecord struct {
	Host      string     `json:"host"`
	Addresses int        `json:"addresses"`
	NotBefore *time.Time `json:"not_before,omitempty"`
}

type failureRecord struct {
	Name   string     `json:"name"`
	Reason string     `json:"reason"`
	When   *time.Time `json:"when,omitempty"`
}

func recordOfStatus(collection string, st index.Status) statusRecord {
	r := statusRecord{Collection: collection, Notices: st.Notices, Earlier: st.Earlier, Facts: st.Facts, Findings: st.Findings, Mismatches: st.Mismatches,
		From: st.From, To: st.To, Genres: st.Genres, Kinds: st.Kinds, Documents: st.Documents, LastRead: moment(st.LastRead),
		Waiting: []waitingRecord{}, Failures: []failureRecord{}, Unindexed: st.Unindexed}
	if run := st.LastRun; run != nil {
		r.LastRun = &runRecord{moment(run.Started), moment(run.Finished), run.Sources, run.Found, run.New, run.Failed}
	}
	for _, h := range st.Waiting {
		r.Waiting = append(r.Waiting, waitingRecord{h.Host, h.Waiting, moment(h.NextTry)})
	}
	for _, f := range st.Failures {
		r.Failures = append(r.Failures, failureRecord{f.Name, f.Reason, moment(f.When)})
	}
	return r
}

// moment is a time, nil for the zero one.
func moment(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
