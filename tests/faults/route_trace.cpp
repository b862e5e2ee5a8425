#include "tests/faults/route_trace.hpp"

#include "tests/faults/wire.hpp"

#include <stdexcept>

namespace hotline::test {

using namespace std::chrono_literals;

std::string trace_of_an_appeal(World& world, const std::string& key) {
    Wire wire(world.port());
    const std::string request = request_text(
        "POST",
        "/api/v1/appeals",
        "Idempotency-Key: " + key + "\r\n",
        R"({"title":"变压器容量不够","content":"申请增容三个月没有人来勘察，请帮忙协调。",)"
        R"("appellant":{"phone":"13909130000"}})"
    );
    // A server just started may still be finding its stores.
    const bool taken = eventually([&] {
        const int status = wire.ask(request, 5s).status;
        return status == 201 || status == 202;
    });
    if (!taken) throw std::runtime_error("no server takes an appeal");
    std::vector<std::string> traces;
    const bool routed = eventually([&] {
        traces = world.column(
            "SELECT trace FROM ticket_route JOIN ticket ON ticket.id=ticket_id WHERE "
            "idempotency_key='" +
            key + "'"
        );
        return !traces.empty();
    });
    if (!routed) throw std::runtime_error("the appeal is not routed");
    return traces.front();
}

}  // namespace hotline::test
