package fetch

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"syscall"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// parse reads an address that may be fetched: http or https, with a host, no
// password. Its fragment is dropped, its host written as DNS has it.
func parse(address string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return nil, err
	}
	u.Scheme = strings.ToLower(u.Scheme)
	if u.Scheme != "http" && u.Scheme != "https" {
		return nil, fmt.Errorf("%w: only http and https are fetched, not %q", ErrForbiddenAddress, u.Scheme)
	}
	if u.User != nil {
		return nil, fmt.Errorf("%w: it carries a name or password", ErrForbiddenAddress)
	}
	host, port := u.Hostname(), u.Port()
	if host == "" {
		return nil, errors.New("it names no host")
	}
	if host, err = asciiHost(host); err != nil {
		return nil, fmt.Errorf("its host is no name: %w", err)
	}
	u.Host = hostPort(u.Scheme, host, port)
	u.Fragment, u.RawFragment = "", ""
	u.RawQuery = escaped(u.RawQuery)
	if u.Path == "" {
		u.Path = "/"
	}
	return u, nil
}

// asciiHost writes a host as DNS has it, or an IPv6 address without a zone, for
// zones are of one machine only.
func asciiHost(host string) (string, error) {
	if strings.Contains(host, ":") {
		ip, err := netip.ParseAddr(host)
		return ip.WithZone("").String(), err
	}
	name, err := idna.Lookup.ToASCII(host)
	if err != nil {
		return "", err
	}
	if !utf8.ValidString(host) {
		return "", errors.New("it is not UTF-8")
	}
	return strings.ToLower(name), nil
}

// escaped percent-encodes what may stand in no query (RFC 3986 §3.4), byte for
// byte: it need not be UTF-8.
func escaped(query string) string {
	var b strings.Builder
	for i := 0; i < len(query); i++ {
		if c := query[i]; c <= ' ' || c >= 0x7f || strings.IndexByte("\"<>`", c) >= 0 {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// hostPort writes an authority without the port that goes without saying.
func hostPort(scheme, host, port string) string {
	if port == "" || scheme == "http" && port == "80" || scheme == "https" && port == "443" {
		if strings.Contains(host, ":") {
			return "[" + host + "]"
		}
		return host
	}
	return net.JoinHostPort(host, port)
}

// notPublic are the ranges of the IANA special-purpose registries (RFC 6890 and
// its successors) that netip does not name. Those that carry an IPv4 address
// within (NAT64, 6to4, Teredo) are not public either: through them a private
// one could be reached.
var notPublic = prefixes(
	"0.0.0.0/8",       // this network (RFC 791)
	"100.64.0.0/10",   // shared by carriers (RFC 6598)
	"192.0.0.0/24",    // protocol assignments (RFC 6890)
	"192.0.2.0/24",    // documentation (RFC 5737)
	"192.88.99.0/24",  // 6to4 relays (RFC 7526)
	"198.18.0.0/15",   // benchmarks (RFC 2544)
	"198.51.100.0/24", // documentation
	"203.0.113.0/24",  // documentation
	"240.0.0.0/4",     // reserved (RFC 1112), broadcast
	"2001::/23",       // protocol assignments, Teredo (RFC 2928, 4380)
	"2001:db8::/32",   // documentation (RFC 3849)
	"2002::/16",       // 6to4 (RFC 3056)
	"3fff::/20",       // documentation (RFC 9637)
)

// global is what of IPv6 is given out to the public (RFC 4291 §2.4).
var global = netip.MustParsePrefix("2000::/3")

func prefixes(texts ...string) []netip.Prefix {
	var out []netip.Prefix
	for _, t := range texts {
		out = append(out, netip.MustParsePrefix(t))
	}
	return out
}

// public reports whether an IP address is one of the public network: not
// loopback, private, link-local, shared, multicast, reserved or documentation,
// and none of these within an IPv6 address.
func public(ip netip.Addr) bool {
	ip = ip.Unmap().WithZone("")
	if !ip.IsGlobalUnicast() || ip.IsPrivate() || ip.Is6() && !global.Contains(ip) {
		return false
	}
	for _, p := range notPublic {
		if p.Contains(ip) {
			return false
		}
	}
	return true
}

// guard is called with the address that a connection is about to be made to,
// when the name has been resolved: what a name resolved to before, or resolves
// to later, does not matter.
func guard(_, address string, _ syscall.RawConn) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("%w: %s is no address", ErrForbiddenAddress, address)
	}
	if !public(at.Addr()) {
		return fmt.Errorf("%w: %s is not of the public network", ErrForbiddenAddress, at.Addr())
	}
	return nil
}

// Own returns an Options.Own for the addresses that a user named: their hosts
// are the user's own when they lie outside the public network now. A host that
// is public stays guarded, should its name lead elsewhere later on.
func Own(ctx context.Context, addresses []string) func(host string) bool {
	own := map[string]bool{}
	for _, a := range addresses {
		u, err := parse(a)
		if err != nil {
			continue
		}
		if _, known := own[u.Host]; known {
			continue
		}
		ips, err := net.DefaultResolver.LookupNetIP(ctx, "ip", u.Hostname())
		own[u.Host] = err == nil && slices.ContainsFunc(ips, func(ip netip.Addr) bool { return !public(ip) })
	}
	return func(host string) bool { return own[host] }
}
