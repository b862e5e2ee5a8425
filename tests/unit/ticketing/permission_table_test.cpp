#include "ticketing/permission_table.hpp"

#include "ticketing/lifecycle/transition_table.hpp"
#include "ticketing/permissions.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

using namespace hotline::ticketing;

namespace {

std::vector<std::string> lines_beginning(std::string_view with) {
    std::istringstream text(permission_table());
    std::vector<std::string> found;
    for (std::string line; std::getline(text, line);) {
        if (line.starts_with(with)) found.push_back(line);
    }
    return found;
}

}  // namespace

TEST_CASE("A1 the printed table has a line for every verb and for every way of the lifecycle") {
    for (const auto& [verb, word] : names_of(Verb{})) {
        const auto lines = lines_beginning("| " + std::string(word) + " |");
        REQUIRE(lines.size() == 1);
        const auto marks = std::ranges::count(lines[0], 'x') - std::ranges::count(word, 'x');
        std::ptrdiff_t roles = 0;
        for (const auto& [role, name] : names_of(Role{})) roles += may(role, verb) ? 1 : 0;
        CHECK(marks == roles);
    }
    CHECK(lines_beginning("| T").size() == transitions().size());
}

TEST_CASE("A2 to A8 the printed table says what the rules say") {
    CHECK(lines_beginning("| admin | none |").size() == 1);
    CHECK(lines_beginning("| auditor | none |").size() == 1);
    CHECK(lines_beginning("| manager of a county | those of his county or zone |").size() == 1);
    CHECK(
        lines_beginning("| official | handled by him or his unit | clear | clear | clear |")
            .size() == 1
    );
    CHECK(
        lines_beginning("| unit_clerk | confidential, handled by him or his unit | hidden |")
            .size() == 1
    );
    CHECK(
        lines_beginning("| reviewer | confidential, of others | masked | masked | masked | x |")
            .size() == 1
    );
    CHECK(
        lines_beginning("| agent | confidential, of others | masked | masked | masked |  |")
            .size() == 1
    );
}
