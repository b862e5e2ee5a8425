#include "tests/simulated_quarter/quarter.hpp"

#include <fmt/core.h>
#include <chrono>
#include <cstdlib>

using namespace simulated_quarter;

int main(int argc, char** argv) {
    Plan plan;
    if (argc > 1) plan.per_day = std::atoi(argv[1]);
    if (argc > 2) plan.learns = std::atoi(argv[2]) != 0;
    if (argc > 3) plan.seed = std::strtoull(argv[3], nullptr, 10);
    auto t0 = std::chrono::steady_clock::now();
    Town town{plan.seed, 40000};
    auto t1 = std::chrono::steady_clock::now();
    const auto o = play(town, plan);
    auto t2 = std::chrono::steady_clock::now();
    fmt::print("town {} s, play {} s\n", std::chrono::duration<double>(t1 - t0).count(), std::chrono::duration<double>(t2 - t1).count());
    for (auto& m : o.by_month) fmt::print("tickets {} returns {} ({:.1f} %) repeats {}\n", m.tickets, m.returns, 100.0 * m.returns / m.tickets, m.repeats);
    fmt::print("routed {} leave {} conflicts {} clerk {} nobody {} learned {}\n", o.routed, o.chosen_on_leave, o.conflicts, o.given_by_clerk, o.nobody_there, o.learned);
    for (double least : {0.0, 2.0, 5.0, 10.0, 20.0, 50.0}) {
        auto b = balance_of(o.desks, town.directory, least);
        auto* u = town.directory.unit(b.worst_unit);
        fmt::print("least {}: groups {} officials {} worst {:.3f} ({}) gini {:.3f}\n", least, b.groups, b.officials, b.worst, u ? u->name : "", b.gini);
        if (u) for (auto id : town.directory.officials_of(u->id)) { auto& p = o.desks.page(id.value - 1); fmt::print(" {}:{:.2f}/{}d/{}", id.value, p.mean(), p.days, p.taken); }
        fmt::print("\n");
    }
}
