#include "server/api/guard_texts.hpp"

#include "ticketing/knowledge/steps.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace hotline;

namespace {

void has_words(std::string_view guard) {
    CAPTURE(std::string(guard));
    CHECK_FALSE(api::guard_text(guard, false).empty());
    CHECK_FALSE(api::guard_text(guard, true).empty());
}

}  // namespace

TEST_CASE("whoever an article's guard refuses is told what to do, in both languages") {
    for (const std::string_view guard : ticketing::knowledge::step_guards) has_words(guard);
    has_words("article_in_force");
    CHECK(api::guard_text("no_such_guard", true).empty());
}
