#include "sla/rollup_cut.hpp"
#include "tests/simulated_year/reference.hpp"
#include "ticketing/facts.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <map>

using namespace hotline;
using namespace simulated_year;

namespace {

const World& world() {
    static const World made;
    return made;
}

const std::vector<Play>& year() {
    static const std::vector<Play> played = whole_year(world());
    return played;
}

// The counters the line would keep of the year.
const sla::DailyCounters& kept() {
    static const sla::DailyCounters counters = [] {
        sla::DailyCounters sums;
        for (const Play& play : year()) {
            const auto facts = facts_of(play.events);
            REQUIRE(facts);
            sla::add_to(sums, sla::contributions(*facts));
        }
        return sums;
    }();
    return counters;
}

sla::PeriodSums sums_of(const Asked& asked) {
    sla::PeriodSums sums;
    for (const auto& [key, amount] : kept()) {
        const bool inside = key.day >= asked.from && key.day <= asked.to;
        if (inside && (!asked.unit || asked.unit->value == key.unit)) sums.add(key, amount);
    }
    return sums;
}

Counts told(sla::RateCode rate, const sla::PeriodSums& sums) {
    const auto result = sla::compute(rate, sums);
    return {result.numerator, result.denominator};
}

sla::LocalDay first_of(unsigned month) {
    return sla::LocalDay{std::chrono::year{2026} / std::chrono::month{month} / 1};
}

// Twelve months of everybody, four quarters of every unit and the centre, and the year.
std::vector<Asked> everything_asked() {
    std::vector<Asked> all;
    const auto add = [&](unsigned months, const std::optional<UnitId>& whose) {
        for (unsigned month = 1; month <= 12; month += months) {
            const auto last = month + months > 12 ? sla::test::day(2026, 12, 31)
                                                  : first_of(month + months) - std::chrono::days{1};
            all.push_back({first_of(month), last, whose});
        }
        all.push_back({first_of(1), sla::test::day(2027, 3, 31), whose});
    };
    add(1, std::nullopt);
    add(3, UnitId{});
    for (const UnitId unit : world().units) add(3, unit);
    return all;
}

// Everything asked for, with what the line would answer.
const std::vector<std::pair<Asked, sla::PeriodSums>>& answers() {
    static const auto made = [] {
        std::vector<std::pair<Asked, sla::PeriodSums>> all;
        for (const Asked& asked : everything_asked()) all.emplace_back(asked, sums_of(asked));
        return all;
    }();
    return made;
}

void compare(sla::RateCode rate, const Asked& asked, Counts product, Counts reference) {
    CAPTURE(std::string(name(rate)));
    CAPTURE(asked.from.time_since_epoch().count());
    CAPTURE(asked.unit ? static_cast<std::int64_t>(asked.unit->value) : -1);
    CHECK(product.numerator == reference.numerator);
    CHECK(product.denominator == reference.denominator);
}

// Whether anything differs when the reference leaves one rule away; with all rules every
// difference is told.
bool differs(const std::set<Rule>& off) {
    bool found = false;
    for (const auto& defined : sla::rate_definitions()) {
        if (!defined.numerator) continue;
        for (const auto& [asked, sums] : answers()) {
            const Counts product = told(defined.code, sums);
            const Counts reference = reckon(defined.code, year(), asked, off);
            if (off.empty()) compare(defined.code, asked, product, reference);
            found = found || product != reference;
            if (found && !off.empty()) return true;
        }
    }
    return found;
}

double share(const std::function<bool(const Story&)>& of) {
    const auto many = std::ranges::count_if(year(), [&](const Play& p) { return of(p.story); });
    return 100.0 * static_cast<double>(many) / static_cast<double>(year().size());
}

}  // namespace

TEST_CASE("the simulated year is sixty appeals a working day that behave as appeals do") {
    CHECK(year().size() == 248 * 60);
    const auto between = [](double value, double low, double high) {
        CHECK(value >= low);
        CHECK(value <= high);
    };
    between(share([](const Story& s) { return s.declined; }), 4, 6);
    between(share([](const Story& s) { return s.merged; }), 7, 9);
    double dispatches = 0, returned = 0, late = 0, closed = 0, surveyed = 0, tried = 0, bad = 0;
    double redone = 0, extended = 0, handled = 0;
    for (const Play& play : year()) {
        const Story& s = play.story;
        for (const Posting& p : s.postings) {
            ++dispatches;
            returned += p.returned_at.has_value();
        }
        if (s.postings.empty() || !s.first_result) continue;
        ++handled;
        late += *s.first_result > *s.due;
        extended += s.extended;
        surveyed += s.survey.has_value();
        tried += s.tried_in_vain;
        closed += s.closed_at.has_value();
        redone += s.redos > 0;
        bad += s.survey && s.survey->second < Satisfaction::basically_satisfied;
        bad += s.redos > 0 && !s.reopened;
    }
    between(100 * returned / dispatches, 6.5, 9.5);
    between(100 * extended / handled, 7, 11);
    between(100 * late / handled, 1, 3);
    between(100 * surveyed / (surveyed + tried), 66, 76);
    between(100 * bad / surveyed, 3.5, 6);
    between(100 * redone / closed, 2.5, 5);
    const auto again = whole_year(world(), 1);
    CHECK(again.size() == 248);
    CHECK(again.back().events == whole_year(world(), 1).back().events);
}

TEST_CASE("figure 5: every rate of the year, of every month and unit, is what the players noted") {
    CHECK_FALSE(differs({}));
    // A year in which nothing was late, lost or left out would prove nothing.
    const sla::PeriodSums& whole = answers().at(12).second;
    for (const auto& defined : sla::rate_definitions()) {
        if (!defined.numerator) continue;
        CAPTURE(std::string(name(defined.code)));
        const Counts counts = told(defined.code, whole);
        CHECK(counts.numerator > 20);
        // Sooner or later everybody signs.
        if (defined.code == sla::RateCode::sign_rate) continue;
        CHECK(counts.numerator < counts.denominator);
    }
}

TEST_CASE("figure 5: the comparison fails as soon as any one exclusion is left away") {
    for (const Rule rule : all_rules) {
        CAPTURE(static_cast<int>(rule));
        CHECK(differs({rule}));
    }
}
