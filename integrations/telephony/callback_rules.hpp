#pragma once

#include "integrations/telephony/call_state.hpp"

#include <chrono>
#include <optional>
#include <string_view>

// Calls nobody answered, and calling back (README.md, T6 to T10).
namespace hotline::telephony {

// What came of one try to call back. Persisted numbers.
enum class CallbackOutcome { reached = 1, no_answer = 2, wrong_number = 3 };

constexpr auto names_of(CallbackOutcome) {
    return ticketing::NameTable<CallbackOutcome, 3>{{
        {CallbackOutcome::reached, "reached"},
        {CallbackOutcome::no_answer, "no_answer"},
        {CallbackOutcome::wrong_number, "wrong_number"},
    }};
}

// Why nobody has to call back any more. Persisted numbers.
enum class CallbackEnd {
    reached = 1,
    ticket = 2,        // a ticket was filed with one of its calls
    called_again = 3,  // and got through
    not_reached = 4,
    wrong_number = 5,
    answered = 6,  // told late: it had not been missed
};

constexpr auto names_of(CallbackEnd) {
    return ticketing::NameTable<CallbackEnd, 6>{{
        {CallbackEnd::reached, "reached"},
        {CallbackEnd::ticket, "ticket"},
        {CallbackEnd::called_again, "called_again"},
        {CallbackEnd::not_reached, "not_reached"},
        {CallbackEnd::wrong_number, "wrong_number"},
        {CallbackEnd::answered, "answered"},
    }};
}

// T6
constexpr auto shortest_wait = std::chrono::seconds(5);
bool can_be_dialled(std::string_view number);
bool was_missed(const CallStory& story);
// T34: since when it waits to be called back; nothing when it was not missed.
std::optional<ticketing::Instant> missed_at(const CallStory& story);

// T9
constexpr auto claim_lease = std::chrono::minutes(10);

// T10: what a try leads to.
struct AfterTry {
    std::optional<CallbackEnd> end;
    ticketing::Instant next_at{};  // unless it ended

    bool operator==(const AfterTry&) const = default;
};
constexpr int most_tries = 3;
// `tries`: this one included.
AfterTry after_try(CallbackOutcome outcome, int tries, ticketing::Instant now);

}  // namespace hotline::telephony
