// An outside judge of a log that Concord wrote as plain files: the Go team's sumdb/note opens
// the checkpoint, and their sumdb/tlog checks every tile against it, every entry against the
// tiles, and proofs of inclusion and consistency. Cosignatures are not judged: these packages
// do not know them.
//
//	GO111MODULE=off GOPATH=/usr/share/gocode go run judge.go FOLDER VERIFIER-KEY
//
// FOLDER holds `checkpoint` and `tile/`; the key is the log's, as its card writes it. Only the
// paths are adapted: tlog asks for tile/8/L/N, the files are C2SP's tile/L/N and tile/entries/N.
package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type folder string

func (folder) Height() int { return 8 }

func (folder) SaveTiles([]tlog.Tile, [][]byte) {}

func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var found [][]byte
	for _, tile := range tiles {
		path := strings.TrimPrefix(tile.Path(), "tile/8/")
		data, err := os.ReadFile(filepath.Join(string(f), "tile", path))
		if err != nil {
			return nil, err
		}
		found = append(found, data)
	}
	return found, nil
}

// entries reads one bundle: each entry after its length in two bytes, the larger first.
func (f folder) entries(index, width int64) ([][]byte, error) {
	tile := tlog.Tile{H: 8, L: -1, N: index, W: int(width)}
	path := strings.TrimPrefix(tile.Path(), "tile/8/data/")
	data, err := os.ReadFile(filepath.Join(string(f), "tile", "entries", path))
	if err != nil {
		return nil, err
	}
	var found [][]byte
	for len(data) > 0 {
		if len(data) < 2 || len(data)-2 < int(binary.BigEndian.Uint16(data)) {
			return nil, fmt.Errorf("bundle %d ends within an entry", index)
		}
		length := int(binary.BigEndian.Uint16(data))
		found = append(found, data[2:2+length])
		data = data[2+length:]
	}
	if int64(len(found)) != width {
		return nil, fmt.Errorf("bundle %d holds %d entries, expected %d", index, len(found), width)
	}
	return found, nil
}

func openCheckpoint(path, key string) (tlog.Tree, error) {
	verifier, err := note.NewVerifier(key)
	if err != nil {
		return tlog.Tree{}, err
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return tlog.Tree{}, err
	}
	opened, err := note.Open(data, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 || lines[0] != verifier.Name() {
		return tlog.Tree{}, fmt.Errorf("the checkpoint is not of %s", verifier.Name())
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	root, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: root}, err
}

func judge(path, key string) error {
	tree, err := openCheckpoint(filepath.Join(path, "checkpoint"), key)
	if err != nil {
		return err
	}
	files := folder(path)
	hashes := tlog.TileHashReader(tree, files)
	for first := int64(0); first < tree.N; first += 256 {
		width := tree.N - first
		if width > 256 {
			width = 256
		}
		entries, err := files.entries(first/256, width)
		if err != nil {
			return err
		}
		for offset, entry := range entries {
			index := first + int64(offset)
			stored, err := hashes.ReadHashes([]int64{tlog.StoredHashIndex(0, index)})
			if err != nil {
				return err
			}
			hash := tlog.RecordHash(entry)
			if !bytes.Equal(stored[0][:], hash[:]) {
				return fmt.Errorf("entry %d does not hash to its leaf", index)
			}
			if index%37 != 0 && index != tree.N-1 {
				continue
			}
			proof, err := tlog.ProveRecord(tree.N, index, hashes)
			if err == nil {
				err = tlog.CheckRecord(proof, tree.N, tree.Hash, index, hash)
			}
			if err != nil {
				return fmt.Errorf("inclusion of entry %d: %w", index, err)
			}
		}
	}
	for size := int64(1); size <= tree.N; size += 1 + size/3 {
		root, err := tlog.TreeHash(size, hashes)
		if err != nil {
			return err
		}
		proof, err := tlog.ProveTree(tree.N, size, hashes)
		if err == nil {
			err = tlog.CheckTree(proof, tree.N, tree.Hash, size, root)
		}
		if err != nil {
			return fmt.Errorf("consistency of size %d: %w", size, err)
		}
	}
	fmt.Printf("sound: %d entries\n", tree.N)
	return nil
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "expected: judge.go FOLDER VERIFIER-KEY")
		os.Exit(2)
	}
	if err := judge(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "refused:", err)
		os.Exit(1)
	}
}
