#include "server/city/import/import.hpp"

#include "integrations/mysql/directory_store.hpp"
#include "server/city/import/export.hpp"
#include "server/city/lay_down.hpp"
#include "tests/support/private_stores.hpp"
#include "ticketing/organisation/whole.hpp"
#include "ticketing/uscc.hpp"

#include <doctest/doctest.h>

using namespace hotline;
using namespace std::chrono_literals;
using city::ImportKind;

namespace {

const ticketing::Instant now{1'795'449'600s};

struct City {
    City() : db(open(test::mariadb().migrated_schema())) {
        city::Plan plan;
        plan.enterprises = 5;
        REQUIRE(city::lay_down(db, config::Settings{}, plan, now).has_value());
    }
    static mysql::Connection open(const mysql::Settings& settings) {
        auto opened = mysql::Connection::open(settings);
        REQUIRE(opened.has_value());
        return std::move(*opened);
    }
    city::ImportReport import(ImportKind kind, std::string_view text, bool apply = true) {
        auto report = city::import_file(db, text, {kind, apply}, now);
        REQUIRE(report.has_value());
        return *report;
    }
    std::string one(std::string_view sql) {
        auto rows = db.query(sql);
        REQUIRE(rows.has_value());
        return rows->empty() ? "" : rows->front().string(0);
    }

    mysql::ThreadScope thread;
    mysql::Connection db;
};

const std::string code = ticketing::make_uscc("91", "610526", 987'654);

}  // namespace

TEST_CASE("a dry run tells what would change and writes nothing") {
    City city;
    const auto report = city.import(
        ImportKind::enterprises, "uscc,name,division\n" + code + ",甲公司,蒲城县\n", false
    );
    CHECK(report.added == 1);
    CHECK_FALSE(report.applied);
    CHECK(report.examples.size() == 1);
    CHECK(city.one("SELECT COUNT(*) FROM enterprise") == "5");
}

TEST_CASE("enterprises are added, changed on the second time, unchanged on the third") {
    City city;
    const std::string head = "统一社会信用代码,企业名称,区县,镇街,电话,行业门类,规模,五上企业\n";
    auto report = city.import(
        ImportKind::enterprises, head + code + ",=甲公司,蒲城县,孙镇,13800138000,C,中型,是\n"
    );
    CHECK(report.problems.empty());
    CHECK(report.applied);
    const std::string row = " FROM enterprise WHERE uscc = '" + code + "'";
    CHECK(city.one("SELECT name" + row) == "=甲公司");
    CHECK(city.one("SELECT town" + row) == "610526102");
    CHECK(city.one("SELECT size" + row) == "3");
    CHECK(city.one("SELECT demonstration" + row) == "0");
    const std::string second = head + code + ",乙公司,蒲城县,孙镇,13800138000,C,中型,是\n";
    report = city.import(ImportKind::enterprises, second);
    CHECK(report.changed == 1);
    CHECK(city.one("SELECT name" + row) == "乙公司");
    report = city.import(ImportKind::enterprises, second);
    CHECK(report.unchanged == 1);
    CHECK(report.added + report.changed == 0);
}

TEST_CASE("every bad line is told with its number, and one is enough to write nothing") {
    City city;
    const auto report = city.import(
        ImportKind::enterprises,
        "uscc,name,division,town,phone,industry\n" + code + ",好公司,蒲城县,,,\n" +
            "123,短码公司,蒲城县,,,\n" + ",,蒲城县,,,\n" + ",外地公司,西安市,,,\n" +
            ",镇错公司,蒲城县,城关街道,,\n" + ",电话错公司,蒲城县,,abc,Z\n" + code +
            ",重复公司,蒲城县,,,\n"
    );
    std::vector<std::size_t> lines;
    for (const auto& problem : report.problems) lines.push_back(problem.line);
    CHECK(lines == std::vector<std::size_t>{3, 4, 5, 6, 7, 7, 8});
    CHECK_FALSE(report.applied);
    CHECK(city.one("SELECT COUNT(*) FROM enterprise") == "5");
}

TEST_CASE("a wrong check digit is a remark, not a refusal") {
    City city;
    const auto report = city.import(
        ImportKind::enterprises, "uscc,name,division\n91350211M0000XUF46,闽企,610526\n"
    );
    CHECK(report.problems.empty());
    CHECK(report.remarks.size() == 1);
    CHECK(report.applied);
}

TEST_CASE("enterprises without a code are known again by their name") {
    City city;
    CHECK(
        city.import(ImportKind::enterprises, "uscc,name,division\n,老王小店,白水县\n").added == 1
    );
    const auto again =
        city.import(ImportKind::enterprises, "uscc,name,division\n,老王小店,大荔县\n");
    CHECK(again.changed == 1);
    CHECK(again.added == 0);
}

TEST_CASE("a file in GB18030 is read like one in UTF-8") {
    City city;
    // "uscc,name,division\n,渭南厂,蒲城县\n"
    const auto report = city.import(
        ImportKind::enterprises,
        "uscc,name,division\n,\xCE\xBC\xC4\xCF\xB3\xA7,\xC6\xD1\xB3\xC7\xCF\xD8\n"
    );
    CHECK(report.problems.empty());
    CHECK(city.one("SELECT division FROM enterprise WHERE name = '渭南厂'") == "610526");
}

TEST_CASE("officials are added and changed; a deputy may stand further down") {
    City city;
    const auto report = city.import(
        ImportKind::officials,
        "工号,姓名,单位,电话,副手,休假\nA-1,张甲,蒲城县工业和信息化局,13900000001,A-2,是\n"
        "A-2,李乙,610526.industry,,,\nWN-0001,王丙,city.commerce,,,\n"
    );
    CHECK(report.problems.empty());
    CHECK(report.added == 2);
    CHECK(report.changed >= 1);  // and whose deputy moved away
    const auto directory = mysql::read_directory(city.db, sla::local_day(now));
    REQUIRE(directory.has_value());
    CHECK(directory->officials.size() == 1500);
    const auto* first = directory->official(ticketing::OfficialId{1499});
    REQUIRE(first != nullptr);
    CHECK(first->name == "张甲");
    CHECK(first->on_leave);
    CHECK(first->deputy == ticketing::OfficialId{1500});
    CHECK(city.one("SELECT demonstration FROM official WHERE id = 1") == "0");
}

TEST_CASE("wrong officials are told: unit, deputy, capacity, doubles") {
    City city;
    const auto report = city.import(
        ImportKind::officials,
        "staff_no,name,unit,capacity,deputy\nB-1,张,没有的局,0,\nB-2,李,city.tax,15,B-9\n"
        "B-2,,city.tax,15,\n"
    );
    CHECK(report.problems.size() == 5);
    CHECK_FALSE(report.applied);
}

TEST_CASE("cards are given, ended and revived") {
    City city;
    const auto firm = city.one("SELECT uscc FROM enterprise WHERE id = 3");
    const std::string file = "uscc,staff_no,active\n" + firm + ",WN-0100,";
    const std::string active =
        "SELECT active FROM contact_card WHERE enterprise_id = 3 "
        "AND official_id = 100";
    CHECK(city.import(ImportKind::cards, file + "\n").added == 1);
    CHECK(city.one(active) == "1");
    CHECK(city.import(ImportKind::cards, file + "否\n").changed == 1);
    CHECK(city.one(active) == "0");
    CHECK(city.import(ImportKind::cards, file + "是\n").changed == 1);
    CHECK(city.import(ImportKind::cards, file + "是\n").unchanged == 1);
    const auto wrong = city.import(ImportKind::cards, "uscc,staff_no\n" + code + ",WN-9999\n");
    CHECK(wrong.problems.size() == 2);
}

TEST_CASE(
    "articles are in force at once, unchanged on the second time, another version on the third"
) {
    City city;
    const std::string head =
        "标题,其他问法,答复,依据,责任单位,主题,适用区县,生效日期,失效日期,复核日期,对企业公开\n";
    const std::string row =
        "苹果冷库用电怎么收费,果库电价|保鲜库电费优惠,按农业生产用电价格执行。,电价政策,"
        "city.state_grid,用电,蒲城县|高新区,2026-01-01,2030-12-31,2027-01-31,是\n";
    const auto before = city.one("SELECT COUNT(*) FROM knowledge_article");
    auto report = city.import(ImportKind::knowledge, head + row, false);
    CHECK(report.added == 1);
    CHECK(city.one("SELECT COUNT(*) FROM knowledge_article") == before);
    report = city.import(ImportKind::knowledge, head + row);
    CHECK(report.problems.empty());
    CHECK(report.applied);
    const std::string of = " FROM knowledge_article WHERE title = '苹果冷库用电怎么收费'";
    CHECK(
        city.one(
            "SELECT CONCAT_WS(' ', state, version, published, review_on, demonstration)" + of
        ) == "2 1 1 2027-01-31 0"
    );
    const std::string text =
        " FROM knowledge_version v JOIN knowledge_article a ON a.id = v.article_id "
        "AND a.version = v.version WHERE a.title = '苹果冷库用电怎么收费'";
    CHECK(city.one("SELECT questions" + text) == "果库电价\n保鲜库电费优惠");
    CHECK(city.one("SELECT divisions" + text) == "610526,6105G1");
    CHECK(city.one("SELECT open" + text) == "1");
    CHECK(city.import(ImportKind::knowledge, head + row).unchanged == 1);
    std::string changed = row;
    changed.replace(changed.find("农业生产"), std::string("农业生产").size(), "一般工商业");
    report = city.import(ImportKind::knowledge, head + changed);
    CHECK(report.changed == 1);
    CHECK(city.one("SELECT CONCAT_WS(' ', version, published)" + of) == "2 2");
    CHECK(
        city.one("SELECT COUNT(*) FROM knowledge_step s JOIN knowledge_article a ON a.id = "
                 "s.article_id WHERE a.title = '苹果冷库用电怎么收费'") == "2"
    );
}

TEST_CASE("every line of a list of articles that is wrong is told, and nothing is written") {
    City city;
    const auto before = city.one("SELECT COUNT(*) FROM knowledge_article");
    const auto report = city.import(
        ImportKind::knowledge,
        "title,answer,basis,unit,topic,divisions,valid_from,valid_to,open\n"
        "这一条没有错误,可以当场办理。,办法,city.tax,税务,,2026-01-01,,否\n"
        "短,可以当场办理。,办法,city.tax,税务,,2026-01-01,,否\n"
        "没有这个单位的条目,可以当场办理。,办法,没有,税务,,2026-01-01,,否\n"
        "日期不对的条目,可以当场办理。,办法,city.tax,税务,,2026-13-01,,否\n"
        "失效早于生效的条目,可以当场办理。,办法,city.tax,税务,,2026-01-01,2025-01-01,否\n"
        "区县不对的条目,可以当场办理。,办法,city.tax,税务,西安市,2026-01-01,,否\n"
        "公开不对的条目,可以当场办理。,办法,city.tax,税务,,2026-01-01,,也许\n"
        "这一条没有错误,可以当场办理。,办法,city.tax,税务,,2026-01-01,,否\n"
    );
    CHECK_FALSE(report.applied);
    CHECK(
        report.problems ==
        std::vector<city::LineProblem>{
            {3, "标题应为一行，4至80字"},
            {4, "没有这个在用的责任单位"},
            {5, "生效日期应为年-月-日：2026-13-01"},
            {6, "失效日期早于生效日期"},
            {7, "适用区县应为区县或开发区，最多20个，用“|”分开"},
            {8, "对企业公开应为是或否"},
            {9, "标题与第2行重复"},
        }
    );
    CHECK(city.one("SELECT COUNT(*) FROM knowledge_article") == before);
}

TEST_CASE(
    "every list of a city goes out and comes in again without a change; nothing in it is unsound"
) {
    City city;
    for (const auto& [kind, name] : names_of(ImportKind{})) {
        CAPTURE(name);
        const auto file = city::export_list(city.db, kind, now);
        REQUIRE(file.has_value());
        const auto report = city.import(kind, *file);
        for (const auto& problem : report.problems) MESSAGE(problem.line, " ", problem.reason);
        CHECK(report.problems.empty());
        CHECK(report.unchanged == report.rows);
        CHECK(report.added + report.changed == 0);
    }
    CHECK(city.one("SELECT COUNT(*) FROM directory_change") == "0");
    auto directory = mysql::read_directory(city.db, sla::local_day(now));
    REQUIRE(directory.has_value());
    const auto faults = ticketing::organisation::make_sound(*directory);
    for (const auto& found : faults) MESSAGE(sentence(found.fault, true));
    CHECK(faults.empty());
}

TEST_CASE("what is imported stands in the history with its file") {
    City city;
    const auto before = city.one("SELECT revision FROM directory_revision");
    const std::string row = "uscc,name,division\n" + code + ",甲公司,蒲城县\n";
    CHECK(city.import(ImportKind::enterprises, row, false).added == 1);
    CHECK(city.one("SELECT revision FROM directory_revision") == before);
    CHECK(city.import(ImportKind::enterprises, row).applied);
    CHECK(city.one("SELECT revision FROM directory_revision") != before);
    CHECK(
        city.one("SELECT CONCAT_WS(' ', deed, kind, entity_name, source) FROM directory_change") ==
        "1 6 甲公司 import"
    );
}
