#pragma once

#include "sla/names.hpp"

#include <cstdint>
#include <string_view>

namespace hotline::sla {

// What the daily counters count. Numbers are persisted: never change or reuse one. Each metric's
// day is fixed in S21 to S25, so that numerator and denominator of a rate fall on the same day and
// no rate can pass 100 %. A metric's meaning is as fixed as its number: a new meaning is a
// new number, so that a rate published years ago can still be recomputed (S34).
enum class Metric : std::uint16_t {
    accepted = 1,              // valid tickets, by the day of acceptance
    closed_on_call = 2,        // of those, answered on the call
    dispatched = 3,            // dispatches to a unit, by the day of dispatch
    sign_due = 4,              // dispatches to be signed, by the earlier of signing and limit
    signed_on_time = 5,        // of those, signed within the limit
    contact_due = 6,           // first contacts to be made, by the earlier of contact and limit
    contacted_on_time = 7,     // of those, made within the limit
    returned = 8,              // of the dispatches, returned by the unit
    return_refused = 9,        // of the returned, judged wrong by the centre
    closing_due = 10,          // 应办结, by the earlier of due date and closing
    closing_due_closed = 11,   // of those, closed
    closing_due_on_time = 12,  // of those, result submitted in time
    closed = 13,               // closed after handling by a unit, by the day of closing
    closed_after_redo = 14,    // of those, redone at least once for dissatisfaction
    callback_due = 15,         // passed review and can be called, by the day of the review
    callback_done = 16,        // of those, surveyed or tried as often as the rule asks
    rated = 17,                // surveys with an answer on satisfaction, by the day of the survey
    satisfied = 18,
    rated_adjusted = 19,  // the same without those found unreasonable
    satisfied_adjusted = 20,
    solving_asked = 21,  // surveys with an answer on "is it solved", by the day of the survey
    solved = 22,
    solved_partly = 23,
    excluded_declined = 24,  // out of the above, by the day of acceptance (S20)
    excluded_withdrawn = 25,
    excluded_merged = 26,
    excluded_praise = 27,
    excluded_test = 28,
    sign_owed = 29,           // dispatches by their day, without those given back unsigned (S35)
    signed_ever = 30,         // of those, signed, late or not
    response_owed = 31,       // dispatches that owe a first contact, by the day of dispatch
    responded = 32,           // of those, contacted within the limit
    callback_answered = 33,   // of the callbacks done, with an answer on satisfaction
    extended = 34,            // of those due to be closed, given a longer limit at least once
    supervised = 35,          // of those due to be closed, put under supervision (督办)
    appeals_heard = 36,       // accepted or merged, by the day of acceptance: the base of repeats
    repeated = 37,            // of those, merged into an earlier one or opened again
    dispatched_tickets = 38,  // tickets by the day of their first dispatch, under the centre
    dispatched_right = 39,    // of those, never returned
    closed_first_time = 40,   // of the closed, without redo, reopening or refusal by the review
    left_unreasonable = 41,   // left out of the adjusted satisfaction, by the day of the survey
    left_unreached = 42,      // closed without a survey though it was tried, by the day of closing
    left_given_back = 43,     // dispatches that owe neither signature nor contact, by their day
    left_no_contact = 44,     // passed review with nobody to call, by the day of the review
    // For the board alone, no part of a rate or of a published period (S44).
    received = 45,  // valid tickets by the day of acceptance, under the unit that answers for
                    // them: the first step of the funnel (S45)
    received_dispatched =
        46,  // of those, dispatched to a unit; each step holds those of the later ones
    received_signed = 47,    // of those, signed by a unit
    received_resolved = 48,  // of those, with a result that stands
    received_reviewed = 49,  // of those, passed by the review
    received_called =
        50,  // of those, asked back, tried as often as the rule asks, or nobody to call
    received_closed = 51,        // of those, closed after handling by a unit
    dissatisfied = 52,           // rated and not satisfied, by the day of the survey (S50)
    dissatisfied_unsolved = 53,  // of those, with the answer "not solved"
    dissatisfied_partly = 54,    // of those, "partly solved"
    dissatisfied_solved = 55,    // of those, "solved": it was something else
    dissatisfied_untold = 56,    // of those, without an answer on "is it solved"
    dissatisfied_late = 57,      // of those, with a result that came late
    dissatisfied_again = 58,     // of those, after at least one redo
};

constexpr auto names_of(Metric) {
    return NameTable<Metric, 58>{{
        {Metric::accepted, "accepted"},
        {Metric::closed_on_call, "closed_on_call"},
        {Metric::dispatched, "dispatched"},
        {Metric::sign_due, "sign_due"},
        {Metric::signed_on_time, "signed_on_time"},
        {Metric::contact_due, "contact_due"},
        {Metric::contacted_on_time, "contacted_on_time"},
        {Metric::returned, "returned"},
        {Metric::return_refused, "return_refused"},
        {Metric::closing_due, "closing_due"},
        {Metric::closing_due_closed, "closing_due_closed"},
        {Metric::closing_due_on_time, "closing_due_on_time"},
        {Metric::closed, "closed"},
        {Metric::closed_after_redo, "closed_after_redo"},
        {Metric::callback_due, "callback_due"},
        {Metric::callback_done, "callback_done"},
        {Metric::rated, "rated"},
        {Metric::satisfied, "satisfied"},
        {Metric::rated_adjusted, "rated_adjusted"},
        {Metric::satisfied_adjusted, "satisfied_adjusted"},
        {Metric::solving_asked, "solving_asked"},
        {Metric::solved, "solved"},
        {Metric::solved_partly, "solved_partly"},
        {Metric::excluded_declined, "excluded_declined"},
        {Metric::excluded_withdrawn, "excluded_withdrawn"},
        {Metric::excluded_merged, "excluded_merged"},
        {Metric::excluded_praise, "excluded_praise"},
        {Metric::excluded_test, "excluded_test"},
        {Metric::sign_owed, "sign_owed"},
        {Metric::signed_ever, "signed_ever"},
        {Metric::response_owed, "response_owed"},
        {Metric::responded, "responded"},
        {Metric::callback_answered, "callback_answered"},
        {Metric::extended, "extended"},
        {Metric::supervised, "supervised"},
        {Metric::appeals_heard, "appeals_heard"},
        {Metric::repeated, "repeated"},
        {Metric::dispatched_tickets, "dispatched_tickets"},
        {Metric::dispatched_right, "dispatched_right"},
        {Metric::closed_first_time, "closed_first_time"},
        {Metric::left_unreasonable, "left_unreasonable"},
        {Metric::left_unreached, "left_unreached"},
        {Metric::left_given_back, "left_given_back"},
        {Metric::left_no_contact, "left_no_contact"},
        {Metric::received, "received"},
        {Metric::received_dispatched, "received_dispatched"},
        {Metric::received_signed, "received_signed"},
        {Metric::received_resolved, "received_resolved"},
        {Metric::received_reviewed, "received_reviewed"},
        {Metric::received_called, "received_called"},
        {Metric::received_closed, "received_closed"},
        {Metric::dissatisfied, "dissatisfied"},
        {Metric::dissatisfied_unsolved, "dissatisfied_unsolved"},
        {Metric::dissatisfied_partly, "dissatisfied_partly"},
        {Metric::dissatisfied_solved, "dissatisfied_solved"},
        {Metric::dissatisfied_untold, "dissatisfied_untold"},
        {Metric::dissatisfied_late, "dissatisfied_late"},
        {Metric::dissatisfied_again, "dissatisfied_again"},
    }};
}

constexpr std::string_view name(Metric value) {
    return word_of(value);
}

// S44: rates, and with them published periods, are made of these.
constexpr bool is_of_rates(Metric metric) {
    return metric < Metric::received;
}

// Every number is below it: a ticket's metrics fit into one word of bits (kpi sources).
inline constexpr unsigned metric_bits = 64;

constexpr std::uint64_t bit_of(Metric metric) {
    return std::uint64_t{1} << static_cast<unsigned>(metric);
}

}  // namespace hotline::sla
