package fetch

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestCanonical(t *testing.T) {
	const base = "http://www.a.gov.cn/xs/index.html?x=1"
	for link, want := range map[string]string{
		"t1.html#top":                    "http://www.a.gov.cn/xs/t1.html",
		"../art/2021/1.html":             "http://www.a.gov.cn/art/2021/1.html",
		"?page=2":                        "http://www.a.gov.cn/xs/index.html?page=2",
		"//B.gov.cn:80/":                 "http://b.gov.cn/",
		"a.jsp;jsessionid=0FE?id=1":      "http://www.a.gov.cn/xs/a.jsp?id=1",
		"/(S(x1y2))/a.aspx":              "http://www.a.gov.cn/a.aspx",
		"a?PHPSESSID=1&id=2&utm_medium=": "http://www.a.gov.cn/xs/a?id=2",
		"a?b=2&a=1&sid=9":                "http://www.a.gov.cn/xs/a?b=2&a=1",
		"a?sid=9":                        "http://www.a.gov.cn/xs/a",
		"a?":                             "http://www.a.gov.cn/xs/a",
		"整改.html":                        "http://www.a.gov.cn/xs/%E6%95%B4%E6%94%B9.html",
		"a%2Fb;jsessionid=1":             "http://www.a.gov.cn/xs/a%2Fb",
		"javascript:void(0)":             "",
		"mailto:a@b.cn":                  "",
		"http://[":                       "",
	} {
		if got, err := Canonical(base, link); got != want || (err == nil) != (want != "") {
			t.Errorf("%s: %q %v, want %q", link, got, err, want)
		}
	}
}

func TestFence(t *testing.T) {
	f := NewFence("http://www.xs.gov.cn/zwgk/xs/index.html", "http://127.0.0.1:8080/l/", "rubbish")
	for _, c := range []struct {
		address    string
		page, list error
	}{
		{"http://www.xs.gov.cn/zwgk/xs/index_2.html", nil, nil},
		{"http://www.xs.gov.cn/zwgk/xs/2021/index.html", nil, nil},
		{"http://www.xs.gov.cn/zwgk/other/index.html", nil, ErrOutside},
		{"http://jw.xs.gov.cn/a.html", nil, ErrOutside},
		{"http://www.xt.gov.cn/zwgk/xs/a.html", ErrOutside, ErrOutside},
		{"http://evilxs.gov.cn/", ErrOutside, ErrOutside},
		{"http://127.0.0.1:8080/a", nil, ErrOutside},
		{"http://127.0.0.1:8081/l/", ErrOutside, ErrOutside},
		{"file:///etc/passwd", ErrForbiddenAddress, ErrForbiddenAddress},
		{"http://127.0.0.1:8080/l/" + strings.Repeat("x", 2000), ErrTrap, ErrTrap},
		{"http://127.0.0.1:8080/l/" + strings.Repeat("a/b/", 4), ErrTrap, ErrTrap},
		{"http://127.0.0.1:8080/l/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r/s/t/u", ErrTrap, ErrTrap},
		{"http://127.0.0.1:8080/l/000/000/000/000/000/c_01.html", nil, nil},
	} {
		if err := f.Page(c.address); !errors.Is(err, c.page) {
			t.Errorf("page %s: %v", c.address, err)
		}
		if err := f.List(c.address); !errors.Is(err, c.list) {
			t.Errorf("list %s: %v", c.address, err)
		}
	}
}

func TestEndlessLists(t *testing.T) {
	f := NewFence("http://a.cn/")
	day := func(i int) string { return fmt.Sprintf("http://a.cn/calendar?y=%d&m=%d", 2000+i/12, i%12) }
	for i := range maxShape {
		if err := f.List(day(i)); err != nil {
			t.Fatal(i, err)
		}
	}
	if err := f.List(day(maxShape)); !errors.Is(err, ErrTrap) {
		t.Error(err)
	}
	if err := f.List(day(3)); err != nil {
		t.Errorf("a page met before: %v", err)
	}
	var got []bool
	for _, n := range []int{5, 0, 0, 1, 0, 0, 0} {
		got = append(got, f.Brought("http://a.cn/", n))
	}
	if fmt.Sprint(got) != "[true true true true true true false]" {
		t.Error(got)
	}
}

func FuzzCanonical(f *testing.F) {
	f.Add("http://a.cn/b/", "../c;jsessionid=1?sid=2&x=%zz#y")
	f.Fuzz(func(t *testing.T, base, link string) {
		got, err := Canonical(base, link)
		if err != nil {
			return
		}
		if again, err := Canonical("", got); err != nil || again != got {
			t.Errorf("%q at %q is %q, and that %q %v", link, base, got, again, err)
		}
	})
}
