#include "ticketing/lifecycle/merging.hpp"

#include <doctest/doctest.h>

using namespace hotline::ticketing;

namespace {

Ticket told_by(std::uint64_t enterprise, std::string phone, State state = State::handling) {
    Ticket ticket;
    ticket.enterprise = {enterprise};
    ticket.appellant.phone = std::move(phone);
    ticket.state = state;
    return ticket;
}

}  // namespace

TEST_CASE("T5: the same enterprise or the same caller's number make a repeat, nothing else does") {
    const Ticket child = told_by(7, "13900000001");
    CHECK(fits_as_parent(told_by(7, "13900000002"), child));
    CHECK(fits_as_parent(told_by(8, "13900000001"), child));
    CHECK_FALSE(fits_as_parent(told_by(8, "13900000002"), child));
    CHECK(same_enterprise(told_by(7, ""), child));
    CHECK_FALSE(same_enterprise(told_by(8, ""), child));
    CHECK(same_caller(told_by(8, "13900000001"), child));
    CHECK_FALSE(same_caller(told_by(7, "13900000002"), child));
}

TEST_CASE("T5: nobody's enterprise and nobody's number are not the same") {
    CHECK_FALSE(same_enterprise(told_by(0, ""), told_by(0, "")));
    CHECK_FALSE(same_caller(told_by(0, ""), told_by(0, "")));
    CHECK_FALSE(fits_as_parent(told_by(0, ""), told_by(0, "")));
}

TEST_CASE("T5: a repeat goes into a ticket that somebody still answers for") {
    const Ticket child = told_by(7, "");
    for (const auto& [state, name] : names_of(State{})) {
        CAPTURE(name);
        const bool answered_for = state != State::archived && state != State::merged &&
                                  state != State::declined && state != State::withdrawn;
        CHECK(fits_as_parent(told_by(7, "", state), child) == answered_for);
    }
}
