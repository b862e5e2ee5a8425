#include "sla/figure.hpp"

#include "sla/ageing.hpp"
#include "sla/rollup.hpp"
#include "sla/waiting.hpp"
#include "tests/unit/sla/china_calendar.hpp"

#include <doctest/doctest.h>

using namespace hotline::sla;
using namespace hotline::sla::test;
using std::chrono::days;

namespace {

constexpr std::chrono::hours ten{10};

Instant on(LocalDay day) {
    return at_local(day, ten);
}

std::map<Metric, std::int64_t> counted(const TicketFacts& facts) {
    std::map<Metric, std::int64_t> counts;
    for (const auto& [key, amount] : contributions(facts)) counts[key.metric] += amount;
    return counts;
}

std::vector<std::int64_t> reached(const TicketFacts& facts) {
    auto counts = counted(facts);
    std::vector<std::int64_t> steps;
    for (const CountDefinition& step : funnel_steps()) steps.push_back(counts[step.metric]);
    return steps;
}

TicketFacts handled() {
    TicketFacts facts{.accepted_at = on(day(2026, 11, 2)), .division = "610526"};
    Assignment assignment;
    assignment.unit = 17;
    assignment.dispatched_at = on(day(2026, 11, 2));
    facts.assignments.push_back(assignment);
    return facts;
}

}  // namespace

TEST_CASE("S44: every figure, step and reason is defined in both languages") {
    for (const auto& [code, word] : names_of(FigureCode{})) {
        const FigureDefinition& figure = definition(code);
        CHECK(figure.code == code);
        for (const bool english : {false, true}) {
            CHECK_FALSE(figure.called.in(english).empty());
            CHECK_FALSE(figure.numerator.in(english).empty());
            CHECK_FALSE(figure.denominator.in(english).empty());
            CHECK_FALSE(figure.definition.in(english).empty());
        }
        CHECK(figure.untold.zh.empty() == figure.untold.en.empty());
    }
    for (const auto list : {funnel_steps(), dissatisfaction_reasons()}) {
        for (const CountDefinition& count : list) {
            CHECK_FALSE(is_of_rates(count.metric));
            CHECK_FALSE(count.called.zh.empty());
            CHECK_FALSE(count.definition.en.empty());
        }
    }
}

TEST_CASE("S45: whoever reached a step of the funnel reached those before it") {
    TicketFacts facts{.accepted_at = on(day(2026, 11, 2)), .division = "610526"};
    CHECK(reached(facts) == std::vector<std::int64_t>{1, 0, 0, 0, 0, 0, 0});
    facts = handled();
    CHECK(reached(facts) == std::vector<std::int64_t>{1, 1, 0, 0, 0, 0, 0});
    facts.assignments.back().signed_at = on(day(2026, 11, 3));
    CHECK(reached(facts) == std::vector<std::int64_t>{1, 1, 1, 0, 0, 0, 0});
    facts.submitted_at = on(day(2026, 11, 4));
    CHECK(reached(facts) == std::vector<std::int64_t>{1, 1, 1, 1, 0, 0, 0});
    facts.reviewed_at = on(day(2026, 11, 5));
    CHECK(reached(facts) == std::vector<std::int64_t>{1, 1, 1, 1, 1, 0, 0});
    facts.contactable = false;
    CHECK(reached(facts) == std::vector<std::int64_t>{1, 1, 1, 1, 1, 1, 0});
    // Closed without a survey: the step before is taken as reached.
    facts.contactable = true;
    facts.closed_at = on(day(2026, 11, 6));
    CHECK(reached(facts) == std::vector<std::int64_t>{1, 1, 1, 1, 1, 1, 1});
    facts.excluded = Exclusion::withdrawn;
    CHECK(reached(facts) == std::vector<std::int64_t>{0, 0, 0, 0, 0, 0, 0});
}

TEST_CASE("S45: answered on the call is no closing after handling") {
    TicketFacts facts = handled();
    facts.closed_on_call = true;
    facts.closed_at = on(day(2026, 11, 3));
    CHECK(counted(facts)[Metric::received_closed] == 0);
    CHECK(counted(facts)[Metric::closed_on_call] == 1);
}

TEST_CASE("S44: the received are the accepted under who answers now, with the hour of acceptance") {
    TicketFacts facts = handled();
    facts.accepted_at = at_local(day(2026, 11, 2), std::chrono::hours{23});
    for (const auto& [key, amount] : contributions(facts)) {
        if (key.metric == Metric::received) {
            CHECK(key.unit == 17);
            CHECK(key.hour == 23);
            CHECK(key.day == day(2026, 11, 2));
        } else {
            CHECK(key.hour == no_hour);
        }
    }
    facts.assignments.back().return_approved = true;
    for (const auto& [key, amount] : contributions(facts)) {
        if (key.metric == Metric::received) CHECK(key.unit == 0);
    }
}

