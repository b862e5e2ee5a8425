#include "integrations/mysql/enterprise_store.hpp"
#include "integrations/mysql/ticket_row.hpp"
#include "server/actions/accept_appeals.hpp"
#include "server/actions/course.hpp"
#include "tests/integration/actions/desk.hpp"

#include <map>

using namespace hotline;
using namespace hotline::ticketing;
using test::Desk;

namespace {

std::map<std::string, std::string> defaults_of(Desk& desk, const std::string& table) {
    const auto rows = desk.pool.read_now([&](mysql::Connection& db) {
        return db.query(
            "SELECT column_name, COALESCE(column_default,'NULL') FROM information_schema.columns "
            "WHERE table_schema=DATABASE() AND table_name=?",
            {table}
        );
    });
    REQUIRE(rows);
    std::map<std::string, std::string> defaults;
    for (const auto row : *rows) defaults[row.string(0)] = row.string(1);
    return defaults;
}

std::vector<std::string> words_of(std::string_view columns) {
    std::vector<std::string> words(1);
    for (const char c : columns) {
        if (c == ',') words.emplace_back();
        if (c != ',' && c != ' ') words.back() += c;
    }
    return words;
}

void add_firm(Desk& desk, std::uint64_t id, const std::string& uscc, const std::string& phone) {
    const auto added = desk.pool.transact_now([&](mysql::Connection& db) {
        return db.execute(
            "INSERT INTO enterprise (id, uscc, name, phone) VALUES (?,?,?,?)",
            {id, uscc, "企业" + std::to_string(id), phone}
        );
    });
    REQUIRE(added);
}

actions::PromisedAppeal appeal(Desk& desk, const std::string& uscc, const std::string& phone) {
    actions::PromisedAppeal promised;
    promised.ticket_no = format_ticket_number(desk.now, ++desk.serial);
    promised.accepted_at = desk.now;
    promised.appeal.channel = Channel::web;
    promised.appeal.idempotency_key = promised.ticket_no;
    promised.appeal.title = "停电";
    promised.appeal.content = "厂区停电两天";
    promised.appeal.uscc = uscc;
    promised.appeal.appellant.phone = phone;
    return promised;
}

}  // namespace

TEST_CASE("what a newborn ticket leaves out, its table fills with nothing") {
    Desk desk;
    const auto check = [&](const std::string& table, std::string_view columns) {
        const auto defaults = defaults_of(desk, table);
        for (const std::string& column : words_of(columns)) {
            CAPTURE(column);
            REQUIRE(defaults.contains(column));
            const std::string& value = defaults.at(column);
            CHECK((value == "NULL" || value == "0" || value == "''" || value.empty()));
        }
    };
    check("ticket", mysql::ticket_later_columns);
}

TEST_CASE("a ticket is read as it was written, whether it left columns out or not") {
    Desk desk;
    const std::string young = desk.accepted();
    const std::string old = desk.accepted([](Ticket& t, const stage::City&) {
        t.urge_count = 2;
        t.result_text = "已恢复供电";
        t.refused_units = {{3}, {4}};
        t.callback_attempts = {{t.accepted_at, false}};
    });
    CHECK(desk.ticket(young).urge_count == 0);
    CHECK(desk.ticket(young).result_text.empty());
    CHECK(desk.ticket(young).refused_units.empty());
    CHECK(desk.ticket(old).urge_count == 2);
    CHECK(desk.ticket(old).result_text == "已恢复供电");
    CHECK(desk.ticket(old).refused_units == std::vector<UnitId>{{3}, {4}});
}

TEST_CASE("who wrote is known by code or by a number of one firm, whoever else is in the batch") {
    Desk desk;
    add_firm(desk, 1, "91610500AAAAAAAAA1", "0913-1111111");
    add_firm(desk, 2, "91610500AAAAAAAAA2", "0913-2222222");
    add_firm(desk, 3, "91610500AAAAAAAAA3", "0913-2222222");
    const std::vector<actions::PromisedAppeal> batch{
        appeal(desk, "91610500AAAAAAAAA1", ""),
        appeal(desk, "", "0913-1111111"),  // the same firm, named in two ways
        appeal(desk, "", "0913-2222222"),  // two share this one
        appeal(desk, "91610500AAAAAAAAA9", "0913-1111111"),
    };
    const auto accepted = desk.pool.transact_now([&](mysql::Connection& db) {
        return actions::accept_appeals(db, batch, desk.city, desk.loads, desk.now, true);
    });
    REQUIRE(accepted);
    CHECK((*accepted)[0].ticket.enterprise == EnterpriseId{1});
    CHECK((*accepted)[1].ticket.enterprise == EnterpriseId{1});
    CHECK_FALSE((*accepted)[2].ticket.enterprise);
    CHECK_FALSE((*accepted)[3].ticket.enterprise);
}

TEST_CASE("R10 who solved a firm's matter, as the firm says, is preferred for its next one") {
    Desk desk;
    add_firm(desk, 1, "91610500AAAAAAAAA1", "");
    desk.run("UPDATE enterprise SET division='610526'");
    const auto next = [&] {
        auto promised = appeal(desk, "91610500AAAAAAAAA1", "");
        promised.appeal.title = "施工许可";
        promised.appeal.content = "孙镇的厂房施工许可没批，工地停着";
        const auto accepted = desk.pool.transact_now([&](mysql::Connection& db) {
            auto loads = desk.loads;
            return actions::accept_appeals(db, {&promised, 1}, desk.city, loads, desk.now, true);
        });
        REQUIRE(accepted);
        return accepted->front().ticket;
    };
    const auto answered = [&](Solved solved, OfficialId official) {
        const std::string number = next().number;
        const auto stored = desk.pool.transact_now([&](mysql::Connection& db) -> Result<void> {
            const auto locked = mysql::lock_ticket(db, number);
            if (!locked) return std::unexpected(locked.error());
            actions::Course course(**locked);
            Ticket& after = course.changed();
            after.official = official;
            after.survey = Survey{solved, Satisfaction::satisfied, "phone", "", desk.now};
            ++after.version;
            Event event;
            event.ticket = after.id;
            event.act = Act::callback;
            event.at = desk.now;
            event.from = event.to = after.state;
            event.changes = "[]";
            course.log(std::move(event));
            return course.store(db);
        });
        REQUIRE(stored);
    };
    REQUIRE(next().official == desk.small.worker);
    answered(Solved::no, desk.small.colleague);
    CHECK(next().official == desk.small.worker);
    answered(Solved::yes, desk.small.colleague);
    answered(Solved::yes, desk.small.colleague);
    CHECK(desk.number_of("SELECT COUNT(*) FROM firm_solver") == 1);
    CHECK(next().official == desk.small.colleague);
}
