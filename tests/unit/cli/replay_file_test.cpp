#include "server/cli/replay_file.hpp"

#include <doctest/doctest.h>

using namespace hotline;
using namespace hotline::cli;

TEST_CASE("a replay file gives one appeal a line and tells the line that is wrong") {
    const auto good = parse_replay(
        "{\"title\":\"停电\",\"text\":\"厂里停电\",\"district\":\"蒲城县\",\"more\":1}\n\n"
        "{\"text\":\"没有别的\"}\r\n"
    );
    REQUIRE(good.has_value());
    REQUIRE(good->size() == 2);
    CHECK((*good)[0].district == "蒲城县");
    CHECK((*good)[1].title.empty());
    for (const auto* bad :
         {"{\"text\":\"a\"}\n[1]\n",
          "{\"text\":\"a\"}\nno\n",
          "{\"text\":\"a\"}\n{\"title\":\"b\"}\n"}) {
        const auto parsed = parse_replay(bad);
        REQUIRE_FALSE(parsed.has_value());
        CHECK(parsed.error().detail.starts_with("line 2: "));
    }
}

TEST_CASE("a unit's counterpart at another level has the same function, another office has not") {
    const std::vector<std::string> places{"临渭区", "蒲城县", "白水县", "韩城市", "高新区"};
    const auto same = [&](std::string_view a, std::string_view b) {
        return same_function(a, b, places);
    };
    CHECK(same("市住房和城乡建设局", "蒲城县住房和城乡建设局"));
    CHECK(same("渭南市住房和城乡建设局", "市住房和城乡建设局"));
    CHECK(same("市市场监督管理局", "白水县市场监督管理局"));
    CHECK(same("国网渭南供电公司", "国网蒲城县供电公司"));
    CHECK(same("市消防救援支队", "临渭区消防救援大队"));
    CHECK(same("市生态环境局", "白水县生态环境分局"));
    CHECK_FALSE(same("市住房和城乡建设局", "市自然资源和规划局"));
    CHECK_FALSE(same("市公安局", "市公安局交警支队"));
    CHECK_FALSE(same("", "市公安局"));
    CHECK_FALSE(same("市公安局", ""));
}
