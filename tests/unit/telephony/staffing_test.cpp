#include "integrations/telephony/staffing.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace hotline::telephony;

namespace {

bool to_six_digits(double got, double published) {
    return std::abs(got - published) <= 0.5000001e-6;
}

Load of_erlangs(double erlangs, double handling_s = 60) {
    return {.calls = erlangs, .period_s = handling_s, .handling_s = handling_s};
}

struct Published {
    Load load;
    int agents;
    double within_s;
    double blocked;
    double waits;
    double in_time;
    double mean_wait_s;  // to four digits
    double occupancy;
};

const Load examples_of_1800{.calls = 100, .period_s = 1800, .handling_s = 180};

const Published table[] = {
    {of_erlangs(0.5), 1, 20, 1.0 / 3, 0.5, 0.576759, 60, 0.5},
    {of_erlangs(1), 2, 20, 0.2, 1.0 / 3, 0.761156, 20, 0.5},
    {{360, 1800, 240}, 55, 15, 0.038374, 0.238701, 0.845883, 8.1840, 0.872727},
    {examples_of_1800, 11, 20, 0.163232, 0.682118, 0.389614, 122.7813, 0.909091},
    {examples_of_1800, 12, 20, 0.119739, 0.449388, 0.640158, 40.4449, 0.833333},
    {examples_of_1800, 13, 20, 0.084339, 0.285270, 0.795595, 17.1162, 0.769231},
    {examples_of_1800, 14, 20, 0.056819, 0.174132, 0.888350, 7.8359, 0.714286},
    {examples_of_1800, 15, 20, 0.036497, 0.102042, 0.941453, 3.6735, 0.666667},
};

}  // namespace

TEST_CASE("T12: Erlang C gives the published values to six digits") {
    for (const Published& one : table) {
        CAPTURE(one.agents);
        const auto service = service_of(one.load, one.agents, one.within_s);
        REQUIRE(service);
        CHECK(to_six_digits(service->blocked, one.blocked));
        CHECK(to_six_digits(service->waits, one.waits));
        CHECK(to_six_digits(service->in_time, one.in_time));
        CHECK(std::abs(service->mean_wait_s - one.mean_wait_s) <= 0.50001e-4);
        CHECK(to_six_digits(service->occupancy, one.occupancy));
        // Little: who waits is how many come times how long they wait.
        const double come = one.load.calls / one.load.period_s;
        CHECK(service->waiting == doctest::Approx(come * service->mean_wait_s));
    }
}

TEST_CASE("T12: and for lines of every size, without overflow") {
    const struct {
        double erlangs;
        int agents;
        double blocked;
        double waits;
    } more[] = {
        {5, 6, 0.191847, 0.587516},
        {20, 22, 0.106734, 0.567915},
        {25, 32, 0.030814, 0.126898},
        {50, 55, 0.053749, 0.384547},
        {100, 110, 0.027463, 0.237008},
        {1000, 1020, 0.013789, 0.416260},
    };
    for (const auto& one : more) {
        CAPTURE(one.erlangs);
        const auto service = service_of(of_erlangs(one.erlangs), one.agents, 15);
        REQUIRE(service);
        CHECK(to_six_digits(service->blocked, one.blocked));
        CHECK(to_six_digits(service->waits, one.waits));
    }
}

TEST_CASE("T12: no more agents than erlangs give no answer, not a figure") {
    CHECK_FALSE(service_of(of_erlangs(10), 10, 15));
    CHECK_FALSE(service_of(of_erlangs(10), 9, 15));
    CHECK_FALSE(service_of(of_erlangs(0), 0, 15));
    CHECK_FALSE(service_of(of_erlangs(0.5), -3, 15));
    CHECK_FALSE(service_of(of_erlangs(1), most_agents + 1, 15));
    CHECK(service_of(of_erlangs(10), 11, 15));
}

TEST_CASE("T13: the fewest agents who keep the promise") {
    const auto hour = [](double calls) {
        return Load{.calls = calls, .period_s = 3600, .handling_s = 300};
    };
    CHECK(agents_for(hour(7), {0.9, 15}) == 3);
    CHECK(agents_for(hour(300), {0.9, 15}) == 32);
    CHECK(agents_for(hour(600), {0.9, 15}) == 59);
    CHECK(agents_for(hour(300), {0.8, 20}) == 30);
    CHECK(agents_for(examples_of_1800, {0.8, 20}) == 14);
    for (const double calls : {1.0, 12.0, 97.0, 411.0}) {
        const int agents = agents_for(hour(calls), {0.9, 15}).value();
        CAPTURE(calls);
        CHECK(service_of(hour(calls), agents, 15)->in_time >= 0.9);
        const auto fewer = service_of(hour(calls), agents - 1, 15);
        CHECK((!fewer || fewer->in_time < 0.9));
    }
}

TEST_CASE("T13: without calls nobody is needed, and what nobody can promise has no number") {
    CHECK(agents_for({.calls = 0, .handling_s = 300}, {0.9, 15}) == 0);
    CHECK(agents_for({.calls = 10, .handling_s = 0}, {0.9, 15}) == 0);
    CHECK_FALSE(agents_for({.calls = 10, .handling_s = 300}, {1, 15}));
    CHECK_FALSE(agents_for(of_erlangs(most_agents + 1), {0.9, 15}));
    const auto idle = service_of({.calls = 0, .handling_s = 300}, 2, 15);
    REQUIRE(idle);
    CHECK(idle->in_time == 1);
    CHECK(idle->waits == 0);
}
