#include "integrations/mysql/audit_store.hpp"
#include "server/now.hpp"
#include "server/workers/city_watch.hpp"
#include "tests/integration/api/directory_world.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/detached.hpp>

using namespace hotline;
using namespace hotline::test;
using ticketing::Role;

namespace {

std::string water_office(const DirectoryWorld& world, std::string_view more = "") {
    return R"({"code":"610526.water","name":"蒲城县水务局","level":"county","division":"610526",)"
           R"("function":"water","parent_id":)" +
           world.unit("610526.gov_office") + std::string(more) + "}";
}

std::string official(const std::string& unit, std::string_view more = "") {
    return R"({"name":"赵工","unit_id":)" + unit + std::string(more) + "}";
}

}  // namespace

TEST_CASE("R13: what returns taught the router is told with its names, to who may see the directory"
) {
    DirectoryWorld world;
    const auto unit = [&](std::string_view code) { return world.tickets.small.unit(code); };
    const ticketing::Misroute returned{
        "规划建设",
        "610526",
        unit("610526.housing"),
        unit("610526.industry"),
        now() - std::chrono::days{1}
    };
    const std::vector twice(2, returned);
    world.tickets.source.current()->misroutes->replace(
        std::make_shared<const ticketing::Misroutes>(twice, std::vector<ticketing::Kept>{}, now())
    );
    const auto told = world.get(world.tickets.person(Role::dispatcher), "/learned");
    REQUIRE(told.status == 200);
    const auto body = body_of(told);
    CHECK(body.at("models").as_array().empty());
    REQUIRE(body.at("passed_over").as_array().size() == 1);
    const auto& pair = body.at("passed_over").at(0);
    CHECK(text(pair.at("topic")) == "规划建设");
    CHECK(text(pair.at("division_name")) == "蒲城县");
    CHECK(text(pair.at("unit_name")) == "蒲城县住建局");
    CHECK(text(pair.at("instead_name")) == "蒲城县工信局");
    CHECK(pair.at("returns").as_int64() == 2);
    CHECK(world.get(world.tickets.person(Role::auditor), "/learned").status == 403);
}

TEST_CASE("a unit is added, changed and taken out of use, each with its history and the audit") {
    DirectoryWorld world;
    const auto admin = world.tickets.person(Role::admin);
    const auto before = world.version();
    const auto made = world.post(admin, "/units", water_office(world, R"(,"note":"新设")"));
    REQUIRE(made.status == 201);
    const std::string path = "/units/" + world.id_of(made);
    CHECK(TicketsWorld::etag_of(made) == "\"1\"");
    CHECK(text(body_of(made).at("parent_name")) == "蒲城县政府办");
    CHECK(world.version() == before + 1);

    const std::string renamed = R"({"name":"蒲城县水利局","level":"county","division":"610526",)"
                                R"("function":"water","parent_id":)" +
                                world.unit("610526.gov_office") + "}";
    // Who has seen an older one does not overwrite the newer one.
    CHECK(
        code_of(world.ask(admin.request(http::Method::put, renamed), path)) ==
        "precondition_required"
    );
    REQUIRE(world.put(admin, path, renamed).status == 200);
    const auto stale = world.put(admin, path, renamed, "\"1\"");
    CHECK(stale.status == 412);
    CHECK(code_of(stale) == "stale_version");
    CHECK(text(body_of(world.get(admin, path)).at("code")) == "610526.water");

    const auto out = world.step(admin, path, "deactivate", R"({"note":"机构改革"})");
    REQUIRE(out.status == 200);
    CHECK_FALSE(body_of(out).at("active").as_bool());
    CHECK(world.get(admin, "/units/4711").status == 404);

    const auto history = body_of(world.get(admin, "/history?kind=unit&id=" + path.substr(7)));
    std::string deeds;
    for (const auto& change : history.at("items").as_array())
        deeds += text(change.at("deed")) + " ";
    CHECK(deeds == "deactivated changed created ");
    const auto& last = history.at("items").at(0).as_object();
    CHECK(text(last.at("note")) == "机构改革");
    CHECK(text(last.at("user_name")) == "测试员");
    CHECK(text(last.at("source")) == "api");
    CHECK(last.at("before").at("active").as_bool());
    CHECK_FALSE(last.at("after").at("active").as_bool());
    CHECK(text(history.at("items").at(1).at("before").at("name")) == "蒲城县水务局");
    const auto audit = world.tickets.auth.pool.read_now([](mysql::Connection& db) {
        return mysql::list_audit(db, "directory.unit.deactivate", {}, 10);
    });
    REQUIRE(audit);
    CHECK(audit->size() == 1);
}

