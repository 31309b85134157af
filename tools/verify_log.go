// Verify_log checks an exported record, or a public log, with the library of Go's own checksum database alone.
//
//	go run verify_log.go FOLDER [FILE ...]
//
// FOLDER holds vkey, checkpoint and tile/ (C2SP tlog-tiles); where it also holds payloads/, what the entries say is
// checked too. Each FILE is an older checkpoint, a proof of one entry (C2SP tlog-proof), or a proof that an older
// checkpoint given before it is a prefix (C2SP tlog-witness, add-checkpoint). Prints what does not hold and ends with 1.
package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8 // a tile spans 2^8 hashes

// A folder holds the files of a log.
type folder string

// read gives a tile's file. The library names it tile/<height>/<level>/…; the format leaves the height out.
func (f folder) read(tile tlog.Tile, level string) ([]byte, error) {
	name := strings.Replace(tile.Path(), fmt.Sprintf("tile/%d/%d/", height, tile.L), "tile/"+level+"/", 1)
	return os.ReadFile(filepath.Join(string(f), name))
}

// A storage holds every hash of a tree, as the library keeps them.
type storage []tlog.Hash

func (s storage) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	var found []tlog.Hash
	for _, index := range indexes {
		if index >= int64(len(s)) {
			return nil, fmt.Errorf("the tree has not grown to hash %d", index)
		}
		found = append(found, s[index])
	}
	return found, nil
}

// grown gives the tree over entries.
func grown(entries [][]byte) (storage, error) {
	var tree storage
	for n, entry := range entries {
		more, err := tlog.StoredHashes(int64(n), entry, tree)
		if err != nil {
			return nil, err
		}
		tree = append(tree, more...)
	}
	return tree, nil
}

// entries reads the bundles: entries one after the other, each after its length in two bytes.
func (f folder) entries(size int64) ([][]byte, error) {
	var found [][]byte
	for int64(len(found)) < size {
		tile := tlog.Tile{H: height, L: 0, N: int64(len(found)) >> height, W: 1 << height}
		if left := size - int64(len(found)); left < int64(tile.W) {
			tile.W = int(left)
		}
		name := fmt.Sprintf("the bundle from entry %d on", len(found))
		data, err := f.read(tile, "entries")
		if err != nil {
			return nil, err
		}
		for n := 0; n < tile.W; n++ {
			if len(data) < 2 || len(data) < 2+int(binary.BigEndian.Uint16(data)) {
				return nil, fmt.Errorf("%s ends inside entry %d", name, len(found))
			}
			end := 2 + int(binary.BigEndian.Uint16(data))
			found, data = append(found, data[2:end]), data[end:]
		}
		if len(data) > 0 {
			return nil, fmt.Errorf("%s holds more than the %d entries it is named for", name, tile.W)
		}
	}
	return found, nil
}

// A log is what one key signs.
type log struct {
	key   string
	names []string // after a declared rollback the log goes on under another name
}

// open reads a checkpoint and checks its signature.
func (l *log) open(text []byte) (tlog.Tree, error) {
	var all []note.Verifier
	for _, name := range l.names {
		key, err := base64.StdEncoding.DecodeString(l.key)
		if err != nil {
			return tlog.Tree{}, err
		}
		hash := sha256.Sum256(append([]byte(name+"\n"), key...))
		verifier, err := note.NewVerifier(fmt.Sprintf("%s+%08x+%s", name, hash[:4], l.key))
		if err != nil {
			return tlog.Tree{}, err
		}
		all = append(all, verifier)
	}
	signed, err := note.Open(text, note.VerifierList(all...))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(signed.Text, "\n")
	if len(lines) < 4 || lines[0] != signed.Sigs[0].Name {
		return tlog.Tree{}, fmt.Errorf("it is signed as %s and is of the log %s", signed.Sigs[0].Name, lines[0])
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	root, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: root}, err
}

func hashes(lines []string) ([]tlog.Hash, error) {
	var found []tlog.Hash
	for _, line := range lines {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return nil, err
		}
		found = append(found, hash)
	}
	return found, nil
}

