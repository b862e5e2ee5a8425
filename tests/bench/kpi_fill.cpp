#include "tests/bench/kpi_fill.hpp"

#include "integrations/mysql/derive_store.hpp"
#include "sla/rollup_cut.hpp"
#include "tests/bench/invented_life.hpp"
#include "tests/bench/tables.hpp"

#include <chrono>
#include <stdexcept>
#include <utility>

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
        return lives_.life(std::move(facts), place.unit, place.unit * 4 + below(4));
    }

private:
    std::uint64_t below(std::uint64_t bound) { return lives_.below(bound); }

    std::vector<Place> places_;
    InventedLives lives_{20261126};
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
