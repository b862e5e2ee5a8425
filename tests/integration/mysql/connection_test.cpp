#include "integrations/mysql/connection.hpp"

#include "integrations/mysql/query_text.hpp"
#include "integrations/mysql/server_check.hpp"
#include "integrations/mysql/store_error.hpp"
#include "tests/support/private_stores.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

using namespace hotline;
using namespace hotline::mysql;
using namespace std::chrono_literals;

namespace {

struct TableOfThings {
    ThreadScope scope;
    Settings settings = test::mariadb().new_schema();
    Connection db = std::move(Connection::open(settings).value());

    TableOfThings() {
        REQUIRE(db.execute(
            "CREATE TABLE thing (id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, "
            "name VARCHAR(60) COLLATE utf8mb4_bin NOT NULL, n BIGINT NULL, u BIGINT UNSIGNED NULL, "
            "r DOUBLE NULL, at DATETIME(3) NULL, raw VARBINARY(300) NULL, txt LONGTEXT NULL, "
            "UNIQUE KEY uq_thing_name (name)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4"
        ));
    }
};

const Time noon =
    Time{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23}} + 12h + 34min + 56s + 789ms;

}  // namespace

TEST_CASE("every kind of value comes back as it was written, read by either protocol") {
    TableOfThings session;
    const std::int64_t least = std::numeric_limits<std::int64_t>::min();
    const std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
    const double third = 1.0 / 3.0;
    const auto written = session.db.execute(
        "INSERT INTO thing (name, n, u, r, at, txt) VALUES (?, ?, ?, ?, ?, ?)",
        {"a", least, most, third, noon, nullptr}
    );
    REQUIRE(written.value() == 1);

    const auto check = [&](const Row& row) {
        CHECK(row.text(0) == "a");
        CHECK(row.integer(1) == least);
        CHECK(row.unsigned_integer(2) == most);
        CHECK(row.real(3) == third);
        CHECK(row.time(4) == noon);
        CHECK(row.null(5));
        CHECK_FALSE(row.optional_string(5).has_value());
        CHECK(row.optional_time(4) == noon);
        return true;
    };
    constexpr std::string_view sql =
        "SELECT name, n, u, r, at, txt FROM thing WHERE n = ? AND u = ? AND at = ?";
    const auto rows = session.db.query(sql, {least, most, noon});
    REQUIRE(rows.value().size() == 1);
    check(rows->front());
    unsigned streamed = 0;
    REQUIRE(session.db.for_each(sql, {least, most, noon}, [&](const Row& row) {
        ++streamed;
        return check(row);
    }));
    CHECK(streamed == 1);
}

TEST_CASE("names with four-byte characters, quotes, marks and NULs survive as parameters") {
    TableOfThings session;
    const std::vector<std::string> names{
        "𠮷野家（渭南）𤭢",
        "O'Brien \\ \"x\" ?",
        std::string{"a\0b\0", 4},
        "\x1a\r\n%_;--",
        "'; DROP TABLE thing; -- "
    };
    for (const std::string& name : names) {
        CAPTURE(name);
        REQUIRE(session.db.execute("INSERT INTO thing (name) VALUES (?)", {name}));
        const auto rows = session.db.query("SELECT name FROM thing WHERE name = ?", {name});
        REQUIRE(rows.value().size() == 1);
        CHECK(rows->front().text(0) == name);
        std::string streamed;
        REQUIRE(session.db.for_each(
            "SELECT name, '?' FROM thing WHERE name = ?",
            {name},
            [&](const Row& row) {
                streamed = row.string(0);
                return true;
            }
        ));
        CHECK(streamed == name);
    }
}

TEST_CASE("bytes that are no UTF-8 are stored unchanged in a binary column") {
    TableOfThings session;
    std::string all;
    for (int byte = 0; byte < 256; ++byte) all += static_cast<char>(byte);
    REQUIRE(session.db.execute("INSERT INTO thing (name, raw) VALUES ('x', ?)", {all}));
    CHECK(session.db.query("SELECT raw FROM thing WHERE raw = ?", {all})->front().text(0) == all);
    unsigned found = 0;
    REQUIRE(session.db.for_each("SELECT raw FROM thing WHERE raw = ?", {all}, [&](const Row& row) {
        found += row.text(0) == all ? 1 : 0;
        return true;
    }));
    CHECK(found == 1);
}

