#pragma once

#include "ticketing/notices/before.hpp"
#include "ticketing/notices/receivers.hpp"
#include "ticketing/permissions.hpp"

namespace hotline::ticketing::notices {

// Gathers who is told of one event: whoever may know of the ticket, once, and never of what he did
// himself (G1, G7).
class Telling {
public:
    Telling(
        const Event& event, const Ticket& ticket, const Roster& roster, const Directory& directory
    )
        : event_(event),
          ticket_(ticket),
          roster_(roster),
          directory_(directory),
          moved_(moved_by(event)) {}

    const Event& event() const { return event_; }
    const Ticket& ticket() const { return ticket_; }
    const Moved& moved() const { return moved_; }
    const Roster& roster() const { return roster_; }

    // The handler; where there is none the unit's office. On leave, his deputy and the office, too
    // (R14).
    void handler(Occasion occasion);
    void office(Occasion occasion);
    void leader(Occasion occasion);
    void card_owner(Occasion occasion);
    void units(Occasion occasion, std::span<const UnitId> units);
    void role(Occasion occasion, Role role, Standing standing);
    void agent(Occasion occasion);
    // Who had it until now and may have seen it.
    void former_handler(Occasion occasion);
    void former_office(Occasion occasion);

    std::vector<Told> told() && { return std::move(told_); }

private:
    bool sees(const Person& person, const Ticket& ticket) const;
    void add(const Person* person, Occasion occasion, Standing standing, const Ticket& as_of);

    const Event& event_;
    const Ticket& ticket_;
    const Roster& roster_;
    const Directory& directory_;
    Moved moved_;
    std::vector<Told> told_;
};

}  // namespace hotline::ticketing::notices
