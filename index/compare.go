package index

import (
	"context"
)

// A Comparison says what is to be compared.
type Comparison struct {
	By      string   // district, round, year or issuer
	Metrics []string // keys, in the order of the columns; none: every metric that occurs
	Rounds  []string // by district: put these rounds side by side; one round or none: no second dimension
	Across  string   // second dimension: "" or "round"; with it a column is metric@round
	Selection
}

// A Table is a comparison: a row a group, a column a metric.
type Table struct {
	By      string
	Columns []Column
	Rows    []Row
}

// A Column is a metric, or a metric in one round.
type Column struct {
	Key    string // party_sanctions, or party_sanctions@浙江省委-14-11
	Metric string
	Round  string // id of the round; "" in one dimension
}

// A Row is a group.
type Row struct {
	Key     string   // code, round id, year or name: stable, for programs
	Name    string   // for people: 江干区, 浙江省委十四届第十一轮
	City    string   // of a district
	Notices []string // ids
	Cells   []Cell   // one a column
}

// A Cell is a group's figure. Value is "" where no notice states it: missing
// is missing and never 0.
type Cell struct {
	Value   string   // exact decimal
	Notices []string // ids of the notices that state it
	Facts   []string // ids of the facts it was taken from
}

// Compare groups the notices of a store.
func Compare(ctx context.Context, store Store, c Comparison) (Table, error) {
	return Table{}, nil
}