TEST_CASE("a text over its column's length is refused, not cut") {
    TableOfThings session;
    const auto written =
        session.db.execute("INSERT INTO thing (name) VALUES (?)", {std::string(61, 'x')});
    REQUIRE_FALSE(written);
    CHECK(mysql_code(written.error()) == 1406);
    CHECK(session.db.query("SELECT COUNT(*) FROM thing")->front().integer(0) == 0);
}

TEST_CASE("a refused duplicate names its key and keeps the value out of the error") {
    TableOfThings session;
    REQUIRE(session.db.execute("INSERT INTO thing (id, name) VALUES (?, ?)", {7, "赵'某.x"}));
    const auto name = session.db.execute("INSERT INTO thing (name) VALUES (?)", {"赵'某.x"});
    REQUIRE_FALSE(name);
    CHECK(name.error().code == ErrorCode::conflict);
    CHECK(duplicate_key(name.error()) == "uq_thing_name");
    CHECK(name.error().detail.find("赵") == std::string::npos);
    const auto id = session.db.execute("INSERT INTO thing (id, name) VALUES (?, ?)", {7, "other"});
    CHECK(is_duplicate(id.error(), "PRIMARY"));
    CHECK(session.db.doomed_by() == 0);
}

TEST_CASE("an update that changes nothing still reports the row it found") {
    TableOfThings session;
    REQUIRE(session.db.execute("INSERT INTO thing (name, n) VALUES (?, ?)", {"a", 1}));
    CHECK(session.db.execute("UPDATE thing SET n = ? WHERE name = ?", {1, "a"}).value() == 1);
    CHECK(session.db.execute("UPDATE thing SET n = ? WHERE name = ?", {1, "b"}).value() == 0);
}

