package segment

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/go-ego/gse"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tongbao"
)

// shared is the folder of notices outside the project; it may be absent.
func shared() string {
	if folder := os.Getenv("TONGBAO_SHARED"); folder != "" {
		return folder
	}
	return filepath.Join("..", "..", "..", "shared")
}

// texts returns all texts at hand, by name: testdata of the whole project, and
// the shared notices and pages where they are present.
func texts(t testing.TB) map[string]string {
	t.Helper()
	found := map[string]string{"generated": generated(20_000)}
	for _, folder := range []string{filepath.Join("..", "..", "testdata"), shared()} {
		err := filepath.WalkDir(folder, func(path string, d os.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			switch filepath.Ext(path) {
			case ".txt", ".html", ".md", ".json":
			default:
				return nil
			}
			text, err := os.ReadFile(path)
			if len(text) > 200_000 {
				text = text[:200_000] // and so perhaps cut through a character, which is welcome
			}
			found[path] = string(text)
			return err
		})
		if os.IsNotExist(err) {
			t.Logf("%s is absent: its texts are not cut", folder)
		} else if err != nil {
			t.Fatal(err)
		}
	}
	return found
}

// check reports what is wrong with a Doc, whatever its text.
func check(doc *tongbao.Doc) error {
	text := doc.Notice.Text
	at := 0
	for _, w := range withNumbers(doc.Words, doc.Numbers) {
		if w.Start != at || w.End <= w.Start || w.End > len(text) {
			return fmt.Errorf("words do not tile: %v behind %d", w.Span, at)
		}
		at = w.End
	}
	if at != len(text) {
		return fmt.Errorf("words do not tile: the last ends at %d of %d", at, len(text))
	}
	at = 0
	for i, s := range doc.Sentences {
		if s.Start < at || s.End <= s.Start || s.End > len(text) {
			return fmt.Errorf("sentence %d %v behind %d", i, s, at)
		}
		if strings.Contains(s.Of(text), "\n") {
			return fmt.Errorf("sentence %d %q crosses a line", i, s.Of(text))
		}
		at = s.End
	}
	last := map[int]int{} // where the last clause under a parent ended
	for i, c := range doc.Clauses {
		switch {
		case c.End <= c.Start || c.End > len(text):
			return fmt.Errorf("clause %d %v", i, c.Span)
		case i > 0 && c.Start <= doc.Clauses[i-1].Start:
			return fmt.Errorf("clause %d %v is out of order", i, c.Span)
		case c.Start < last[c.Parent]:
			return fmt.Errorf("clause %d %v overlaps its brother", i, c.Span)
		case c.Parent >= i || c.Parent < none:
			return fmt.Errorf("clause %d has parent %d", i, c.Parent)
		case c.Parent != none && !doc.Clauses[c.Parent].Contains(c.Span):
			return fmt.Errorf("clause %d %v is not within its parent %v", i, c.Span, doc.Clauses[c.Parent].Span)
		case c.Parent != none && doc.Clauses[c.Parent].Sentence != c.Sentence:
			return fmt.Errorf("clause %d is in another sentence than its parent", i)
		case c.Sentence < 0 || c.Sentence >= len(doc.Sentences) || !doc.Sentences[c.Sentence].Contains(c.Span):
			return fmt.Errorf("clause %d %v is not within its sentence %d", i, c.Span, c.Sentence)
		}
		last[c.Parent] = c.End
	}
	return nil
}

