package embedded

import (
	"context"
	"encoding/json"

	"tongbao"
	"tongbao/index"
)

// facetsOf counts the notices found, without reading their texts.
func facetsOf(ctx context.Context, q querier, by []string, found []ranked) ([]index.Facet, error) {
	tally, err := index.NewFacetTally(by)
	if err != nil {
		return nil, err
	}
	keys := make([]int64, len(found))
	for i, one := range found {
		keys[i] = one.key
	}
	wanted, err := json.Marshal(keys)
	if err != nil {
		return nil, err
	}
	rows, err := q.QueryContext(ctx, `SELECT `+noticeColumns+` FROM notices WHERE key IN (SELECT value FROM json_each(?)) ORDER BY key`, string(wanted))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var n tongbao.Notice
		if err := scanNotice(rows, &n); err != nil {
			return nil, err
		}
		tally.Add(&n)
	}
	return tally.Facets(), rows.Err()
}