TEST_CASE("a batch of odd size arrives whole and in order") {
    TableOfThings session;
    InsertBatch batch{"thing", "name, n, at, txt"};
    for (int row = 0; row < 1'237; ++row)
        batch.add(
            {"企业" + std::to_string(row), row, noon + std::chrono::milliseconds{row}, nullptr}
        );
    CHECK(session.db.insert(batch).value() == 1'237);
    const auto rows = session.db.query("SELECT name, n, at FROM thing ORDER BY id");
    REQUIRE(rows->size() == 1'237);
    for (int row = 0; row < 1'237; ++row) {
        const Row found = (*rows)[static_cast<std::size_t>(row)];
        REQUIRE(found.text(0) == "企业" + std::to_string(row));
        REQUIRE(found.integer(1) == row);
        REQUIRE(found.time(2) == noon + std::chrono::milliseconds{row});
    }
}

TEST_CASE("columns with nothing in them are left out until one row of the batch has something") {
    TableOfThings session;
    for (const bool one_has_something : {false, true}) {
        CAPTURE(one_has_something);
        REQUIRE(session.db.execute("DELETE FROM thing"));
        InsertBatch batch{"thing", "name, n, at, txt"};
        batch.leave_out("n, at");
        batch.add({"a", nullptr, nullptr, "x"});
        batch.add({"b", one_has_something ? Param{7} : Param{nullptr}, nullptr, "y"});
        CHECK(batch.sent().size() == (one_has_something ? 4 : 2));
        CHECK(session.db.insert(batch).value() == 2);
        const auto rows = session.db.query("SELECT name, n, at, txt FROM thing ORDER BY name");
        REQUIRE(rows->size() == 2);
        CHECK((*rows)[0].null(1));
        CHECK((*rows)[0].text(3) == "x");
        CHECK(
            (*rows)[1].optional_integer(1) ==
            (one_has_something ? std::optional<std::int64_t>{7} : std::nullopt)
        );
        CHECK((*rows)[1].null(2));
        batch.clear();
        CHECK(batch.sent().size() == 2);
    }
}

TEST_CASE("a batch with a duplicate names the key and leaves the session usable") {
    TableOfThings session;
    InsertBatch batch{"thing", "name"};
    for (const char* name : {"a", "b", "a"}) batch.add({name});
    const auto inserted = session.db.insert(batch);
    REQUIRE_FALSE(inserted);
    CHECK(is_duplicate(inserted.error(), "uq_thing_name"));
    batch.clear();
    batch.add({"c"});
    CHECK(session.db.insert(batch).value() == 1);
}

TEST_CASE("more different statements than the cache holds keep working") {
    TableOfThings session;
    for (int round = 0; round < 2; ++round)
        for (int n = 0; n < 250; ++n) {
            const std::string sql = "SELECT ? + " + std::to_string(n);
            REQUIRE(session.db.query(sql, {1})->front().integer(0) == n + 1);
        }
    const auto open = session.db.query("SHOW STATUS LIKE 'Prepared_stmt_count'");
    CHECK(open->front().integer(1) <= 210);
}

TEST_CASE("statements are kept until their placeholders are too many, the longest of them alone") {
    TableOfThings session;
    const auto open = [&] {
        return session.db.query("SHOW STATUS LIKE 'Prepared_stmt_count'")->front().integer(1);
    };
    const auto count_of = [&](int n, std::size_t marks) {
        QueryText sql;
        sql.add("SELECT COUNT(*)+? FROM thing WHERE ", {n});
        std::vector<Param> ids(marks, Param{n});
        sql.add(QueryText::in("id+" + std::to_string(n), std::move(ids)));
        const auto rows = sql.run(session.db);
        REQUIRE(rows);
        CHECK(rows->front().integer(0) == n);
    };
    for (int n = 0; n < 10; ++n) count_of(n, 4096);
    CHECK(open() <= 4);
    count_of(10, 16'384);
    CHECK(open() == 1);
    count_of(11, 1);
    CHECK(open() == 1);
}

TEST_CASE("a streaming read can stop early and the session goes on") {
    TableOfThings session;
    InsertBatch batch{"thing", "name"};
    for (int row = 0; row < 3'000; ++row) batch.add({std::to_string(row)});
    REQUIRE(session.db.insert(batch));
    int seen = 0;
    REQUIRE(session.db.for_each("SELECT name FROM thing", {}, [&](const Row&) {
        return ++seen < 10;
    }));
    CHECK(seen == 10);
    CHECK(session.db.alive());
}

TEST_CASE("an answer nobody asked for does not poison the session") {
    TableOfThings session;
    REQUIRE(session.db.execute("SELECT 1 UNION SELECT 2"));
    REQUIRE(session.db.execute("SELECT ?", {1}));
    CHECK(session.db.alive());
}

TEST_CASE("a wrong number of parameters is our bug and never a success") {
    TableOfThings session;
    for (const auto& result : {
             session.db.execute("INSERT INTO thing (name, n) VALUES (?, ?)", {"a"}),
             session.db.execute("INSERT INTO thing (name) VALUES (?)", {"a", 2}),
         }) {
        REQUIRE_FALSE(result);
        CHECK(result.error().code == ErrorCode::internal);
        CHECK(session.db.doomed_by() != 0);
    }
}

TEST_CASE(
    "the session is strict, UTC, utf8mb4 and read committed, and says when the server is not safe"
) {
    TableOfThings session;
    CHECK(server_warnings(session.db).value().empty());
    REQUIRE(session.db.execute("SET GLOBAL innodb_flush_log_at_trx_commit = 2"));
    const auto warnings = server_warnings(session.db).value();
    REQUIRE(session.db.execute("SET GLOBAL innodb_flush_log_at_trx_commit = 1"));
    REQUIRE(warnings.size() == 1);
    CHECK(warnings.front().find("innodb_flush_log_at_trx_commit is 2") == 0);
}

TEST_CASE("a cut link ends a hanging statement at once and as lost") {
    TableOfThings session;
    const auto started = std::chrono::steady_clock::now();
    std::thread knife{[&] {
        std::this_thread::sleep_for(100ms);
        session.db.interrupt();
    }};
    const auto slept = session.db.query("SELECT SLEEP(20)");
    knife.join();
    REQUIRE_FALSE(slept);
    CHECK(slept.error().code == ErrorCode::store_unavailable);
    CHECK(std::chrono::steady_clock::now() - started < 5s);
    CHECK_FALSE(session.db.alive());
}

TEST_CASE("a wrong password or an absent server is store_unavailable") {
    const ThreadScope scope;
    Settings wrong = test::mariadb().settings();
    wrong.user = "nobody-here";
    wrong.password = "x";
    CHECK(Connection::open(wrong).error().code == ErrorCode::store_unavailable);
    Settings absent;
    absent.port = test::free_port();
    const auto started = std::chrono::steady_clock::now();
    CHECK(Connection::open(absent).error().code == ErrorCode::store_unavailable);
    CHECK(std::chrono::steady_clock::now() - started < 3s);
}
