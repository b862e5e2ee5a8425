#include "sla/kpi.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace hotline::sla;

namespace {

std::string shown(std::int64_t numerator, std::int64_t denominator) {
    const auto rate = rate_of(numerator, denominator);
    return rate ? text(*rate) : "none";
}

}  // namespace

TEST_CASE("S27: rates are rounded half up to a tenth of a percent") {
    CHECK(shown(597, 601) == "99.3");
    CHECK(shown(601, 601) == "100.0");
    CHECK(shown(1, 2000) == "0.1");  // 0.05 goes up
    CHECK(shown(1, 2001) == "0.0");
    CHECK(shown(2, 3) == "66.7");
    CHECK(shown(1, 3) == "33.3");
    CHECK(shown(9984, 10000) == "99.8");
    CHECK(shown(9985, 10000) == "99.9");
    CHECK(shown(0, 7) == "0.0");
    CHECK(rate_of(597, 601)->percent() == doctest::Approx(99.3));
}

TEST_CASE("S27: no cases is no rate, not a hundred percent") {
    CHECK(shown(0, 0) == "none");
    CHECK(shown(3, -1) == "none");
    for (const auto& result : compute_all({})) {
        CAPTURE(name(result.code));
        CHECK_FALSE(result.rate.has_value());
        CHECK_FALSE(may_be_ranked(result));
    }
}

TEST_CASE("every rate takes its numerator and denominator from the counters named for it") {
    struct Row {
        RateCode code;
        Metric numerator;
        Metric denominator;
    };
    const Row rows[] = {
        {RateCode::closing_rate, Metric::closing_due_closed, Metric::closing_due},
        {RateCode::on_time_rate, Metric::closing_due_on_time, Metric::closing_due},
        {RateCode::satisfaction_rate, Metric::satisfied, Metric::rated},
        {RateCode::satisfaction_rate_adjusted, Metric::satisfied_adjusted, Metric::rated_adjusted},
        {RateCode::solved_rate, Metric::solved, Metric::solving_asked},
        {RateCode::on_time_sign_rate, Metric::signed_on_time, Metric::sign_due},
        {RateCode::first_contact_rate, Metric::contacted_on_time, Metric::contact_due},
        {RateCode::return_rate, Metric::returned, Metric::dispatched},
        {RateCode::redo_rate, Metric::closed_after_redo, Metric::closed},
        {RateCode::callback_rate, Metric::callback_done, Metric::callback_due},
        {RateCode::direct_answer_rate, Metric::closed_on_call, Metric::accepted},
    };
    for (const auto& row : rows) {
        CAPTURE(name(row.code));
        PeriodSums sums;
        sums.add({{}, row.numerator, 4, "610502"}, 20);
        sums.add({{}, row.numerator, 5, "610502"}, 11);
        sums.add({{}, row.denominator, 4, "610502"}, 40);
        sums.open_now = 1000;
        const auto result = compute(row.code, sums);
        CHECK(result.numerator == 31);
        CHECK(result.denominator == 40);
        CHECK(text(result.rate.value()) == "77.5");
        CHECK(result.definition_version == 1);
        CHECK(may_be_ranked(result));
    }
}

TEST_CASE("S25: the overdue rate is a picture of now") {
    PeriodSums sums;
    sums.open_now = 9;
    sums.overdue_now = 2;
    const auto result = compute(RateCode::overdue_rate, sums);
    CHECK(result.numerator == 2);
    CHECK(result.denominator == 9);
    CHECK(text(result.rate.value()) == "22.2");
    CHECK_FALSE(may_be_ranked(result));  // S28: fewer than ten
    CHECK(definition(RateCode::overdue_rate).basis == PeriodBasis::snapshot);
}

TEST_CASE("S20: what was left out is told with every rate") {
    PeriodSums sums;
    sums.counts = {
        {Metric::excluded_declined, 3}, {Metric::excluded_merged, 1}, {Metric::excluded_test, 0}
    };
    const auto result = compute(RateCode::closing_rate, sums);
    CHECK(
        result.excluded ==
        std::vector<ExcludedCount>{{Metric::excluded_declined, 3}, {Metric::excluded_merged, 1}}
    );
}

TEST_CASE("every rate is defined once, in words of both languages") {
    std::set<RateCode> seen;
    for (const auto& defined : rate_definitions()) {
        CAPTURE(name(defined.code));
        CHECK(&definition(defined.code) == &defined);
        CHECK(seen.insert(defined.code).second);
        CHECK_FALSE(defined.zh_name.empty());
        CHECK_FALSE(defined.en_name.empty());
        CHECK_FALSE(defined.zh.empty());
        CHECK_FALSE(defined.en.empty());
        CHECK(value_of<RateCode>(name(defined.code)) == defined.code);
    }
    CHECK(seen.size() == names_of(RateCode{}).size());
    CHECK(compute_all({}).size() == seen.size());
}

TEST_CASE("words and numbers of the metrics are stable") {
    std::set<std::string_view> words;
    int number = 0;
    for (const auto& [metric, word] : names_of(Metric{})) {
        CHECK(std::to_underlying(metric) == ++number);
        CHECK(words.insert(word).second);
    }
    CHECK(name(Metric::closing_due) == "closing_due");
    CHECK(name(static_cast<Metric>(999)).empty());
}
