package segment

// CutWithGse cuts a text that has been segmented before by gse.Segment alone:
// the measure of speed that other stages are held against.
func (s *Segmenter) CutWithGse(text []byte) { s.known.Load().gse.Segment(text) }
