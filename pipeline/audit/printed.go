package audit

import (
	"strings"

	"github.com/cockroachdb/apd/v3"

	"tongbao"
)

// printed returns the number that a fact's words begin with, as it stands there
// (4.2 of 4.2万元), and by how much its value is greater: 10000.
func printed(f *tongbao.Fact) (number, scale *apd.Decimal, unit string) {
	one := apd.New(1, 0)
	end := strings.IndexFunc(f.Quote, func(r rune) bool { return (r < '0' || r > '9') && r != '.' && r != ',' })
	if end <= 0 {
		end = len(f.Quote)
	}
	value, ok := decimal(f)
	if number, scale, ok := spelled(f, value); ok {
		return number, scale, f.Unit
	}
	number, _, err := apd.NewFromString(strings.ReplaceAll(f.Quote[:end], ",", ""))
	if err != nil || !ok || number.Sign() <= 0 {
		return value, one, ""
	}
	scale = new(apd.Decimal)
	if _, err := exact.Quo(scale, value, number); err != nil {
		return value, one, ""
	}
	if power, _ := new(apd.Decimal).Reduce(scale); power.Coeff.Cmp(apd.NewBigInt(1)) != 0 {
		return value, one, "" // 40万零5600元
	}
	return number, scale, f.Quote[end:]
}

// spelled is the same for an amount in Chinese numerals, in the unit that its
// words end with: 527 of 五百二十七万元.
func spelled(f *tongbao.Fact, value *apd.Decimal) (number, scale *apd.Decimal, ok bool) {
	if f.Kind != tongbao.Money || value == nil || f.Quote == "" || f.Quote[0] < 0x80 {
		return nil, nil, false
	}
	for _, power := range []struct {
		unit string
		zero int32
	}{{"万亿", 12}, {"亿", 8}, {"万", 4}} {
		if !strings.HasPrefix(f.Unit, power.unit) || !strings.HasSuffix(f.Quote, f.Unit) {
			continue
		}
		number, scale = new(apd.Decimal), apd.New(1, power.zero)
		if _, err := exact.Quo(number, value, scale); err != nil {
			return nil, nil, false
		}
		number.Reduce(number)
		if number.Exponent > 0 { // 100, not 1E+2
			if _, err := exact.Quantize(number, number, 0); err != nil {
				return nil, nil, false
			}
		}
		whole := new(apd.Decimal)
		_, err := exact.Mul(whole, scale, apd.New(1, 0))
		return number, whole, err == nil
	}
	return nil, nil, false
}

// agreement says how a claim stands to what was calculated, at the places and in
// the unit that it is printed in: 压降4.1亿元 to 411000000.
func agreement(claim *tongbao.Fact, computed *apd.Decimal) tongbao.Verdict {
	number, scale, _ := printed(claim)
	scaled := new(apd.Decimal)
	if _, err := exact.Quo(scaled, computed, scale); err != nil {
		return tongbao.Mismatch
	}
	return compare(number, scaled)
}

// A writing prints the figures of a calculation as a person would: in the unit
// that they are printed in, amounts of several units in that of the first, else
// their values.
type writing struct {
	scale *apd.Decimal
	unit  string
}

func writingOf(facts ...*tongbao.Fact) writing {
	_, scale, unit := printed(facts[0])
	for _, f := range facts[1:] {
		if _, s, u := printed(f); f.Kind != tongbao.Money && (u != unit || s.Cmp(scale) != 0) {
			return writing{scale: apd.New(1, 0)}
		}
	}
	return writing{scale, unit}
}

// of writes a figure.
func (w writing) of(f *tongbao.Fact) string {
	number, scale, unit := printed(f)
	switch {
	case !w.large():
		return f.Value
	case unit == w.unit && scale.Cmp(w.scale) == 0:
		return number.Text('f')
	}
	value, _ := decimal(f)
	return w.number(value)
}

// number writes a result.
func (w writing) number(d *apd.Decimal) string {
	scaled := new(apd.Decimal)
	if _, err := exact.Quo(scaled, d, w.scale); err != nil {
		return plain(d)
	}
	return plain(scaled)
}

// claim writes the figure that the notice states.
func (w writing) claim(f *tongbao.Fact) string {
	if w.large() {
		return f.Quote
	}
	return f.Value
}

func (w writing) large() bool { return w.scale.Cmp(apd.New(1, 0)) != 0 }
