#include "server/city/import/csv.hpp"

#include "server/city/import/table.hpp"

#include <doctest/doctest.h>

#include <array>

using namespace hotline;
using namespace hotline::city;

namespace {

std::vector<std::vector<std::string>> cells(std::string_view text) {
    const auto records = parse_csv(text);
    REQUIRE(records.has_value());
    std::vector<std::vector<std::string>> all;
    for (const auto& record : *records) all.push_back(record.cells);
    return all;
}

using Cells = std::vector<std::vector<std::string>>;

}  // namespace

TEST_CASE("RFC 4180: quotes, commas, line ends inside cells, either line end, no last one") {
    CHECK(cells("a,b\r\n1,2\r\n") == Cells{{"a", "b"}, {"1", "2"}});
    CHECK(cells("a,\"b,\"\"c\"\"\nd\"\n1,2") == Cells{{"a", "b,\"c\"\nd"}, {"1", "2"}});
    CHECK(cells("\xEF\xBB\xBF工号,姓名\n\n,\n") == Cells{{"工号", "姓名"}});
    CHECK(cells("").empty());
    CHECK(cells("a,") == Cells{{"a", ""}});
}

TEST_CASE("cells that look like formulas or numbers stay the text they are") {
    CHECK(cells("=1+1,007,-5,@x,+86") == Cells{{"=1+1", "007", "-5", "@x", "+86"}});
}

TEST_CASE("a record knows the line it begins at, also after line ends inside cells") {
    const auto records = parse_csv("a\n\"x\ny\"\nlast\n");
    REQUIRE(records.has_value());
    REQUIRE(records->size() == 3);
    CHECK((*records)[1].line == 2);
    CHECK((*records)[2].line == 4);
}

TEST_CASE("broken quoting is told with its line") {
    for (const auto& [text, line] : {
             std::pair{"a\nb,\"c\n", "line 2"},
             std::pair{"a\nb\"c\n", "line 2"},
             std::pair{"\"a\"b\n", "line 1"},
         }) {
        CAPTURE(text);
        const auto records = parse_csv(text);
        REQUIRE_FALSE(records.has_value());
        CHECK(records.error().code == ErrorCode::invalid_format);
        CHECK(records.error().detail.starts_with(line));
    }
}

TEST_CASE("UTF-8 passes, GB18030 is converted, neither is refused") {
    CHECK(to_utf8("渭南") == "渭南");
    CHECK(to_utf8("\xCE\xBC\xC4\xCF") == "渭南");
    CHECK(to_utf8("\x95\x34\xB2\x34") == "𠮶");  // four bytes, beyond GBK
    CHECK_FALSE(to_utf8("\xFF\xFF\xFF").has_value());
    CHECK_FALSE(to_utf8(std::string_view{"a\0b", 3}).has_value());
}

TEST_CASE("headings may be English or Chinese, in any order; unknown and missing ones are told") {
    constexpr std::array columns{Column{"name", "姓名", true}, Column{"phone", "电话"}};
    const auto table = [&](std::string_view text) { return Table{*parse_csv(text), columns}; };
    const auto good = table("电话,name\n1, 王 \n");
    CHECK(good.problems.empty());
    CHECK(good.cell(0, "name") == "王");
    CHECK(good.cell(0, "phone") == "1");
    CHECK(table("电话,年龄\n1,2\n").problems.size() == 2);
    CHECK(table("姓名\n王\n李,多\n").problems == std::vector<LineProblem>{{3, "有2列，列名有1列"}});
    CHECK(table("").problems.size() == 1);
}