func TestTexts(t *testing.T) {
	s := New()
	for name, text := range texts(t) {
		if err := check(s.Segment(&tongbao.Notice{Text: text})); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// reference cuts as gse does that has been given the whole dictionary, straight
// from its two sources and by none of this package's ways to hold it.
func reference(t testing.TB) *vocabulary {
	t.Helper()
	v := &vocabulary{gse: gse.Segmenter{Dict: gse.NewDict()}}
	for _, w := range allWords(t) {
		v.add(w.word, float64(w.frequency), w.tag)
	}
	v.gse.CalcToken()
	return v
}

func (v *vocabulary) cut(text string, numbers []tongbao.Number) []tongbao.Word {
	c := cutter{text: []byte(text), known: v}
	return c.words(numbers)
}

// TestSecondToBegin: a text without a known word that was begun before there was
// a vocabulary, and comes to learn after another has made one, is cut with that.
func TestSecondToBegin(t *testing.T) {
	s := New()
	first := "区委巡视整改"
	var none *vocabulary
	made := s.learn(first, none.lacking(first))
	if v := s.learn("PPP", none.lacking("PPP")); v == nil || v != made {
		t.Errorf("the second text is given %p, want %p", v, made)
	}
	if words := s.words("PPP", nil); len(words) != 1 {
		t.Errorf("PPP is cut into %d words", len(words))
	}
}

// TestEqualsWholeDictionary: each text is cut as with the whole dictionary, by
// a Segmenter that has met nothing, by one that has met the texts before it,
// and by several at once.
func TestEqualsWholeDictionary(t *testing.T) {
	if testing.Short() {
		t.Skip("loads the whole of gse's dictionary")
	}
	whole := reference(t)
	experienced := New()
	t.Run("texts", func(t *testing.T) {
		var tasks sync.WaitGroup
		for name, text := range texts(t) {
			numbers := findNumbers(text)
			want := whole.cut(text, numbers)
			for _, s := range []*Segmenter{New(), experienced, experienced} {
				tasks.Go(func() {
					if diff := cmp.Diff(want, s.words(text, numbers)); diff != "" {
						t.Errorf("%s: %s", name, diff)
					}
				})
			}
		}
		tasks.Wait()
	})
	t.Run("anything", func(t *testing.T) {
		words := allWords(t)
		rapid.Check(t, func(t *rapid.T) {
			text := anyText(words).Draw(t, "text")
			want := whole.cut(text, nil)
			for _, s := range []*Segmenter{New(), experienced} {
				if diff := cmp.Diff(want, s.words(text, nil)); diff != "" {
					t.Fatal(diff)
				}
			}
		})
	})
}

// anyText makes texts of words that run into one another, of parts of words, of
// marks, and of bytes that are no text at all.
func anyText(words []entry) *rapid.Generator[string] {
	whole := rapid.Map(rapid.IntRange(0, len(words)-1), func(i int) string { return words[i].word })
	part := rapid.Custom(func(t *rapid.T) string {
		word := whole.Draw(t, "word")
		from := rapid.IntRange(0, len(word)).Draw(t, "from")
		for from < len(word) && !utf8.RuneStart(word[from]) {
			from++
		}
		return word[from:]
	})
	mark := rapid.StringOfN(rapid.RuneFrom([]rune("，。；：、！？,.;:!?()（）〔〕[]“”‘’\"《》〈〉\n 　1203万第ABcé𫘝\x00")), 0, 4, -1)
	noise := rapid.Map(rapid.SliceOfN(rapid.Byte(), 0, 4), func(b []byte) string { return string(b) })
	piece := rapid.OneOf(whole, whole, part, part, mark, mark, noise)
	return rapid.Map(rapid.SliceOfN(piece, 0, 60), func(pieces []string) string { return strings.Join(pieces, "") })
}

func TestAnything(t *testing.T) {
	s := New()
	words := genreWords(t)
	rapid.Check(t, func(t *rapid.T) {
		n := &tongbao.Notice{Text: anyText(words).Draw(t, "text")}
		if err := check(s.Segment(n)); err != nil {
			t.Fatal(err)
		}
	})
}

func FuzzSegment(f *testing.F) {
	for _, c := range clauseCases {
		f.Add(c.text)
	}
	f.Add("C++、4S店\x00\xff\xe4\xb8中(“)”")
	s := New()
	f.Fuzz(func(t *testing.T, text string) {
		doc := s.Segment(&tongbao.Notice{Text: text})
		if err := check(doc); err != nil {
			t.Error(err)
		}
		if diff := cmp.Diff(doc.Words, New().Segment(doc.Notice).Words); diff != "" {
			t.Errorf("cut otherwise than by a Segmenter that has met nothing: %s", diff)
		}
	})
}

func TestWords(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", ""},
		{"区委巡视整改工作领导小组", "区委/nt 巡视整改工作领导小组/nt"},
		{"给予党纪处分，诫勉。", "给予/v 党纪处分/n ，/w 诫勉/v 。/w"},
		{"问题线索 信访件", "问题线索/n  /x 信访件/n"},
		{"ABC\xff", "ABC/x \xff/x"},
		{"甴曱", "甴/x 曱/x"},
	} {
		if got := spell(c.text, New().Words(c.text)); got != c.want {
			t.Errorf("%q is cut into %q, not %q", c.text, got, c.want)
		}
	}
}

// spell writes words with their tags.
func spell(text string, words []tongbao.Word) string {
	var spelt []string
	for _, w := range words {
		spelt = append(spelt, w.Of(text)+"/"+w.Tag)
	}
	return strings.Join(spelt, " ")
}
