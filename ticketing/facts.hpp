#pragma once

#include "sla/rollup.hpp"
#include "ticketing/errors.hpp"
#include "ticketing/types/event.hpp"

#include <span>

// What the rates need to know of a ticket, folded from its log alone: the ticket's row is a copy,
// the log is the record. The same log gives the same facts on every day.
//
//   F1  A dispatch or a designation begins an assignment; its unit and the division of the matter
//       are those of that moment. Limits are those in force (a regrading moves them) until the unit
//       has given the ticket back: what came of them then stands (S21).
//   F2  A refused return is a signature, as in the lifecycle. A designation rules on a pending
//       return: for another unit it grants the return, for the same unit it refuses it, and the
//       duty of first contact goes over to the new assignment.
//   F3  A first contact is owed only where somebody can be contacted: none without a telephone
//       number, and none any more when a result came without one (the lifecycle admits that only
//       for appellants who cannot be contacted).
//   F4  The due date is that of the first round. A ticket answered on the call while a unit had it
//       loses it; reopened, it takes the new round's.
//   F5  A result that the review refused does not stand: the next one takes its place. Once a
//   review
//       is passed, the first result stands for good; later rounds are late when their result comes
//       after their own limit or when their red card was given.
//   F6  A survey is an answered callback, or the answer given on the call. The last one stands; it
//       is unreasonable when the centre closed the ticket so.
//   F7  Callbacks are exhausted when the ticket was closed without a survey, until another review
//       is passed.
//   F8  Every redo after a survey and every reopening counts as a redo; a refusal by the review
//   does
//       not.
//   F9  Declined, withdrawn, merged: by the state the ticket is in. Praise: by its present type.
//   F10 While a ticket is parked or mediated nothing is due, no first contact either; resumed, it
//   has
//       the dates moved by that time.
//   F12 Channel, type and topic are those the ticket has now: a regrading moves all its figures.
//   The
//       official of an assignment is the last one the unit gave it to. A log of before the channel
//       was told has none.
//   F13 Extended, supervised, sent back by the review, opened again: once is enough.
//   F14 A test of the line is a ticket declined as "test".
//   F11 A merger undone ends the assignment of before: that unit owes nothing.
//   F15 A redo that goes one level up begins no assignment: the unit it was dispatched to answers
//       for the result that did not content and for the rates, whoever does it anew (T23).

namespace hotline::ticketing {

// `events` of one ticket from the first on, in order of seq. Fails with `internal` (detail: the
// seq) when there are none or the changes of one cannot be read.
Result<sla::TicketFacts> facts_of(std::span<const Event> events);

}  // namespace hotline::ticketing
