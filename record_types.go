package tongbao

import "reflect"

// RecordTypes are the Go types that the records of contract §3–§5 are written
// from, by the name in their "type" field ("section" is a node of a notice's
// outline, which holds itself): for schemas that cannot fall behind them.
func RecordTypes() map[string]reflect.Type {
	return map[string]reflect.Type{
		"notice":  reflect.TypeFor[noticeRecord](),
		"section": reflect.TypeFor[sectionRecord](),
		"fact":    reflect.TypeFor[factRecord](),
		"finding": reflect.TypeFor[findingRecord](),
	}
}