// payloads gives what the entries say: salt and body by number.
func (f folder) payloads() (map[int64][2][]byte, error) {
	said := map[int64][2][]byte{}
	err := filepath.WalkDir(filepath.Join(string(f), "payloads"), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, line := range bytes.Split(bytes.TrimSuffix(data, []byte("\n")), []byte("\n")) {
			parts := bytes.SplitN(line, []byte(" "), 3)
			if len(parts) != 3 {
				return fmt.Errorf("%s: a line is not number, salt, body", path)
			}
			seq, err := strconv.ParseInt(string(parts[0]), 10, 64)
			if err != nil {
				return err
			}
			salt, err := hex.DecodeString(string(parts[1]))
			if err != nil {
				return err
			}
			said[seq] = [2][]byte{salt, parts[2]}
		}
		return nil
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return said, err
}

// checkSaid holds what the entries say against the digests in their envelopes, and what is missing against erasures.
// Gives the names the record went on under.
func checkSaid(entries [][]byte, said map[int64][2][]byte, tell func(string, ...any)) (names []string) {
	erased := map[int64]bool{}
	for n, entry := range entries {
		var envelope struct {
			Seq           int64
			Kind, Payload string
		}
		if err := json.Unmarshal(entry, &envelope); err != nil || envelope.Seq != int64(n) {
			tell("entry %d: it was moved here, or is no entry: it says that it is entry %d", n, envelope.Seq)
			continue
		}
		pair, there := said[int64(n)]
		if !there {
			continue
		}
		digest := sha256.Sum256(append(append([]byte{}, pair[0]...), pair[1]...))
		if hex.EncodeToString(digest[:]) != envelope.Payload {
			tell("entry %d: what it says was changed, or its salt", n)
			continue
		}
		var body struct {
			Entries json.RawMessage
			Origin  string
		}
		if json.Unmarshal(pair[1], &body) != nil {
			continue
		}
		switch envelope.Kind {
		case "ledger.payload.erased/1":
			var gone []int64
			if json.Unmarshal(body.Entries, &gone) == nil {
				for _, seq := range gone {
					erased[seq] = true
				}
			}
		case "ledger.rollback.declared/1":
			names = append(names, body.Origin)
		}
	}
	for n := range entries {
		if _, there := said[int64(n)]; there == erased[int64(n)] {
			tell("entry %d: what it says is missing and no entry tells of its erasure, or the other way round", n)
		}
	}
	return names
}

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: verify_log FOLDER [FILE ...]")
		os.Exit(2)
	}
	faults := 0
	tell := func(format string, given ...any) {
		faults++
		fmt.Printf(format+"\n", given...)
	}
	check(folder(os.Args[1]), os.Args[2:], tell)
	if faults > 0 {
		os.Exit(1)
	}
	fmt.Println("All holds.")
}

