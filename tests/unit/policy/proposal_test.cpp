#include "server/policy/proposal.hpp"

#include "sla/policy_text.hpp"
#include "tests/unit/ticketing/small_city.hpp"

#include <doctest/doctest.h>

using namespace hotline;
using policy::Proposal;

namespace {

const ticketing::Directory& city() {
    static const ticketing::Directory directory = [] {
        auto made = small_city::make();
        made.index();
        return made;
    }();
    return directory;
}

std::string present() {
    return sla::to_text(sla::default_policy());
}

Proposal proposed(const std::string& text) {
    return policy::propose(text, sla::default_policy(), city());
}

std::string first_problem(const std::string& text) {
    const auto proposal = proposed(text);
    if (proposal.problems.empty()) return {};
    const auto& problem = proposal.problems.front();
    CHECK(!problem.en.empty());
    return std::to_string(problem.line) + " " + problem.zh;
}

}  // namespace

TEST_CASE("a new policy is told by the rules that go and those that come") {
    std::string text = present();
    const std::string old_rule = "set max_redos 2";
    text.replace(text.find(old_rule), old_rule.size(), "set max_redos 3");
    const auto proposal = proposed(text);
    CHECK(proposal.problems.empty());
    CHECK(proposal.removed == std::vector<std::string>{"set max_redos 2"});
    CHECK(proposal.added == std::vector<std::string>{"set max_redos 3"});
    CHECK_FALSE(proposal.changes_nothing);
    CHECK(proposal.policy.version == 2);
    CHECK(proposal.body.starts_with("policy 2\n"));
}

TEST_CASE("what a policy is called and how it is commented changes nothing") {
    std::string text = "# the same\n" + present();
    text.replace(text.find("policy 1"), 8, "policy 9");
    CHECK(proposed(text).changes_nothing);
}

TEST_CASE("the same rules in another order are another policy") {
    const auto rows = present();
    const auto first = rows.find("limit ");
    const auto second = rows.find("limit ", first + 1);
    const auto third = rows.find("limit ", second + 1);
    const std::string swapped = rows.substr(0, first) + rows.substr(second, third - second) +
                                rows.substr(first, second - first) + rows.substr(third);
    const auto proposal = proposed(swapped);
    CHECK(proposal.problems.empty());
    CHECK(proposal.added.empty());
    CHECK_FALSE(proposal.changes_nothing);
}

TEST_CASE("what is wrong is told with its line, in Chinese and English") {
    CHECK(first_problem("policy 2\nlimit cooking first * * * 1h\n").starts_with("2 没有这种时限"));
    CHECK(
        first_problem("policy 2\nlimits handle\n") ==
        "2 规则应以 limit、extension、alarm 或 set 开头，而不是 limits"
    );
    CHECK(first_problem("limit handle first * * * 1h\n").starts_with("0 缺少版本行"));
    CHECK(first_problem(present() + "alarm handle level_3 1wd for city.nowhere\n")
              .ends_with("名录里没有代码为 city.nowhere 的单位，请核对单位代码"));
    CHECK(first_problem("policy 2\nset max_redos 2\n").starts_with("0 有的工单"));
    CHECK(first_problem(present() + "limit review first * * * 0wd\n").starts_with("0 有的时长"));
    CHECK(first_problem(present() + "limit review first * * * 1wd warn 120% 1wd\n")
              .starts_with("0 预警应为"));
}
