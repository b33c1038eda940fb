package fetch

import (
	"errors"
	"net/netip"
	"testing"
)

func TestWhatIsPublic(t *testing.T) {
	for _, ip := range []string{"1.1.1.1", "114.114.114.114", "202.96.128.86", "100.63.255.255", "172.32.0.1", "240e::1", "2400:3200::1"} {
		if !public(netip.MustParseAddr(ip)) {
			t.Errorf("%s is public", ip)
		}
	}
	for _, ip := range []string{
		"127.0.0.1", "127.8.8.8", "0.0.0.0", "0.1.2.3", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
		"100.64.0.1", "100.127.255.255", "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.19.255.255", "203.0.113.9", "224.0.0.1", "239.1.1.1",
		"240.0.0.1", "255.255.255.255", "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:100.64.0.1", "::127.0.0.1",
		"fe80::1", "fe80::1%eth0", "fec0::1", "fc00::1", "fd12::1", "ff02::1", "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::1",
		"2001::1", "2001:db8::1", "3fff::1", "100::1", "4000::1",
	} {
		if public(netip.MustParseAddr(ip)) {
			t.Errorf("%s is not public", ip)
		}
	}
}

func TestParse(t *testing.T) {
	for in, want := range map[string]string{
		"HTTP://WWW.Example.GOV.cn:80#x":    "http://www.example.gov.cn/",
		"https://a.cn:443/b?c=d#e":          "https://a.cn/b?c=d",
		"http://a.cn:8080/":                 "http://a.cn:8080/",
		"http://巡视.cn/整改":                   "http://xn--9rt009g.cn/%E6%95%B4%E6%94%B9",
		"http://[2400:3200::1]/":            "http://[2400:3200::1]/",
		" http://a.cn/a b ":                 "http://a.cn/a%20b",
		"http://a.cn/?q=整 改":                "http://a.cn/?q=%E6%95%B4%20%E6%94%B9",
		"ftp://a/":                          "",
		"file:///etc/passwd":                "",
		"javascript:alert(1)":               "",
		"//a.cn/":                           "",
		"http:///x":                         "",
		"http://user@a.cn/":                 "",
		"http://a.cn/\r\nHost: b":           "",
		"gopher://127.0.0.1:25/_HELO":       "",
		"data:text/html,<script>x</script>": "",
	} {
		u, err := parse(in)
		got := ""
		if err == nil {
			got = u.String()
		}
		if got != want {
			t.Errorf("%q: %q %v, want %q", in, got, err, want)
		}
	}
}

func TestGuard(t *testing.T) {
	for _, a := range []string{"127.0.0.1:80", "[::1]:80", "[fe80::1%lo]:80", "169.254.169.254:80", "rubbish"} {
		if err := guard("tcp", a, nil); !errors.Is(err, ErrForbiddenAddress) {
			t.Errorf("%s: %v", a, err)
		}
	}
	if err := guard("tcp", "1.1.1.1:443", nil); err != nil {
		t.Error(err)
	}
}

// A name that resolves to a private address is refused when the connection is
// made, unless the user named it.
func TestNamesAreCheckedWhenConnecting(t *testing.T) {
	s := newSite(t, nil)
	named := "http://localhost" + s.URL[len("http://127.0.0.1"):] + "/"
	if _, err := s.c.Get(t.Context(), named, Validators{}); !errors.Is(err, ErrForbiddenAddress) || Temporary(err) {
		t.Error(err)
	}
	own := Own(t.Context(), []string{s.URL, named, "http://1.1.1.1/", "rubbish"})
	if !own(s.URL[len("http://"):]) || own("1.1.1.1") || own("127.0.0.1") {
		t.Error("own hosts are those that were named, and not public")
	}
	c := New(Options{Own: own, Clock: &fakeClock{}})
	defer c.Close()
	s.pages["/"] = text("x")
	if _, err := c.Get(t.Context(), named, Validators{}); err != nil {
		t.Error(err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add("http://a.cn:80/b?c#d")
	f.Add("http://[::1%25x]/")
	f.Fuzz(func(t *testing.T, in string) {
		u, err := parse(in)
		if err != nil {
			return
		}
		again, err := parse(u.String())
		if err != nil || again.String() != u.String() {
			t.Errorf("%q is %q, and that %v %v", in, u, again, err)
		}
	})
}
