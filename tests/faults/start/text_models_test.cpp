#include "tests/faults/route_trace.hpp"
#include "tests/faults/wire.hpp"
#include "tests/faults/world.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace hotline::test {

using namespace std::chrono_literals;

namespace {

std::string bytes_of(const std::filesystem::path& file) {
    std::ifstream in{file, std::ios::binary};
    std::ostringstream all;
    all << in.rdbuf();
    return all.str();
}

std::string readiness(const World& world) {
    Wire wire(world.port());
    return wire.ask(request_text("GET", "/readyz"), 2s).body;
}

}  // namespace

TEST_CASE(
    "a model file that is missing, cut off or damaged is named at start; routing goes on alone"
) {
    const TemporaryFolder folder;
    const std::string file = folder.path() / "appeals.model";
    World world({"HOTLINE_TEXT_MODELS_FILE=" + file});

    world.start_server();
    CHECK(readiness(world).find(R"("text_models":"unreadable")") != std::string::npos);
    CHECK(world.log_tail().find(file + ": No such file or directory") != std::string::npos);
    CHECK(
        trace_of_an_appeal(world, "text-model-missing").find(R"("code":"rules_alone")") !=
        std::string::npos
    );
    world.stop_server();

    REQUIRE(world.run({"train", "--sample", "--out", file}) == 0);
    const std::string good = bytes_of(file);
    REQUIRE(good.size() > 100'000);

    std::ofstream{file, std::ios::binary} << good.substr(0, good.size() / 2);
    world.start_server();
    CHECK(world.log_tail().find(file + ": it is cut off") != std::string::npos);
    CHECK(
        trace_of_an_appeal(world, "text-model-cut-off").find(R"("code":"rules_alone")") !=
        std::string::npos
    );
    world.stop_server();

    std::string damaged = good;
    damaged[good.size() / 2] = static_cast<char>(damaged[good.size() / 2] ^ 1);
    std::ofstream{file, std::ios::binary} << damaged;
    world.start_server();
    CHECK(world.log_tail().find(file + ": it is damaged") != std::string::npos);
    world.stop_server();

    std::ofstream{file, std::ios::binary} << good;
    world.start_server();
    CHECK(readiness(world).find(R"("text_models":"loaded")") != std::string::npos);
    const std::string trace = trace_of_an_appeal(world, "text-model-loaded");
    CHECK(trace.find(R"("code":"rules_alone")") == std::string::npos);
    CHECK(trace.find(R"("code":"learned_topic","inputs":["用电",)") != std::string::npos);
}

}  // namespace hotline::test
