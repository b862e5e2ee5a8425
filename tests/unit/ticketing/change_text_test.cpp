#include "ticketing/change_text.hpp"

#include "ticketing/lifecycle/changes.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace hotline::ticketing;

namespace {

const Change* find(const std::vector<Change>& changes, std::string_view field) {
    const auto found = std::ranges::find(changes, field, &Change::field);
    return found == changes.end() ? nullptr : &*found;
}

}  // namespace

TEST_CASE("what the lifecycle writes into the log is read back, whatever stands in the texts") {
    Ticket before;
    Ticket after;
    after.result_text = "已\"恢复\"供电\\\n第二行\t完\x01";
    after.lead_unit = {17};
    after.co_units = {{3}, {4}};
    after.extension_pending = true;
    after.closed_as = ClosedAs::surveyed;
    const std::string text = changes_between(before, after);
    const auto changes = read_changes(text);
    REQUIRE(changes);
    CHECK(changes->size() == 5);
    CHECK(text_value(find(*changes, "result_text")->after) == after.result_text);
    CHECK_FALSE(text_value(find(*changes, "result_text")->before));
    CHECK(number_value(find(*changes, "unit")->after) == 17);
    CHECK(find(*changes, "co_units")->after == "[3,4]");
    CHECK(flag_value(find(*changes, "extension_pending")->after) == true);
    CHECK(flag_value(find(*changes, "extension_pending")->before) == false);
    CHECK(text_value(find(*changes, "closed_as")->after) == "surveyed");
}

TEST_CASE("an event without changes has none") {
    CHECK(read_changes("{}")->empty());
    CHECK(read_changes("")->empty());
}

TEST_CASE("every text cut off anywhere is refused") {
    const std::string whole = R"({"a":[null,"x\n\"y"],"b":[[1,2],-5],"c":[true,false]})";
    REQUIRE(read_changes(whole));
    for (std::size_t length = 1; length < whole.size(); ++length) {
        CAPTURE(length);
        CHECK_FALSE(read_changes(std::string_view{whole}.substr(0, length)));
    }
    CHECK_FALSE(read_changes(whole + "}"));
    CHECK_FALSE(read_changes(R"({"a":[1,2],})"));
    CHECK_FALSE(read_changes(R"({"a":[[[1]],2]})"));
}

TEST_CASE("a value of another type reads as nothing") {
    CHECK_FALSE(text_value("17"));
    CHECK_FALSE(text_value("null"));
    CHECK_FALSE(text_value(R"("cut off\")"));
    CHECK_FALSE(number_value("\"17\""));
    CHECK_FALSE(number_value("17x"));
    CHECK_FALSE(flag_value("null"));
}
