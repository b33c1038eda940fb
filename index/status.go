package index

import "time"

// A Status is what a collection holds and how far its runs have come.
type Status struct {
	Notices, Earlier, Facts, Findings, Mismatches int

	From, To string         // first and last day of publication; "" where none is known
	Genres   map[string]int // notices by genre
	Kinds    map[string]int // facts by kind

	Documents int       // addresses and files that were met
	LastRead  time.Time // when the newest of them came; zero where it is not known
	Failures  []Failure // what could not be fetched or read, in the order of their names
	Waiting   []HostCount
	LastRun   *Run // over the network; nil where there was none
	Unindexed int  // notices that the index lacks: searches read their texts
}

// A Failure is an address or file that came to nothing, and why.
type Failure struct {
	Name, Reason string
	When         time.Time // of the last try; zero where it is not known
}
