#pragma once

#include "tests/unit/sla/china_calendar.hpp"
#include "tests/unit/sla/dice.hpp"
#include "tests/unit/ticketing/small_city.hpp"
#include "ticketing/lifecycle/decide.hpp"
#include "ticketing/ticket_number.hpp"

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace simulated_year {

using namespace hotline;
using namespace hotline::ticketing;

// What the players noted down of one dispatch.
struct Posting {
    UnitId unit;
    OfficialId official;
    std::string division;
    Instant at;
    std::optional<Instant> sign_due, signed_at, contact_due, contacted_at, returned_at;
    bool given_back = false;
    bool return_wrong = false;
};

// And of one appeal.
struct Story {
    Instant accepted_at;
    Channel channel = Channel::web;
    AppealType type = AppealType::help;
    std::string topic;
    std::string division;
    bool has_phone = true;
    bool declined = false, test = false, withdrawn = false, merged = false;
    bool on_call = false;
    std::vector<Posting> postings;
    std::optional<Instant> due, first_result, last_review, closed_at;
    bool redo_late = false;
    bool tried_in_vain = false;
    bool found_unreasonable = false;
    std::optional<std::pair<Instant, Satisfaction>> survey;
    std::optional<Solved> solved;
    int redos = 0;
    bool extended = false, sent_back = false, reopened = false, supervised = false;
};

struct Play {
    Ticket first;  // as it came in
    std::vector<Event> events;
    std::vector<std::pair<Ticket, Ticket>> steps;  // before and after each event but the first
    Story story;
};

struct World {
    Directory city = make_city();
    sla::Policy policy = sla::default_policy();
    sla::Calendar calendar = sla::test::china();
    std::vector<UnitId> units;

    World() {
        for (const auto* code :
             {"city.housing",
              "city.state_grid",
              "city.market",
              "610526.housing",
              "610526.industry",
              "610526.market",
              "6105G1.zone_admin"}) {
            units.push_back(small_city::id_of(city, code));
        }
    }
    Surroundings at(Instant now) const { return {city, policy, calendar, now}; }

private:
    static Directory make_city() {
        Directory made = small_city::make();
        for (const Unit& unit : std::vector<Unit>(made.units)) {
            small_city::add_official(made, unit.code, "甲");
            small_city::add_official(made, unit.code, "乙");
        }
        made.index();
        return made;
    }
};

// One ticket's life, played by rule of thumb and dice.
class Player {
public:
    Player(const World& world, std::uint64_t serial, Instant came) : world_(world), now_(came) {
        dice_.engine.seed(20260101 + serial);
        open(serial);
    }

    Play play(Instant end_of_year);
    std::size_t refusals = 0;  // acts the lifecycle did not allow: the year must hardly have any

private:
    bool percent(int n) { return dice_.between(1, 100) <= n; }
    void open(std::uint64_t serial);
    ActRequest request(Act act, Role role) const;
    bool act(ActRequest request);
    bool act(Act what, Role role) { return act(request(what, role)); }
    void work_for(std::int64_t at_most_minutes);
    void wait_until(Instant at) { now_ = std::max(now_, at); }
    bool over() const { return now_ >= end_; }
    std::optional<Instant> due(sla::ClockKind kind) const;
    Posting& posting() { return story_.postings.back(); }

    void at_the_desk();
    bool dispatch();
    void send_back();
    void take_up();
    void extend();
    void park();
    bool hand_in();
    void call_back();
    void not_reached();
    void ask(Satisfaction answer, Solved solved, Role role, std::optional<bool> reasonable);
    void redo();

    const World& world_;
    sla::test::Dice dice_;
    Instant now_;
    Instant end_;
    Ticket ticket_;
    Play play_;
    Story story_;
    bool done_ = false;
};

std::vector<Play> whole_year(const World& world, int appeals_a_day = 60);

}  // namespace simulated_year
