#include "integrations/mysql/audit_store.hpp"
#include "integrations/mysql/directory_rows.hpp"
#include "integrations/mysql/directory_writer.hpp"
#include "integrations/mysql/enterprise_store.hpp"
#include "server/actions/index_search_texts.hpp"
#include "tests/integration/api/tickets_world.hpp"

#include <boost/json.hpp>

#include <set>

using namespace hotline;
using namespace hotline::test;
using ticketing::Role;

namespace {

using FoundNumbers = std::set<std::string>;

struct SearchWorld : TicketsWorld {
    // What the worker does with all tickets there are.
    void index() {
        run("INSERT INTO search_todo (ticket_id, part) SELECT id, 1 FROM ticket");
        const auto done = auth.pool.transact_now([&](mysql::Connection& db) {
            return actions::index_search_texts(db, 1'000, blind);
        });
        REQUIRE(done);
    }

    void catch_up(const crypto::BlindIndex& key) {
        bool more = true;
        for (int pieces = 0; more; ++pieces) {
            REQUIRE(pieces < 20);
            const auto done = auth.pool.transact_now([&](mysql::Connection& db) {
                return actions::catch_up_indexes(db, 2, key);
            });
            REQUIRE(done);
            more = *done;
        }
    }

    std::int64_t count(std::string_view sql) {
        const auto rows = auth.pool.read_now([&](mysql::Connection& db) { return db.query(sql); });
        REQUIRE(rows);
        return rows->front().integer(0);
    }

    FoundNumbers found(const Browser& who, const std::string& typed) {
        const auto answer = list(who, {{"q", typed}});
        REQUIRE(answer.status == 200);
        FoundNumbers numbers;
        const auto body = body_of(answer);
        for (const auto& line : body.at("items").as_array()) {
            numbers.insert(text(line.at("ticket_no")));
        }
        return numbers;
    }

    // The only line, its piece `key` as one text with hits in brackets.
    std::string marked(const Browser& who, const std::string& typed, std::string_view key) {
        const auto answer = body_of(list(who, {{"q", typed}}));
        const auto& items = answer.at("items").as_array();
        REQUIRE(items.size() == 1);
        const auto* told = items[0].as_object().if_contains("found");
        const auto* parts = told ? told->as_object().if_contains(key) : nullptr;
        std::string all;
        if (parts == nullptr) return all;
        for (const auto& part : parts->as_array()) {
            const bool hit = part.as_object().contains("hit");
            all += (hit ? "[" : "") + text(part.at("text")) + (hit ? "]" : "");
        }
        return all;
    }

    std::vector<mysql::StoredAudit> looks() {
        const auto audit = auth.pool.read_now([](mysql::Connection& db) {
            return mysql::list_audit(db, "ticket.find_person", {}, 50);
        });
        REQUIRE(audit);
        return *audit;
    }

    std::vector<std::string> firms(std::string_view typed) {
        const auto found = auth.pool.read_now([&](mysql::Connection& db) {
            return mysql::search_enterprises(db, typed, 5);
        });
        REQUIRE(found);
        std::vector<std::string> names;
        for (const auto& firm : *found) names.push_back(firm.name);
        return names;
    }
};

void of_another(ticketing::Ticket& ticket) {
    ticket.appellant.phone = "13911112222";
    ticket.uscc.clear();
}

void confidential(ticketing::Ticket& ticket) {
    ticket.appellant.confidential = true;
}

ticketing::Enterprise registered(std::uint64_t id, std::string name) {
    return {.id = {id}, .name = std::move(name)};
}

}  // namespace

TEST_CASE("A12 a whole number finds its person's tickets, and each look is audited") {
    SearchWorld world;
    const auto his = world.accepted();
    const auto hers = world.accepted(of_another);
    world.index();
    const auto dispatcher = world.person(Role::dispatcher);
    for (const auto* typed :
         {"13800001111",
          "138 0000 1111",
          "+86-138-0000-1111",
          "施工许可 13800001111",
          "91610500ma6y2a0k30"}) {
        CAPTURE(typed);
        CHECK(world.found(dispatcher, typed) == FoundNumbers{his});
    }
    CHECK(world.found(dispatcher, "13911112222") == FoundNumbers{hers});
    for (const auto* typed : {"停水 13800001111", "13800001112", "1380000111", "0000111"}) {
        CAPTURE(typed);
        CHECK(world.found(dispatcher, typed).empty());
    }
    const auto looks = world.looks();
    REQUIRE(looks.size() == 8);  // parts of a number are words
    CHECK(looks[7].entry.object == "phone:138****1111");
    CHECK(looks[7].entry.detail == R"({"found":1})");
    CHECK(looks[3].entry.object == "uscc:9161**********0K30");
    for (const auto& look : looks) CHECK(look.entry.detail.find("0000") == std::string::npos);
}

TEST_CASE("A12 who may have nothing revealed may not look for a person, and hidden ones stay so") {
    SearchWorld world;
    const auto open = world.accepted();
    const auto secret = world.accepted(confidential);
    world.index();
    const auto housing = world.small.unit("610526.housing");
    for (const auto& who :
         {world.person(Role::manager),
          world.person(Role::unit_clerk, housing),
          world.person(Role::official, housing, world.small.worker)}) {
        CHECK(world.list(who, {{"q", "13800001111"}}).status == 403);
        CHECK(world.list(who, {{"phone", "13800001111"}}).status == 403);
        CHECK(world.list(who, {{"q", "91610500MA6Y2A0K30"}}).status == 403);
    }
    CHECK(world.looks().empty());
    CHECK(world.found(world.person(Role::dispatcher), "13800001111") == FoundNumbers{open});
    CHECK(world.found(world.person(Role::supervisor), "13800001111") == FoundNumbers{open, secret});
    CHECK(world.found(world.person(Role::agent), "13800001111").empty());  // A2: filed neither
}

TEST_CASE("H1 H2 words are marked in what the viewer is shown, and nowhere else") {
    SearchWorld world;
    world.accepted([](ticketing::Ticket& ticket) { ticket.title = "停电三日"; });
    world.index();
    const auto dispatcher = world.person(Role::dispatcher);
    const auto content = world.marked(dispatcher, "施工 联系", "content");
    CHECK(content == "[施工]许可迟迟未办，请[联系]138****1111");
    CHECK(world.marked(dispatcher, "停电", "title") == "[停电]三日");
    CHECK(world.marked(dispatcher, "停电", "content").empty());
    CHECK(world.marked(dispatcher, "某某建设", "enterprise_name") == "渭南[某某建设]有限公司");
    // The store compares the whole text; the masked one has no such digits.
    CHECK(world.marked(dispatcher, "13800001111 联系1380", "content").empty());
}

TEST_CASE("A7 the firm of a hidden appellant is not found by its name, except by the centre") {
    SearchWorld world;
    const auto number = world.accepted(confidential);
    const auto housing = world.small.unit("610526.housing");
    world.run("UPDATE ticket SET lead_unit_id=" + std::to_string(housing.value));
    world.index();
    const auto clerk = world.person(Role::unit_clerk, housing);
    CHECK(world.found(clerk, "施工许可") == FoundNumbers{number});
    CHECK(world.marked(clerk, "施工许可", "content") == "[施工许可]迟迟未办，请联系138****1111");
    CHECK(world.found(clerk, "某某建设").empty());
    CHECK(world.found(world.person(Role::dispatcher), "某某建设") == FoundNumbers{number});
}

TEST_CASE("another key finds all tickets again and leaves nothing of the old one") {
    SearchWorld world;
    const FoundNumbers all{world.accepted(), world.accepted(), world.accepted(), world.accepted()};
    world.index();
    const auto before = world.count("SELECT COUNT(*) FROM person_key");
    CHECK(before == 8);
    const crypto::BlindIndex next("another key");
    world.catch_up(next);
    CHECK(world.count("SELECT COUNT(*) FROM person_key") == before);
    const auto dispatcher = world.person(Role::dispatcher);
    CHECK(world.found(dispatcher, "13800001111").empty());
    world.catch_up(world.blind);
    CHECK(world.found(dispatcher, "13800001111") == all);
    CHECK(world.count("SELECT complete FROM index_progress WHERE name='persons'") == 1);
}

TEST_CASE("Y5 enterprises are found by initials from the moment they are written") {
    SearchWorld world;
    world.run("DELETE FROM enterprise");
    world.run("DELETE FROM enterprise_initials");
    std::vector<ticketing::Enterprise> firms{
        registered(1, "渭南秦唐商贸有限公司"),
        registered(2, "渭南秦塘饭店"),
        registered(3, "长乐酒业"),
        registered(4, "KFC渭南店")
    };
    REQUIRE(world.auth.pool.transact_now([&](mysql::Connection& db) {
        return mysql::insert_entries(db, std::span<const ticketing::Enterprise>{firms});
    }));
    const std::vector<std::string> both{"渭南秦唐商贸有限公司", "渭南秦塘饭店"};
    CHECK(world.firms("wnqt") == both);
    CHECK(world.firms("WNQTSM") == std::vector<std::string>{both[0]});
    CHECK(world.firms("cl") == world.firms("zyjy"));
    CHECK(world.firms("zljy") == std::vector<std::string>{"长乐酒业"});
    CHECK(world.firms("kfcwn") == std::vector<std::string>{"KFC渭南店"});
    CHECK(world.firms("渭南秦") == both);
    CHECK(world.firms("qt").empty());

    mysql::EntryChange<ticketing::Enterprise> change{firms[1], firms[1], firms[1].name};
    change.after.name = "澄城塘饭店";
    REQUIRE(world.auth.pool.transact_now([&](mysql::Connection& db) -> Result<void> {
        auto writer = mysql::DirectoryWriter::open(db, {{}, "测试", {}, "api", {}});
        if (!writer) return std::unexpected(writer.error());
        return writer->write(change);
    }));
    CHECK(world.firms("wnqt") == std::vector<std::string>{both[0]});
    CHECK(world.firms("cct") == std::vector<std::string>{"澄城塘饭店"});

    // As after the migration: enterprises, and no initials yet.
    world.run("DELETE FROM enterprise_initials");
    CHECK(world.firms("wnqt").empty());
    world.run("UPDATE index_progress SET edition='', upto=9, complete=1 WHERE name='initials'");
    world.catch_up(world.blind);
    CHECK(world.firms("wnqt") == std::vector<std::string>{both[0]});
    CHECK(world.firms("zljy") == std::vector<std::string>{"长乐酒业"});
    world.run("DELETE FROM enterprise");
}

TEST_CASE("Y5 units and officials are found by initials of any part of the name") {
    TicketsWorld world;
    const auto agent = world.person(Role::agent);
    const auto names = [&](auto&& answer) {
        std::vector<std::string> all;
        const auto body = body_of(world.auth.run(std::move(answer)));
        for (const auto& one : body.at("items").as_array()) all.push_back(text(one.at("name")));
        return all;
    };
    auto request = agent.get();
    request.query = {{"q", "zg"}};
    CHECK(names(world.directory.officials(request)) == std::vector<std::string>{"张工"});
    request.query = {{"q", "工"}};
    CHECK(names(world.directory.officials(request)).size() == 3);
    const auto housing = std::to_string(world.small.unit("610526.housing").value);
    request.query = {{"q", "g"}, {"unit_id", housing}};
    CHECK(names(world.directory.officials(request)).size() == 2);
    request.query = {{"q", "zj"}, {"division", "610526"}};
    const auto units = names(world.directory.units(request));
    REQUIRE(units.size() == 1);
    CHECK(units[0].find("住建") != std::string::npos);
}
