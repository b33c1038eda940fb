package rows

import (
	"fmt"
	"io"
	"math/big"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/parquet-go/parquet-go"
)

// A figure is stored twice in Parquet: as it is spelt (a string, because 88.80
// and 1:4.4 are figures too) and, under key_number, as DECIMAL(38,10), so that
// DuckDB, R and pandas calculate with it. One that the decimal cannot hold
// exactly has no number.
const (
	NumberSuffix = "_number" // behind the key of a figure: the column that holds it as a number
	precision    = 38
	scale        = 10
)

// batch is the number of rows handed on at once.
const batch = 1024

type parquetFile struct {
	writer  *parquet.GenericWriter[any]
	columns []Column
	pending []parquet.Row
}

func newParquet(w io.Writer, columns []Column) (*parquetFile, error) {
	// A struct type keeps the columns' order, which parquet.Group does not.
	var fields []reflect.StructField
	add := func(t reflect.Type, tag string) {
		fields = append(fields, reflect.StructField{Name: "C" + strconv.Itoa(len(fields)), Type: t,
			Tag: reflect.StructTag(`parquet:"` + tag + `"`)})
	}
	for _, c := range columns {
		switch c.Type {
		case Whole:
			add(reflect.TypeFor[*int64](), c.Key+",optional")
		case Flag:
			add(reflect.TypeFor[*bool](), c.Key+",optional")
		case Day:
			// Days as int32: with time.Time parquet-go 0.32 stores nonsense.
			add(reflect.TypeFor[*int32](), c.Key+",optional,date")
		case Figure:
			add(reflect.TypeFor[*string](), c.Key+",optional")
			add(reflect.TypeFor[*[16]byte](), fmt.Sprintf("%s%s,optional,decimal(%d:%d)", c.Key, NumberSuffix, scale, precision))
		default:
			add(reflect.TypeFor[*string](), c.Key+",optional")
		}
	}
	schema := parquet.SchemaOf(reflect.New(reflect.StructOf(fields)).Interface())
	config, err := parquet.NewWriterConfig(schema, parquet.Compression(&parquet.Zstd))
	if err != nil {
		return nil, err
	}
	return &parquetFile{writer: parquet.NewGenericWriter[any](w, config), columns: columns}, nil
}

func (p *parquetFile) row(cells []string, _ []byte) error {
	row := make(parquet.Row, 0, len(cells)+4)
	add := func(v parquet.Value) {
		defined := 1
		if v.IsNull() {
			defined = 0
		}
		row = append(row, v.Level(0, defined, len(row)))
	}
	for i, cell := range cells {
		v, err := parquetValue(cell, p.columns[i].Type)
		if err != nil {
			return fmt.Errorf("row %d, %s: %w", len(p.pending)+1, p.columns[i].Key, err)
		}
		add(v)
		if p.columns[i].Type == Figure {
			add(unscaled(cell))
		}
	}
	p.pending = append(p.pending, row)
	if len(p.pending) < batch {
		return nil
	}
	return p.flush()
}

func (p *parquetFile) flush() error {
	_, err := p.writer.WriteRows(p.pending)
	p.pending = p.pending[:0]
	return err
}

func (p *parquetFile) close() error {
	if err := p.flush(); err != nil {
		return err
	}
	return p.writer.Close()
}

func parquetValue(cell string, t Type) (parquet.Value, error) {
	if cell == "" {
		return parquet.NullValue(), nil
	}
	switch t {
	case Whole:
		n, err := strconv.ParseInt(cell, 10, 64)
		return parquet.Int64Value(n), err
	case Flag:
		return parquet.BooleanValue(cell == "true"), nil
	case Day:
		day, err := time.Parse(time.DateOnly, cell)
		if err != nil {
			return parquet.Value{}, err
		}
		return parquet.Int32Value(int32(day.Unix() / 86400)), nil // midnight UTC: divides without a rest, before 1970 too
	}
	return parquet.ByteArrayValue([]byte(cell)), nil
}

// unscaled returns the decimal as 16 bytes, two's complement, most significant
// first; null for what DECIMAL(38,10) does not hold exactly.
func unscaled(cell string) parquet.Value {
	d, ok := parseDecimal(cell)
	if !ok || d.places > scale {
		return parquet.NullValue()
	}
	n, ok := new(big.Int).SetString(d.digits+strings.Repeat("0", scale-d.places), 10)
	if !ok || len(n.String()) > precision {
		return parquet.NullValue()
	}
	if d.negative && n.Sign() > 0 {
		n.Sub(new(big.Int).Lsh(big.NewInt(1), 128), n)
	}
	var b [16]byte
	n.FillBytes(b[:])
	return parquet.FixedLenByteArrayValue(b[:])
}