TEST_CASE("S50: a dissatisfied survey has one answer and may have more against it") {
    TicketFacts facts = handled();
    facts.due_at = on(day(2026, 11, 9));
    facts.submitted_at = on(day(2026, 11, 10));
    facts.survey = SurveyFact{.at = on(day(2026, 11, 12)), .satisfied = false};
    const Metric answers[] = {
        Metric::dissatisfied_untold,
        Metric::dissatisfied_solved,
        Metric::dissatisfied_partly,
        Metric::dissatisfied_unsolved,
    };
    for (std::size_t i = 0; i < 4; ++i) {
        facts.survey->solved = static_cast<SolvedAnswer>(i);
        auto counts = counted(facts);
        CHECK(counts[Metric::dissatisfied] == 1);
        for (std::size_t j = 0; j < 4; ++j) CHECK(counts[answers[j]] == (i == j ? 1 : 0));
        CHECK(counts[Metric::dissatisfied_late] == 1);
        CHECK(counts[Metric::dissatisfied_again] == 0);
    }
    facts.redo_count = 1;
    CHECK(counted(facts)[Metric::dissatisfied_again] == 1);
    facts.survey->satisfied = true;
    CHECK(counted(facts)[Metric::dissatisfied] == 0);
    facts.survey->satisfied.reset();
    CHECK(counted(facts)[Metric::dissatisfied] == 0);
    CHECK(dissatisfaction_reasons()[exclusive_reasons - 1].metric == Metric::dissatisfied_untold);
}

TEST_CASE("S46: bands of age follow each other without gap, by working days and by all days") {
    const Calendar calendar = china();
    for (LocalDay today = day(2026, 2, 10); today < day(2026, 3, 10); today += days{1}) {
        for (const bool natural : {false, true}) {
            LocalDay next = today;
            for (std::size_t band = 0; band < age_bands; ++band) {
                const AgeDays found = days_of_band(band, natural, today, calendar);
                REQUIRE(found.to == next);
                if (band + 1 == age_bands) {
                    REQUIRE_FALSE(found.from);
                    break;
                }
                const auto age_of = [&](LocalDay accepted) {
                    return natural ? (today - accepted).count()
                                   : calendar.workdays_between(accepted, today);
                };
                REQUIRE(age_of(*found.from) <= last_day_of_band[band]);
                REQUIRE(age_of(*found.from - days{1}) > last_day_of_band[band]);
                const auto bounds = age_bounds(today, calendar);
                REQUIRE(
                    (natural ? bounds.natural : bounds.working)[band] == at_local(*found.from, {})
                );
                next = *found.from - days{1};
            }
        }
    }
}

TEST_CASE("S49: rates, mean and ninth decile of the waits of calls, which add up") {
    CallTally tally;
    CHECK_FALSE(mean_wait(tally));
    CHECK_FALSE(ninth_decile_wait(tally));
    CHECK_FALSE(mean_talk(tally));
    tally.answered = 10;
    tally.abandoned = 1;
    tally.flowed_out = 1;
    tally.waits = {{3, 6}, {15, 2}, {16, 1}, {60, 1}};
    tally.waited = std::chrono::seconds{124};
    tally.talked = std::chrono::seconds{300};
    tally.talks = 4;
    CHECK(tally.asked() == 12);
    CHECK(answered_within(tally, soon_seconds) == 8);
    CHECK(mean_wait(tally) == std::chrono::milliseconds{12'400});
    CHECK(ninth_decile_wait(tally) == 16);
    CHECK(mean_talk(tally) == std::chrono::seconds{75});
    CallTally other;
    other.answered = 1;
    other.flowed_out = 2;
    other.waits = {{3, 1}};
    tally.add(other);
    CHECK(tally.waits.at(3) == 7);
    CHECK(tally.flowed_out == 3);
    CHECK(tally.asked() == 15);
}

TEST_CASE("S51: days are held against as many days before, whole months against whole months") {
    using Days = std::pair<LocalDay, LocalDay>;
    CHECK(
        period_before(day(2026, 11, 1), day(2026, 11, 27)) ==
        Days{day(2026, 10, 5), day(2026, 10, 31)}
    );
    CHECK(
        period_before(day(2026, 3, 1), day(2026, 3, 31)) == Days{day(2026, 2, 1), day(2026, 2, 28)}
    );
    CHECK(
        period_before(day(2026, 1, 1), day(2026, 3, 31)) ==
        Days{day(2025, 10, 1), day(2025, 12, 31)}
    );
    CHECK(
        period_before(day(2026, 11, 2), day(2026, 11, 2)) ==
        Days{day(2026, 11, 1), day(2026, 11, 1)}
    );
}
