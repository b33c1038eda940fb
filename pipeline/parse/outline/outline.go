// Package outline reads what a notice says of itself: its sections, the round,
// the team, the bodies on both sides, the days, the contacts (contract §3).
// A field that title and text do not state stays empty.
package outline

import (
	"tongbao"
	"tongbao/internal/commentary"
)

// Read fills the fields of n that follow from its Title, Text and Published.
func Read(n *tongbao.Notice) {
	n.Sections = sections(n.Text)
	h := newHead(n)
	n.Genre = genre(n.Title, h.preamble)
	if commentary.Is(n.Text) {
		n.Genre = tongbao.Other
	}
	n.Signed = h.signed()
	n.Issuer = h.issuer()
	n.Contact = contact(n.Text)
	if n.Genre == tongbao.Rectification && h.ofNoNotice() {
		n.Genre = tongbao.Other
	}
	if n.Genre == tongbao.Case || n.Genre == tongbao.Other {
		return
	}
	n.Team = h.team()
	n.Inspection = h.inspection()
	n.Feedback = h.feedback()
	if n.Genre != tongbao.Feedback || !h.severalTeams() { // several teams, several bodies
		n.Inspected = h.inspected()
	}
	n.Round = h.round()
	n.Authority = h.authority()
	if n.Round != nil {
		n.Round.ID = roundID(n.Round)
	}
}
