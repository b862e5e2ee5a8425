#pragma once

#include "integrations/mysql/query_text.hpp"
#include "ticketing/permissions.hpp"
#include "ticketing/person_number.hpp"
#include "ticketing/search_tokens.hpp"
#include "ticketing/types/ticket.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace hotline::mysql {

// What an appeal says and what came of it.
struct TicketTexts {
    std::string content;
    std::string result;
};

// One line of a list: of the ticket only what a summary shows, without content, appellant or
// clocks, and what is next on it.
struct TicketLine {
    ticketing::Ticket ticket;
    std::optional<ticketing::Instant> handle_due_at;
    std::optional<ticketing::Instant> next_due_at;
    std::optional<sla::ClockKind> next_clock;
    std::optional<sla::LimitUnit> next_limit;
    TicketTexts texts;  // where the listing asks for them
};

// The same of a ticket read whole.
TicketLine line_of(const ticketing::Ticket& ticket);

// A12: the tickets of whoever has this number, found by what stands for it in the index.
struct PersonWanted {
    ticketing::PersonNumber number;
    std::string key;

    bool operator==(const PersonWanted&) const = default;
};

struct TicketFilter {
    std::vector<ticketing::State> states;  // empty: any
    std::vector<ticketing::UnitId> units;  // lead unit is one of these
    std::string division;
    std::string topic;
    std::optional<ticketing::Urgency> urgency;
    std::optional<ticketing::AppealType> type;
    std::optional<ticketing::Channel> channel;
    bool in_hand = false;                   // S25: open, without praise
    std::optional<bool> natural;            // S46: whether the handling limit runs around the clock
    std::optional<ticketing::UnitId> desk;  // lead unit is exactly this; 0: nobody has it
    ticketing::OfficialId handler;          // has it now
    bool due_today = false;                 // the handling limit ends today, not yet run out
    bool overdue = false;                   // the handling clock ran out and is still waited for
    ticketing::UserId filed_by;             // with `official`: either
    ticketing::OfficialId official;         // handles, follows or brought it
    ticketing::EnterpriseId enterprise;
    std::string phone;
    bool named_only =
        false;  // leaves out tickets whose appellant is not to be found by asking (A7)
    std::vector<ticketing::UnitId> awaited;  // one of these was asked to help and is not heard yet
    std::vector<ticketing::UnitId> charged;  // one of these has an open part of its own in it
    bool hard_case = false;
    std::string number;  // exact
    ticketing::SearchQuery search;
    bool firms_open_only = false;  // the firm of a hidden appellant is not found by its name (A7)
    std::optional<PersonWanted> person;
    std::optional<sla::LocalDay> accepted_from;
    std::optional<sla::LocalDay> accepted_to;  // this day included

    // Whether an index of words or numbers tells which tickets to look at.
    bool searches() const { return person || !search.terms.empty(); }

    bool operator==(const TicketFilter&) const = default;
};

enum class TicketOrder { newest, due };

// Where a page ended.
struct TicketPlace {
    std::uint64_t id = 0;
    ticketing::Instant due{};  // TicketOrder::due only

    bool operator==(const TicketPlace&) const = default;
};

struct TicketListing {
    const ticketing::Scope& scope;
    const TicketFilter& filter;
    TicketOrder order = TicketOrder::newest;
    std::optional<TicketPlace> after;
    std::size_t limit = 50;
    ticketing::Instant now;
    // What the index found for the words searched for, or a part of it: only these tickets. Empty:
    // any. Filled by the functions below, which go through all that was found.
    std::vector<std::uint64_t> among = {};
    bool with_texts = false;
};

// Tickets in scope that pass the filter, newest first (by number) or the nearest due date first.
// The statement, for the tests that look at its plan, and its answer.
QueryText list_text(const TicketListing& listing);
Result<std::vector<TicketLine>> list_tickets(Connection& db, const TicketListing& listing);
TicketPlace place_of(const TicketLine& line);

// Which of these tickets are in scope; ascending.
Result<std::vector<std::uint64_t>> ids_in_scope(
    Connection& db, const ticketing::Scope& scope, std::span<const std::uint64_t> ids
);

// How many there are, counting no further than `most`.
QueryText count_text(const TicketListing& listing, std::size_t most);
Result<std::size_t> count_tickets(Connection& db, const TicketListing& listing, std::size_t most);

struct TicketCounts {
    std::array<std::uint64_t, 15> by_state{};  // by number of the state
    std::uint64_t overdue = 0;
};
QueryText counts_text(const TicketListing& listing);
Result<TicketCounts> count_by_state(Connection& db, const TicketListing& listing);

}  // namespace hotline::mysql
