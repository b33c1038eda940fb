package gold

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
)

// rate fills precision, recall and F1, and the shares of labels and links.
func (r *Row) rate() {
	precision, recall, f1 := 0.0, 1.0, 0.0
	if r.considered > 0 {
		precision = float64(r.Right) / float64(r.considered)
	} else if r.Gold == 0 {
		precision = 1
	}
	if r.Gold > 0 {
		recall = float64(r.Right) / float64(r.Gold)
	}
	if precision+recall > 0 {
		f1 = 2 * precision * recall / (precision + recall)
	}
	r.Precision, r.Recall, r.F1 = &precision, &recall, &f1
	r.What, r.Links = share(r.labels, r.labelled), share(r.ties, r.linked)
}

// share is part over whole, nil where there is no whole.
func share(part, whole int) *float64 {
	if whole == 0 {
		return nil
	}
	s := float64(part) / float64(whole)
	return &s
}

// total adds rows up into that of all facts.
func total(rows []Row) Row {
	t := Row{Name: "all facts", counted: true}
	for _, r := range rows {
		t.Gold, t.Found, t.Right, t.considered = t.Gold+r.Gold, t.Found+r.Found, t.Right+r.Right, t.considered+r.considered
	}
	t.rate()
	return t
}

// A Figure is a named number of a row, whole or a share of one.
type Figure struct {
	Name  string
	Value any // int or float64
}

// Figures are those that the row has, in the order of the table.
func (r *Row) Figures() []Figure {
	figures := []Figure{{"gold", r.Gold}}
	if r.counted {
		figures = append(figures, Figure{"found", r.Found})
	}
	figures = append(figures, Figure{"right", r.Right})
	for _, f := range []struct {
		name  string
		value *float64
	}{{"precision", r.Precision}, {"recall", r.Recall}, {"f1", r.F1}, {"what", r.What}, {"links", r.Links}} {
		if f.value != nil {
			figures = append(figures, Figure{f.name, *f.value})
		}
	}
	if r.FalseAlarms != nil {
		figures = append(figures, Figure{"false_alarms", *r.FalseAlarms})
	}
	return figures
}

// Write prints the table, a row a line, shares to three digits.
func (s *Scores) Write(w io.Writer) error {
	for _, r := range s.Rows {
		line := fmt.Sprintf("%-12s", r.Name)
		for _, f := range r.Figures() {
			line += " " + f.Name + " " + printed(f.Value)
		}
		if _, err := fmt.Fprintln(w, line); err != nil {
			return err
		}
	}
	return nil
}

func printed(value any) string {
	if share, ok := value.(float64); ok {
		return strconv.FormatFloat(share, 'f', 3, 64)
	}
	return fmt.Sprint(value)
}

// MarshalJSON gives an object of rows by name, each an object of its figures.
func (s Scores) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	for i, r := range s.Rows {
		comma(&b, i, '{')
		fmt.Fprintf(&b, "%q:", r.Name)
		for k, f := range r.Figures() {
			comma(&b, k, '{')
			value, err := json.Marshal(f.Value)
			if err != nil {
				return nil, err
			}
			fmt.Fprintf(&b, "%q:%s", f.Name, value)
		}
		b.WriteByte('}')
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

func comma(b *bytes.Buffer, i int, open byte) {
	if i == 0 {
		b.WriteByte(open)
	} else {
		b.WriteByte(',')
	}
}

// String shows a difference in one line.
func (e Error) String() string {
	line := e.Sort + " " + e.Kind + " " + e.Quote
	if e.Note != "" {
		line += " (" + e.Note + ")"
	}
	return line
}
