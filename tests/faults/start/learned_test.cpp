#include "tests/faults/route_trace.hpp"

#include <doctest/doctest.h>

namespace hotline::test {

TEST_CASE("R13: what returns have taught before is in force in a server that starts") {
    World world;
    for (const std::string ticket : {"1", "2"}) {
        world.execute(
            "INSERT INTO misroute SELECT " + ticket +
            ", 1, '用电', '', one.id, other.id, UTC_TIMESTAMP(3) FROM unit one, unit other WHERE "
            "one.`function` = 'state_grid' AND one.division = '610500' AND "
            "other.`function` = 'development_reform' AND other.division = '610500'"
        );
    }
    world.start_server();
    int sent = 0;
    CHECK(eventually([&] {
        const std::string trace = trace_of_an_appeal(world, "learned-" + std::to_string(++sent));
        return trace.find(R"("code":"gave_such_back")") != std::string::npos;
    }));
}

}  // namespace hotline::test
