#include "tests/bench/kpi_fill.hpp"

#include "integrations/mysql/derive_store.hpp"
#include "sla/rollup_cut.hpp"
#include "tests/bench/tables.hpp"

#include <chrono>
#include <random>
#include <stdexcept>

namespace hotline::bench {
namespace {

using namespace std::chrono_literals;

struct Place {
    std::uint64_t unit = 0;
    std::string division;
};

// A county's units handle what lies in the county, the city's what lies anywhere.
std::vector<Place> places(const Instance& instance) {
    const auto divisions =
        column(instance, "SELECT DISTINCT division FROM unit WHERE division<>'610500'");
    std::vector<Place> all;
    const auto units = column(instance, "SELECT CONCAT(id, ' ', division) FROM unit");
    for (const std::string& unit : units) {
        const auto blank = unit.find(' ');
        const std::uint64_t id = std::stoull(unit.substr(0, blank));
        const std::string home = unit.substr(blank + 1);
        if (home != "610500") {
            all.push_back({id, home});
            continue;
        }
        for (const std::string& division : divisions) all.push_back({id, division});
    }
    return all;
}

class Invention {
public:
    explicit Invention(std::vector<Place> places) : places_(std::move(places)) {}

    sla::TicketFacts ticket(sla::LocalDay day) {
        const Place& place = places_[below(places_.size())];
        sla::TicketFacts facts;
        facts.accepted_at = sla::Instant{std::chrono::sys_days{day.time_since_epoch()}} + 2h +
                            std::chrono::minutes{below(400)};
        facts.division = place.division;
        facts.channel = static_cast<std::uint8_t>(1 + below(4));
        facts.type = static_cast<std::uint8_t>(1 + below(5));
        facts.topic = "事项" + std::to_string(below(60));
        if (below(100) < 14) {
            facts.excluded = static_cast<sla::Exclusion>(1 + below(4));
            return facts;
        }
        sla::Assignment work;
        work.unit = place.unit;
        work.division = place.division;
        work.official = place.unit * 4 + below(4);
        work.dispatched_at = facts.accepted_at + 10min;
        work.sign_due = work.dispatched_at + 4h;
        work.signed_at = work.dispatched_at + std::chrono::minutes{below(250)};
        work.contact_due = work.dispatched_at + 24h;
        work.contacted_at = *work.signed_at + std::chrono::minutes{below(1'400)};
        facts.assignments.push_back(work);
        facts.due_at = work.dispatched_at + 7 * 24h;
        facts.submitted_at = work.dispatched_at + std::chrono::hours{20 + below(150)};
        facts.reviewed_at = *facts.submitted_at + 5h;
        facts.closed_at = *facts.reviewed_at + 24h;
        if (below(100) < 70) {
            facts.survey =
                sla::SurveyFact{*facts.closed_at, below(100) < 95, sla::SolvedAnswer::yes};
        } else {
            facts.attempts_exhausted = true;
        }
        facts.redo_count = below(25) == 0 ? 1 : 0;
        facts.extended = below(10) == 0;
        return facts;
    }

private:
    std::uint64_t below(std::uint64_t bound) { return engine_() % bound; }

    std::vector<Place> places_;
    std::mt19937_64 engine_{20261126};
};

std::uint64_t store(mysql::Connection& db, const sla::DailyCounters& counters) {
    sla::Rollups sums;
    sla::add_to(sums, counters);
    // As many rows as there are cases, and no question of this benchmark reads them.
    std::erase_if(sums, [](const auto& sum) {
        return sum.first.cut == sla::Cut::official || sum.first.cut == sla::Cut::matter;
    });
    const auto begun = db.begin();
    const auto added = begun ? mysql::add_to_rollups(db, sums) : begun;
    const auto done = added ? db.commit() : added;
    if (!done) throw std::runtime_error(done.error().detail);
    return sums.size();
}

}  // namespace

std::uint64_t fill_rollups(const Instance& instance, std::uint64_t tickets) {
    const mysql::ThreadScope scope;
    auto db = mysql::Connection::open(instance.owner());
    if (!db) throw std::runtime_error(db.error().detail);
    Invention invention(places(instance));
    constexpr sla::LocalDay first{
        std::chrono::sys_days{std::chrono::year{2022} / 1 / 1}.time_since_epoch()
    };
    constexpr int days = 4 * 365;
    sla::DailyCounters counters;
    std::uint64_t rows = 0;
    std::uint64_t made = 0;
    for (int day = 0; day < days; ++day) {
        const std::uint64_t upto = tickets * static_cast<std::uint64_t>(day + 1) / days;
        for (; made < upto; ++made) {
            const auto facts = invention.ticket(first + std::chrono::days{day});
            sla::add_to(counters, sla::contributions(facts));
        }
        if (day % 30 != 29 && day + 1 != days) continue;
        rows += store(*db, counters);
        counters.clear();
    }
    return rows;
}

}  // namespace hotline::bench
