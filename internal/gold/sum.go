package gold

// Sum adds the scores of several notices up, row by row: shares are those of
// all their facts together, not means of shares.
func Sum(scores []Scores) Scores {
	var sum Scores
	at := map[string]int{}
	for _, s := range scores {
		for _, r := range s.Rows {
			i, ok := at[r.Name]
			if !ok {
				i = len(sum.Rows)
				at[r.Name] = i
				sum.Rows = append(sum.Rows, Row{Name: r.Name, counted: r.counted})
			}
			sum.Rows[i].add(r)
		}
	}
	return sum
}

func (r *Row) add(o Row) {
	r.Gold, r.Found, r.Right, r.considered = r.Gold+o.Gold, r.Found+o.Found, r.Right+o.Right, r.considered+o.considered
	r.labelled, r.labels, r.linked, r.ties = r.labelled+o.labelled, r.labels+o.labels, r.linked+o.linked, r.ties+o.ties
	switch {
	case o.F1 != nil:
		r.rate()
	case o.Recall != nil:
		r.Recall = share(r.Right, r.Gold)
	}
	if o.FalseAlarms != nil {
		alarms := *o.FalseAlarms
		if r.FalseAlarms != nil {
			alarms += *r.FalseAlarms
		}
		r.FalseAlarms = &alarms
	}
}