func check(dir folder, files []string, tell func(string, ...any)) {
	read := func(name string) []byte {
		data, err := os.ReadFile(name)
		if err != nil {
			tell("%s: %v", name, err)
		}
		return data
	}
	vkey := strings.SplitN(strings.TrimSpace(string(read(filepath.Join(string(dir), "vkey")))), "+", 3)
	if len(vkey) != 3 {
		tell("vkey: it is not a verifier key")
		return
	}
	own := &log{key: vkey[2], names: vkey[:1]}
	head := read(filepath.Join(string(dir), "checkpoint"))
	size := int64(0)
	if lines := strings.SplitN(string(head), "\n", 3); len(lines) == 3 {
		size, _ = strconv.ParseInt(lines[1], 10, 64) // believed once the signature was checked below
	}
	entries, err := dir.entries(size)
	if err != nil {
		tell("checkpoint: it promises %d entries, and they are not there: %v", size, err)
		return
	}
	said, err := dir.payloads()
	if err != nil {
		tell("payloads: %v", err)
		return
	}
	kept, _ := filepath.Glob(filepath.Join(string(dir), "checkpoints", "*"))
	if said != nil || len(kept) > 0 { // a public log keeps neither
		own.names = append(own.names, checkSaid(entries, said, tell)...)
	}
	tree, err := own.open(head)
	if err != nil {
		tell("checkpoint: %v", err)
		return
	}
	reader, err := grown(entries)
	if err != nil {
		tell("entries: %v", err)
		return
	}
	for n, entry := range entries {
		proof, err := tlog.ProveRecord(tree.N, int64(n), reader)
		if err == nil {
			err = tlog.CheckRecord(proof, tree.N, tree.Hash, int64(n), tlog.RecordHash(entry))
		}
		if err != nil {
			tell("entry %d: it does not stand under the checkpoint: %v", n, err)
			break
		}
	}
	for _, tile := range tlog.NewTiles(height, 0, tree.N) {
		if last := tree.N >> (height * tile.L) % (1 << height); tile.W != 1<<height && int64(tile.W) != last {
			continue // the library lists every width a growing tile had
		}
		right, err := tlog.ReadTileData(tile, reader)
		if err != nil {
			tell("%s: %v", tile.Path(), err)
		} else if there, err := dir.read(tile, strconv.Itoa(tile.L)); err != nil || !bytes.Equal(there, right) {
			tell("the tile of level %d at %d: it does not give the hashes of the entries", tile.L, tile.N)
		}
	}
	older := []tlog.Tree{}
	for _, name := range append(kept, files...) {
		text := read(name)
		switch {
		case bytes.HasPrefix(text, []byte("c2sp.org/tlog-proof@v1\n")):
			err = own.proven(text)
		case bytes.HasPrefix(text, []byte("old ")):
			err = own.extends(text, older)
		default:
			var before tlog.Tree
			if before, err = own.open(text); err == nil {
				older = append(older, before)
				err = prefix(before, tree, reader)
			}
		}
		if err != nil {
			tell("%s: %v", name, err)
		}
	}
}

// prefix says whether the entries up to an older checkpoint still give its root.
func prefix(before, tree tlog.Tree, reader tlog.HashReader) error {
	if before.N > tree.N {
		return fmt.Errorf("it promises %d entries, and there are %d", before.N, tree.N)
	}
	proof, err := tlog.ProveTree(tree.N, before.N, reader)
	if err != nil {
		return err
	}
	return tlog.CheckTree(proof, tree.N, tree.Hash, before.N, before.Hash)
}

// proven checks a proof of one entry, whose bytes it carries.
func (l *log) proven(text []byte) error {
	head, checkpoint, _ := strings.Cut(string(text), "\n\n")
	lines := strings.Split(head, "\n")
	if len(lines) < 3 || !strings.HasPrefix(lines[1], "extra ") || !strings.HasPrefix(lines[2], "index ") {
		return errors.New("it is not a proof with its entry")
	}
	entry, err := base64.StdEncoding.DecodeString(lines[1][len("extra "):])
	if err != nil {
		return err
	}
	index, err := strconv.ParseInt(lines[2][len("index "):], 10, 64)
	if err != nil {
		return err
	}
	path, err := hashes(lines[3:])
	if err != nil {
		return err
	}
	tree, err := l.open([]byte(checkpoint))
	if err != nil {
		return err
	}
	return tlog.CheckRecord(path, tree.N, tree.Hash, index, tlog.RecordHash(entry))
}

// extends checks a proof that an older checkpoint, given before, is a prefix of the one it carries.
func (l *log) extends(text []byte, older []tlog.Tree) error {
	head, checkpoint, _ := strings.Cut(string(text), "\n\n")
	lines := strings.Split(head, "\n")
	size, err := strconv.ParseInt(strings.TrimPrefix(lines[0], "old "), 10, 64)
	if err != nil {
		return err
	}
	proof, err := hashes(lines[1:])
	if err != nil {
		return err
	}
	tree, err := l.open([]byte(checkpoint))
	if err != nil {
		return err
	}
	for _, before := range older {
		if before.N == size {
			return tlog.CheckTree(proof, tree.N, tree.Hash, before.N, before.Hash)
		}
	}
	return fmt.Errorf("the checkpoint over %d entries is not among those given", size)
}
