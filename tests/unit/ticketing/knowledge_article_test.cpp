#include "tests/unit/ticketing/stage.hpp"
#include "ticketing/knowledge/article.hpp"

#include <doctest/doctest.h>

using namespace stage;
using namespace hotline::ticketing::knowledge;
using namespace std::chrono;

namespace {

constexpr sla::LocalDay today{year{2026} / 3 / 2};

ArticleText article(const City& city) {
    ArticleText text;
    text.title = "施工许可证怎么办";
    text.answer = "向所在地住建部门申请，七日内办结。";
    text.basis = "《建筑工程施工许可管理办法》";
    text.unit = city.unit("city.housing");
    text.topic = "规划建设";
    text.valid_from = today;
    return text;
}

std::string faults(const ArticleText& text, const Directory& directory) {
    const auto checked = check(text, directory);
    if (checked) return "";
    std::string found;
    for (const auto& fault : checked.error().fields) {
        found += fault.field + " " + std::string(hotline::name(fault.code)) + ";";
    }
    return found;
}

}  // namespace

TEST_CASE("K1 an article needs a question, an answer, its basis and an active unit") {
    City city;
    CHECK(faults(article(city), city.directory) == "");
    struct Row {
        void (*spoil)(ArticleText&);
        std::string_view fault;
    };
    const Row rows[] = {
        {[](ArticleText& t) { t.title = "用电"; }, "title too_short;"},
        {[](ArticleText& t) { t.title.clear(); }, "title missing_field;"},
        {[](ArticleText& t) { t.title = "第一行\n第二行"; }, "title invalid_format;"},
        {[](ArticleText& t) { t.questions.assign(21, "怎么办呢"); }, "questions too_long;"},
        {[](ArticleText& t) { t.questions = {"办"}; }, "questions too_short;"},
        {[](ArticleText& t) { t.answer = "可以"; }, "answer too_short;"},
        {[](ArticleText& t) { t.answer.assign(4001, 'a'); }, "answer too_long;"},
        {[](ArticleText& t) { t.basis.clear(); }, "basis missing_field;"},
        {[](ArticleText& t) { t.unit = {}; }, "unit_id missing_field;"},
        {[](ArticleText& t) { t.unit = {999}; }, "unit_id unknown_reference;"},
        {[](ArticleText& t) { t.topic = "没有这一类"; }, "topic not_in_list;"},
        {[](ArticleText& t) { t.divisions = {"610526102"}; }, "divisions unknown_division;"},
        {[](ArticleText& t) { t.valid_to = today - days{1}; }, "valid_to invalid_format;"},
    };
    for (const Row& row : rows) {
        ArticleText spoilt = article(city);
        row.spoil(spoilt);
        CHECK(faults(spoilt, city.directory) == row.fault);
    }
    ArticleText wide = article(city);
    wide.topic.clear();
    wide.divisions = {"610526", "6105G1"};
    wide.valid_to = today;
    CHECK(faults(wide, city.directory) == "");
    city.directory.units[wide.unit.value - 1].active = false;
    CHECK(faults(wide, city.directory) == "unit_id unknown_reference;");
}

TEST_CASE("K1 question forms that say nothing new are left out") {
    ArticleText text;
    text.title = "　施工许可证怎么办 ";
    text.questions = {"施工许可证怎么办", "许可证几天能下来 ", "", "许可证几天能下来"};
    text.divisions = {"610527", "610526", "610527"};
    const ArticleText tidy = tidied(text);
    CHECK(tidy.title == "施工许可证怎么办");
    CHECK(tidy.questions == std::vector<std::string>{"许可证几天能下来"});
    CHECK(tidy.divisions == std::vector<std::string>{"610526", "610527"});
}

TEST_CASE("K6 an article is in force from its first to its last day while it is published") {
    Article known{.state = ArticleState::published, .version = 1, .published = 1, .settled = 1};
    ArticleText text;
    text.valid_from = today;
    text.valid_to = today + days{9};
    CHECK(standing_of(known, text, today - days{1}) == Standing::coming);
    CHECK(standing_of(known, text, today) == Standing::in_force);
    CHECK(standing_of(known, text, today + days{9}) == Standing::in_force);
    CHECK(standing_of(known, text, today + days{10}) == Standing::expired);
    text.valid_to.reset();
    CHECK(standing_of(known, text, today + days{10'000}) == Standing::in_force);
    known.state = ArticleState::withdrawn;
    CHECK(standing_of(known, text, today) == Standing::withdrawn);
    known.state = ArticleState::draft;
    known.published = 0;
    CHECK(standing_of(known, text, today) == Standing::draft);
}

TEST_CASE("K7 an article is overdue for review the day after its day, once it is published") {
    Article known{.state = ArticleState::published, .review_on = today};
    CHECK_FALSE(review_overdue(known, today));
    CHECK(review_overdue(known, today + days{1}));
    known.state = ArticleState::withdrawn;
    CHECK_FALSE(review_overdue(known, today + days{1}));
    CHECK_FALSE(review_overdue({.state = ArticleState::published}, today));
}

TEST_CASE("K15 an article of some places holds there and where the place is not known") {
    ArticleText text;
    CHECK(holds_in(text, "610526"));
    text.divisions = {"610526"};
    CHECK(holds_in(text, "610526"));
    CHECK(holds_in(text, ""));
    CHECK_FALSE(holds_in(text, "610527"));
}
