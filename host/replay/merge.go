package replay

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
)

// Merge adds the reports of shards up. When all shards are there the result is
// the report of the whole, byte for byte.
func Merge(reports ...*Report) (*Report, error) {
	if len(reports) == 0 {
		return nil, errors.New("merging reports: none given")
	}
	t := newTally()
	var shards []string
	for _, r := range reports {
		if r.New != reports[0].New || (r.Old == nil) != (reports[0].Old == nil) || r.Old != nil && *r.Old != *reports[0].Old {
			return nil, errors.New("merging reports: they are of different modules; merge only shards of one replay")
		}
		if len(r.Shards) == 0 && len(reports) > 1 {
			return nil, errors.New("merging reports: one is of a whole replay, not of a shard")
		}
		shards = append(shards, r.Shards...)
		t.add(r)
	}
	left, err := missingShards(shards)
	if err != nil {
		return nil, err
	}
	if left > 0 {
		t.report.Shards = shards
	}
	return t.finish(), nil
}

// missingShards sorts shards by number and counts those that are not there.
func missingShards(shards []string) (int, error) {
	if len(shards) == 0 {
		return 0, nil
	}
	number := func(shard string) (i, n int) {
		_, _ = fmt.Sscanf(shard, "%d/%d", &i, &n)
		return i, n
	}
	_, of := number(shards[0])
	slices.SortFunc(shards, func(a, b string) int {
		left, _ := number(a)
		right, _ := number(b)
		return cmp.Compare(left, right)
	})
	for i, shard := range shards {
		if _, n := number(shard); n != of {
			return 0, fmt.Errorf("merging reports: shard %s beside shards of %d", shard, of)
		}
		if i > 0 && shard == shards[i-1] {
			return 0, fmt.Errorf("merging reports: shard %s comes twice", shard)
		}
	}
	return of - len(shards), nil
}
