package archive

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

var (
	// ErrBomb says that a compressed body unpacks to more than the limit.
	ErrBomb = errors.New("the compressed body unpacks to more than a page may have")
	// ErrEncoding says that a body does not unpack as its Content-Encoding says.
	ErrEncoding = errors.New("the body does not unpack as its Content-Encoding says")
)

// maxEncodings bounds how often a body may be packed: each layer multiplies
// what the next one must unpack.
const maxEncodings = 3

// Decode takes the Content-Encoding (RFC 9110 §8.4) off a body: gzip, deflate,
// br, zstd, and several of them. No more than limit bytes are unpacked, else
// the error is ErrBomb. What could be unpacked of a damaged body comes with
// ErrEncoding.
func Decode(header http.Header, body []byte, limit int64) ([]byte, error) {
	var names []string
	for name := range strings.SplitSeq(strings.Join(header.Values("Content-Encoding"), ","), ",") {
		if name = strings.ToLower(strings.TrimSpace(name)); name != "" && name != "identity" {
			names = append(names, name)
		}
	}
	if len(names) > maxEncodings {
		return nil, fmt.Errorf("packed %d times over: %w", len(names), ErrBomb)
	}
	for i := len(names) - 1; i >= 0 && len(body) > 0; i-- {
		var err error
		if body, err = unpack(names[i], body, limit); err != nil {
			return body, fmt.Errorf("%s: %w", names[i], err)
		}
	}
	return body, nil
}

func unpack(name string, body []byte, limit int64) ([]byte, error) {
	r, err := unpacker(name, body)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrEncoding, err)
	}
	out, err := io.ReadAll(io.LimitReader(r, limit+1))
	if int64(len(out)) > limit {
		return nil, ErrBomb
	}
	if err != nil {
		return out, fmt.Errorf("%w: %w", ErrEncoding, err)
	}
	return out, nil
}

func unpacker(name string, body []byte) (io.Reader, error) {
	r := bytes.NewReader(body)
	switch name {
	case "gzip", "x-gzip":
		if !isMember(body) {
			return r, nil // some servers name an encoding that they do not use
		}
		return gzip.NewReader(r)
	case "deflate":
		// RFC 9110 §8.4.1.2: zlib's format; some servers send it bare.
		if z, err := zlib.NewReader(r); err == nil {
			return z, nil
		}
		return flate.NewReader(bytes.NewReader(body)), nil
	case "br":
		return brotli.NewReader(r), nil
	case "zstd":
		z, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(MaxPayload))
		if err != nil {
			return nil, err
		}
		return z.IOReadCloser(), nil
	}
	return nil, fmt.Errorf("unknown encoding %q", name)
}