TEST_CASE("O4, O7: rings and units with people are refused in the asker's language") {
    DirectoryWorld world;
    const auto supervisor = world.tickets.person(Role::supervisor);
    const std::string county = "/units/" + world.unit("610526.gov_office");
    const std::string ring = R"({"name":"蒲城县政府办","level":"county","division":"610526",)"
                             R"("function":"gov_office","parent_id":)" +
                             world.unit("610526.housing") + "}";
    CHECK(
        DirectoryWorld::broken(world.put(supervisor, county, ring)) ==
        "parent_id: 把蒲城县政府办放到蒲城县住建局下面会使单位互为上下级，请另选上级。\n"
    );
    auto english = supervisor.request(http::Method::put, ring);
    english.headers.push_back({"accept-language", "en"});
    const auto tag = TicketsWorld::etag_of(world.get(supervisor, county));
    CHECK(
        DirectoryWorld::broken(world.ask(english, county, tag)).find("choose another parent") !=
        std::string::npos
    );
    const auto refused =
        world.step(supervisor, "/units/" + world.unit("610526.housing"), "deactivate");
    CHECK(
        DirectoryWorld::broken(refused) ==
        "active: 该单位还有2名在册干部，请先调出或停用，再停用单位。\n"
    );
    CHECK(world.count("directory_change") == 0);
}

TEST_CASE("A11 who keeps what: the centre all of it, a unit its own people's leave and turns") {
    DirectoryWorld world;
    const auto& city = world.tickets.small;
    const auto clerk = world.tickets.person(Role::unit_clerk, city.unit("610526.housing"));
    const auto agent = world.tickets.person(Role::agent);
    const auto auditor = world.tickets.person(Role::auditor);
    CHECK(world.post(clerk, "/units", water_office(world)).status == 403);
    CHECK(world.post(agent, "/leaves", R"({"official_id":1,"from":"2026-03-09"})").status == 403);
    CHECK(world.get(agent, "/enterprises").status == 403);
    CHECK(world.get(clerk, "/history").status == 403);
    CHECK(world.get(auditor, "/history").status == 200);
    CHECK(world.get(clerk, "/export/units").status == 403);

    const std::string leave =
        R"({"official_id":1,"from":"2026-03-02","to":"2026-03-06","reason":"年休假"})";
    const auto own = world.post(clerk, "/leaves", leave);
    REQUIRE(own.status == 201);
    CHECK(body_of(own).at("now").as_bool());
    const std::string foreign = std::to_string(city.stranger.value);
    CHECK(
        world.post(clerk, "/leaves", R"({"official_id":)" + foreign + R"(,"from":"2026-03-02"})")
            .status == 403
    );
    CHECK(DirectoryWorld::broken(world.post(clerk, "/leaves", leave))
              .starts_with("from: 与2026-03-02"));
    // Why he is away is not everybody's business.
    const auto seen = body_of(world.get(agent, "/leaves?official_id=1"));
    CHECK(text(seen.at("items").at(0).at("reason")).empty());
    CHECK(body_of(world.get(agent, "/officials/1")).at("on_leave").as_bool());
    CHECK(body_of(world.get(agent, "/officials?on_leave=true")).at("total").as_int64() == 1);

    const std::string turn = R"({"unit_id":)" + world.unit("610526.housing") +
                             R"(,"day":"2026-03-07","from":"18:00","to":"08:00","official_id":2})";
    const auto night = world.post(clerk, "/turns", turn);
    REQUIRE(night.status == 201);
    CHECK(text(body_of(night).at("to")) == "08:00");
    const std::string away =
        R"({"unit_id":)" + world.unit("610526.housing") + R"(,"day":"2026-03-05","official_id":1})";
    CHECK(DirectoryWorld::broken(world.post(clerk, "/turns", away))
              .starts_with("day: 该干部在2026-03-05休假"));
}

