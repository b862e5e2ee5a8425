#include "integrations/mysql/audit_store.hpp"
#include "server/actions/check_records.hpp"
#include "server/actions/sign_checkpoint.hpp"
#include "tests/integration/figures/line.hpp"
#include "tests/support/child_process.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace hotline;
using namespace std::chrono_literals;

namespace {

using Red = std::set<std::string>;

std::string words(const Red& red) {
    std::string all;
    for (const auto& name : red) all += name + " ";
    return all;
}

// A line with tickets in all sorts of states, everything derived, two checkpoints, some audit.
struct Checked : test::Line {
    test::TemporaryFolder folder;
    crypto::Signer signer = *crypto::Signer::open(folder.path() / "key.pem");
    actions::CheckSettings settings;

    Checked() {
        open(12, 40);
        live_on(5);
        derive();
        sign();
        live_on(4);
        derive();
        sign();
        run("DELETE FROM outbox");
        settings.now = *newest_event() + 1min;
        in_transaction([this](mysql::Connection& db) {
            mysql::AuditEntry entry{.at = settings.now, .action = "test"};
            for (int i = 0; i < 3; ++i) {
                if (auto done = mysql::append_audit(db, entry, crypto::sm3); !done) return done;
            }
            return Result<void>{};
        });
        // The walk's time is not the test's: no card is owed in it.
        run("UPDATE ticket SET next_fire_at=NULL");
    }

