// `./hotline bench quarter [SEED]`: ninety-two days of the city with the real router, in simulated
// time, at 60 and at 1 200 appeals a day: whether work is spread evenly, misroutes are learned, and
// nobody is chosen who is away or has to keep away (tests/simulated_quarter).
#include "tests/simulated_quarter/quarter.hpp"

#include "tests/bench/verdict.hpp"

#include <fmt/core.h>

#include <cstdlib>

namespace hotline::bench {
namespace {

namespace quarter = simulated_quarter;

constexpr std::uint64_t enterprises = 40'000;

void print_months(std::string_view name, const quarter::Record& record) {
    fmt::print("  {:<24}", name);
    for (const quarter::Month& month : record.by_month) {
        fmt::print(
            "  {:>5} returns ({:>4.1f} %), {:>4} repeated",
            month.returns,
            100.0 * month.returns / month.tickets,
            month.repeats
        );
    }
    fmt::print("\n");
}

void judge(quarter::Town& town, quarter::Plan plan, Verdict& verdict) {
    plan.learns = false;
    const auto without = quarter::play(town, plan);
    plan.learns = true;
    const auto record = quarter::play(town, plan);
    const auto balance = quarter::balance_of(record.desks, town.directory);
    fmt::print(
        "{} appeals a day, {} officials: {} decisions, {:.1f} % found all desks of the unit full\n",
        plan.per_day,
        town.directory.officials.size(),
        record.routed,
        100.0 * record.given_by_clerk / record.routed
    );
    print_months("months, learning", record);
    print_months("months, not learning", without);
    fmt::print(
        "  {} kinds known at the end; {} officials in {} groups judged by load, {} small groups by "
        "count\n",
        record.learned,
        balance.officials,
        balance.groups,
        balance.small_groups
    );
    const auto say = [&](std::string_view what, double got, std::string_view goal, bool met) {
        verdict.say(what, got, goal, met, true);
    };
    say("largest load, of the group's mean", balance.worst, "<= 1.5", balance.worst <= 1.5);
    say("Gini of weighted open load", balance.gini, "<= 0.15", balance.gini <= 0.15);
    const double beyond = balance.most_beyond;
    say("small groups: matters beyond 1.5 shares", beyond, "< 2", beyond < 2);
    const auto [first, middle, last] = record.by_month;
    const double left = first.repeats == 0 ? 0 : 1.0 * last.repeats / first.repeats;
    say("repeated misroutes, last month of first", left, "<= 0.5", halved(record));
    say("chosen while on leave", record.chosen_on_leave, "0", record.chosen_on_leave == 0);
    say("conflicts of interest", record.conflicts, "0", record.conflicts == 0);
}

}  // namespace
}  // namespace hotline::bench

int main(int argc, char** argv) {
    using namespace hotline::bench;
    const std::uint64_t seed = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1;
    simulated_quarter::Town town{seed, enterprises};
    Verdict verdict;
    for (const int per_day : {60, 1'200}) judge(town, {.per_day = per_day, .seed = seed}, verdict);
    return verdict.good ? 0 : 1;
}