TEST_CASE("O13 who leaves hands over his cards, and nobody keeps him as deputy") {
    DirectoryWorld world;
    const auto admin = world.tickets.person(Role::admin);
    const auto card = world.post(admin, "/cards", R"({"enterprise_id":1,"official_id":1})");
    REQUIRE(card.status == 201);
    CHECK(text(body_of(card).at("since")) == "2026-03-02");
    CHECK(
        DirectoryWorld::broken(world.post(admin, "/cards", R"({"enterprise_id":1,"official_id":1})")
        ) == "official_id: 这家企业与该干部之间已有有效的连心卡，不必重复发卡。\n"
    );
    REQUIRE(
        world
            .put(admin, "/officials/2", official(world.unit("610526.housing"), R"(,"deputy_id":1)"))
            .status == 200
    );
    CHECK(
        DirectoryWorld::broken(world.step(admin, "/officials/1", "deactivate")) ==
        "successor_id: 该干部还有1张有效连心卡，请指定接手的干部后再停用。\n"
    );
    REQUIRE(world.step(admin, "/officials/1", "deactivate", R"({"successor_id":2})").status == 200);
    const auto cards = body_of(world.get(admin, "/cards?enterprise_id=1&active=true"));
    REQUIRE(cards.at("items").as_array().size() == 1);
    CHECK(cards.at("items").at(0).at("official_id").as_int64() == 2);
    CHECK_FALSE(body_of(world.get(admin, "/officials/2")).contains("deputy_id"));
    // Cards and deputies are changes like any other.
    CHECK(world.count("directory_change WHERE kind = 5") == 3);
    CHECK(world.count("directory_change WHERE kind = 2 AND entity_id = 2") == 2);
}

TEST_CASE("O8 to O12: an official is added with a number of his own") {
    DirectoryWorld world;
    const auto admin = world.tickets.person(Role::admin);
    const std::string unit = world.unit("610526.housing");
    const auto made = world.post(
        admin,
        "/officials",
        official(
            unit, R"(,"staff_no":"S90","duties":["规划建设"],"phone":"0913-8012345","capacity":20)"
        )
    );
    REQUIRE(made.status == 201);
    CHECK(text(body_of(made).at("phone")) == "09138012345");
    CHECK(
        DirectoryWorld::broken(world.post(
            admin,
            "/officials",
            official(unit, R"(,"staff_no":"S90","duties":["占星"],"capacity":500)")
        )) ==
        "staff_no: 工号“S90”已由赵工使用，请核对工号。\n"
        "capacity: 在手工单上限应为1至100的整数，请修改。\n"
        "duties: 派单目录里没有“占星”这个事项或职能，请从列表中选择。\n"
    );
}

TEST_CASE("lists go out as CSV and come in again without a change, formulas disarmed") {
    DirectoryWorld world;
    const auto admin = world.tickets.person(Role::admin);
    const std::string firm = R"({"name":"=1+1,\"某\"公司","division":"610526","town":"610526102",)"
                             R"("phone":"13800138000","industry":"C","size":3,"five_above":true})";
    REQUIRE(world.post(admin, "/enterprises", firm).status == 201);
    REQUIRE(world.post(admin, "/cards", R"({"enterprise_id":2,"official_id":1})").status == 201);
    REQUIRE(
        world.post(admin, "/leaves", R"({"official_id":1,"from":"2026-03-02","reason":"病假"})")
            .status == 201
    );
    REQUIRE(
        world
            .post(
                admin,
                "/turns",
                R"({"unit_id":)" + world.unit("610526.housing") +
                    R"(,"day":"2026-03-07","from":"18:00","to":"08:00","official_id":2})"
            )
            .status == 201
    );
    const auto changes = world.count("directory_change");
    for (const std::string list :
         {"units", "officials", "leaves", "turns", "cards", "enterprises"}) {
        CAPTURE(list);
        const auto file = world.get(admin, "/export/" + list);
        REQUIRE(file.status == 200);
        CHECK(file.body.starts_with("\xEF\xBB\xBF"));
        if (list == "enterprises") {
            CHECK(file.body.find("\"'=1+1,\"\"某\"\"公司\"") != std::string::npos);
        }
        const auto back =
            world.post(admin, "/import/" + list + "?name=" + list + ".csv&apply=true", file.body);
        CAPTURE(back.body);
        REQUIRE(back.status == 200);
        const auto report = body_of(back);
        CHECK(report.at("problems").as_array().empty());
        CHECK(report.at("rows").as_int64() > 0);
        CHECK(report.at("unchanged").as_int64() == report.at("rows").as_int64());
    }
    CHECK(world.count("directory_change") == changes);
}