    void sign() {
        in_transaction([this](mysql::Connection& db) {
            return actions::sign_checkpoint(db, signer, ticketing::Instant{1h}, 1'000);
        });
    }
    Result<ticketing::Instant> newest_event() {
        return *in_transaction([](mysql::Connection& db) -> Result<ticketing::Instant> {
            const auto rows = db.query("SELECT MAX(at) FROM ticket_event");
            if (!rows) return std::unexpected(rows.error());
            return rows->front().time(0);
        });
    }
    Red red() {
        const auto results = pool.read_now([this](mysql::Connection& db) {
            return actions::check_records(db, signer, settings);
        });
        REQUIRE(results);
        Red names;
        for (const auto& result : *results) {
            if (result.ok()) continue;
            CHECK_FALSE(result.first.empty());
            names.insert(result.name);
        }
        return names;
    }
};

}  // namespace

TEST_CASE("a line that is whole passes every check, and each has something to look at") {
    Checked line;
    const auto results = line.pool.read_now([&](mysql::Connection& db) {
        return actions::check_records(db, line.signer, line.settings);
    });
    REQUIRE(results);
    CHECK(results->size() == 11);
    for (const auto& result : *results) {
        CAPTURE(result.name);
        CAPTURE(result.first);
        CHECK(result.ok());
        const bool may_be_none =
            result.name == "stuck" || result.name == "frozen" || result.name == "handovers";
        if (!may_be_none) CHECK(result.looked_at > 0);
    }
}

TEST_CASE("a line that goes on while it is checked passes: work waiting its turn is no fault") {
    Checked line;
    line.live_on(2);
    line.settings.now = *line.newest_event() + 1min;
    line.run("UPDATE ticket SET next_fire_at=NULL");
    line.run("DELETE FROM outbox");
    auto red = line.red();
    red.erase("stuck");  // the lives' times differ by weeks
    CHECK(red == Red{});
}

TEST_CASE("each check turns red for what it is for, and no other does") {
    struct Case {
        std::string_view what;
        std::vector<std::string> deeds;
        Red red;
    };
    const std::vector<Case> cases{
        {"a number that is not its ticket's",
         {"UPDATE ticket SET number='WN2026030100000999' WHERE id=3"},
         {"numbers"}},
        {"a further number without a ticket",
         {"INSERT INTO ticket_alias (number, ticket_id) VALUES ('WN2026030100009990', 4711)"},
         {"numbers"}},
        {"an appeal put aside whose stub is gone",
         {"INSERT INTO dead_letter (stream_id, ticket_id, payload, error, at) "
          "VALUES ('1-1', 4711, '', '', NOW())"},
         {"appeals"}},
        {"a sentence changed in the log",
         {"UPDATE ticket_event SET reason='nothing happened' WHERE ticket_id=2 AND seq=2"},
         {"event_chains"}},
        {"a dispatch, which the figures count, taken out of the middle of a log",
         {"DELETE e FROM ticket_event e JOIN "
          "(SELECT MIN(id) AS id FROM ticket WHERE state=4 AND type<6) handled "
          "ON handled.id=e.ticket_id WHERE e.to_state=3 AND e.from_state=2"},
         {"event_chains", "rollups", "ticket_rows"}},
        {"a result that a row has from elsewhere",
         {"UPDATE ticket SET result_text='all is well' WHERE id=2"},
         {"ticket_rows"}},
        {"a count that was put right by hand",
         {"UPDATE ticket SET dispatch_count=dispatch_count+1 WHERE id=3"},
         {"ticket_rows"}},
        {"a row that says another state than its log",
         {"UPDATE ticket SET state=IF(state=10,9,10) WHERE id=2"},
         {"ticket_rows"}},
        {"the end of a ticket taken off its log, before any checkpoint named it",
         {"DELETE FROM chain_checkpoint_entry",
          "DELETE FROM chain_checkpoint",
          "DELETE e FROM ticket_event e JOIN ticket t ON t.id=e.ticket_id AND t.last_seq=e.seq "
          "JOIN (SELECT MIN(id) AS id FROM ticket WHERE state IN (9, 11, 13)) ended ON "
          "ended.id=t.id"},
         {"ticket_rows", "rollups"}},
        {"a signature made up",
         {"UPDATE chain_checkpoint SET signature=CONCAT(LEFT(signature, 22), 'AAAA') WHERE id=2"},
         {"checkpoints"}},
        {"a checkpoint taken out", {"DELETE FROM chain_checkpoint WHERE id=1"}, {"checkpoints"}},
        {"an entry taken out of a checkpoint",
         {"DELETE FROM chain_checkpoint_entry WHERE checkpoint_id=2 LIMIT 1"},
         {"checkpoints"}},
        {"a whole ticket taken out with everything derived from it",
         {"DELETE FROM ticket WHERE id=2",
          "DELETE FROM ticket_event WHERE ticket_id=2",
          "DELETE FROM ticket_facts WHERE ticket_id=2"},
         {"checkpoints", "rollups"}},
        {"an open ticket without a clock",
         {"UPDATE ticket SET clocks='[]' WHERE state<9"},
         {"clocks"}},
        {"a card nobody gave", {"UPDATE ticket SET next_fire_at='2026-01-01' LIMIT 1"}, {"stuck"}},
        {"a notice nobody sent",
         {"INSERT INTO outbox (ticket_id, seq, next_at) VALUES (1, 1, '2026-01-01')"},
         {"stuck"}},
        {"a change nobody was told of",
         {"INSERT INTO notice_todo (ticket_id, seq, rank_no) SELECT ticket_id, seq, 3 FROM "
          "ticket_event ORDER BY at LIMIT 1"},
         {"stuck"}},
        {"a notice without end",
         {"INSERT INTO notice (ticket_id, seq, receiver, occasion, standing, urgency, at, made_at) "
          "VALUES (1, 1, 1, 1, 1, 1, '2026-01-01', '2026-01-01')"},
         {"stuck"}},
        {"work nobody derived",
         {"INSERT INTO derive_todo (ticket_id) SELECT ticket_id FROM ticket_event "
          "ORDER BY at LIMIT 1"},
         {"stuck"}},
        {"a text nobody indexed",
         {"INSERT INTO search_todo (ticket_id, part) SELECT ticket_id, 1 FROM ticket_event "
          "ORDER BY at LIMIT 1"},
         {"stuck"}},
        {"a ticket that has waited for a partner for years, and nobody was told",
         {"INSERT INTO handover (ticket_id, partner_id, next_at, queued_at) SELECT ticket_id, 1, "
          "'2020-01-01', '2020-01-01' FROM ticket_event LIMIT 1"},
         {"handovers"}},
        {"a refusal nobody heard of",
         {"INSERT INTO handover (ticket_id, partner_id, state, next_at, queued_at) SELECT "
          "ticket_id, 1, 6, '2030-01-01', '2030-01-01' FROM ticket_event LIMIT 1"},
         {"handovers"}},
        {"a figure improved by hand", {"UPDATE rollup SET amount=amount+1 LIMIT 1"}, {"rollups"}},
        {"a figure that no ticket stands for",
         {"INSERT INTO rollup VALUES (5, '2020-01-01', 1, 0, '', 0, 1, 1, '', 24, 1)"},
         {"rollups"}},
        {"a ticket taken out of those behind a figure",
         {"DELETE FROM kpi_source ORDER BY month, ticket_id LIMIT 1"},
         {"rollups"}},
        {"a ticket put behind a figure it does not count in",
         {"UPDATE kpi_source SET metrics=metrics | (1 << 28) LIMIT 1"},
         {"rollups"}},
        {"a log that waits unnoticed",
         {"UPDATE ticket_facts SET upto_seq=0 WHERE ticket_id=2"},
         {"rollups"}},
        {"a line of the audit changed", {"UPDATE audit SET action='nothing' WHERE seq=2"}, {"audit"}
        },
    };
    for (const Case& test : cases) {
        CAPTURE(test.what);
        Checked line;
        REQUIRE(line.red() == Red{});
        for (const std::string& deed : test.deeds) line.run(deed);
        CHECK(words(line.red()) == words(test.red));
    }
}

TEST_CASE("a ticket without a log is found") {
    Checked line;
    line.open(1, 77);
    line.run("DELETE FROM ticket_event WHERE ticket_id=13");
    line.run("DELETE FROM derive_todo");
    line.run("DELETE FROM outbox");
    line.run("UPDATE ticket SET next_fire_at=NULL");
    CHECK(line.red() == Red{"ticket_rows"});
}

TEST_CASE("keys that two tickets share are found had the index been dropped, and shared numbers") {
    Checked line;
    line.run("ALTER TABLE ticket DROP KEY ticket_intake");
    line.run("UPDATE ticket SET idempotency_key='same' WHERE id IN (1, 9)");
    const auto keys = line.red();
    line.run("UPDATE ticket SET idempotency_key=CONCAT('key-', id)");
    line.run("ALTER TABLE ticket ADD UNIQUE KEY ticket_intake (channel, idempotency_key)");
    CHECK(keys == Red{"appeals"});
    line.run("UPDATE ticket a JOIN ticket b ON b.id=1 SET a.number=b.number WHERE a.id=2");
    const auto numbers = line.red();
    CHECK(numbers == Red{"numbers"});
}

TEST_CASE("checkpoints name only what grew, each is linked to the one before") {
    Checked line;
    CHECK(line.number("SELECT COUNT(*) FROM chain_checkpoint") == 2);
    CHECK(line.number("SELECT COUNT(*) FROM chain_moved") == 0);
    line.sign();
    CHECK(line.number("SELECT COUNT(*) FROM chain_checkpoint") == 2);  // nothing grew
    line.open(1, 500);
    line.derive();
    line.sign();
    CHECK(line.number("SELECT entries FROM chain_checkpoint WHERE id=3") == 1);
    const auto first =
        line.in_transaction([](mysql::Connection& db) { return mysql::read_checkpoints(db); });
    CHECK(actions::signature_holds(first->front(), line.signer));
    auto altered = first->front();
    altered.at += 1ms;
    CHECK_FALSE(actions::signature_holds(altered, line.signer));
}

TEST_CASE("checkpoints of another key are red") {
    Checked line;
    line.signer = *crypto::Signer::open(line.folder.path() / "other.pem");
    CHECK(line.red() == Red{"checkpoints"});
}