TEST_CASE("a list of units with a ring, twins and strangers is told line by line") {
    DirectoryWorld world;
    const auto admin = world.tickets.person(Role::admin);
    const auto before = world.version();
    const std::string head = "编码,名称,上级,层级,区划,职能\n";
    const auto told = world.post(
        admin,
        "/import/units?name=units.csv&apply=true",
        head +
            "610526.a,甲局,610526.b,县级,蒲城县,fa\n"
            "610526.b,乙局,610526.a,县级,蒲城县,fb\n"
            "610526.c,丙局,没有的单位,县级,蒲城县,fc\n"
            "610526.d,丁局,610526.gov_office,县级,蒲城县,housing\n"
            "610526.d,丁局,610526.gov_office,级,蒲城县,fd\n"
    );
    REQUIRE(told.status == 200);
    const auto report = body_of(told);
    CHECK_FALSE(report.at("applied").as_bool());
    std::vector<std::int64_t> lines;
    for (const auto& problem : report.at("problems").as_array()) {
        lines.push_back(problem.at("line").as_int64());
    }
    CHECK(lines == std::vector<std::int64_t>{2, 3, 4, 5, 6, 6, 6, 6});
    CHECK(world.version() == before);
    // Sound lines: a parent may stand further down, and the history names the file.
    const auto done = world.post(
        admin,
        "/import/units?name=units.csv&apply=true",
        head +
            "610526.a,甲局,610526.b,县级,蒲城县,fa\n"
            "610526.b,乙局,610526.gov_office,县级,蒲城县,fb\n"
    );
    CAPTURE(done.body);
    CHECK(body_of(done).at("applied").as_bool());
    const auto history = body_of(world.get(admin, "/history?kind=unit&limit=1"));
    CHECK(text(history.at("items").at(0).at("source")) == "units.csv");
    CHECK(history.contains("next_cursor"));
}

TEST_CASE("a change is in force in a running server within two seconds, a bad directory harms none"
) {
    DirectoryWorld world;
    auto& auth = world.tickets.auth;
    const auto admin = world.tickets.person(Role::admin);
    // Somebody put a ring and a homeless official into the tables by hand.
    world.tickets.run(
        "UPDATE unit SET parent_id = " + world.unit("610526.housing") +
        " WHERE id = " + world.unit("610526.gov_office")
    );
    world.tickets.run("UPDATE official SET unit_id = 4711 WHERE id = 2");
    const auto first =
        auth.pool.read_now([](mysql::Connection& db) { return read_city(db, hotline::now()); });
    REQUIRE(first);
    CHECK((*first)->faults.size() == 2);
    CHECK_FALSE((*first)->directory.official({2})->active);
    world.tickets.source.replace(*first);
    const auto state = body_of(world.get(admin, ""));
    CHECK(text(state.at("faults").at(0).at("rule")) == "O4");
    CHECK(state.at("version").as_int64() == state.at("stored_version").as_int64());

    // Mended through the API, seen by the watch of a server that was asked nothing.
    const std::string root = R"({"name":"蒲城县人民政府","level":"county","division":"610526",)"
                             R"("function":"gov_office"})";
    REQUIRE(world.put(admin, "/units/" + world.unit("610526.gov_office"), root).status == 200);
    boost::asio::cancellation_signal stop;
    boost::asio::co_spawn(
        auth.io,
        workers::watch_city(auth.pool, world.tickets.source),
        boost::asio::bind_cancellation_slot(stop.slot(), boost::asio::detached)
    );
    auth.io.restart();
    const auto begin = std::chrono::steady_clock::now();
    const auto fresh = [&] {
        const auto city = world.tickets.source.current();
        return city->directory.unit(world.tickets.small.unit("610526.gov_office"))->name ==
               "蒲城县人民政府";
    };
    while (!fresh() && std::chrono::steady_clock::now() - begin < 5s) auth.io.run_for(50ms);
    CHECK(std::chrono::steady_clock::now() - begin < 2s);
    CHECK(world.tickets.source.current()->faults.size() == 1);
    stop.emit(boost::asio::cancellation_type::terminal);
    auth.io.run_for(20ms);
}
