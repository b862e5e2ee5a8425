#include "integrations/mysql/freeze_store.hpp"
#include "server/actions/check_records.hpp"
#include "server/actions/freeze_period.hpp"
#include "server/actions/frozen_statement.hpp"
#include "sla/date_text.hpp"
#include "sla/kpi.hpp"
#include "tests/integration/figures/line.hpp"
#include "tests/support/child_process.hpp"
#include "ticketing/facts.hpp"

#include <doctest/doctest.h>

using namespace hotline;
using namespace std::chrono_literals;

namespace {

constexpr sla::LocalDay march_1{
    std::chrono::sys_days{std::chrono::year{2026} / 3 / 1}.time_since_epoch()
};
constexpr sla::LocalDay march_31 = march_1 + std::chrono::days{30};

// A March lived through, and the office that publishes it.
struct Publisher : test::Line {
    test::TemporaryFolder folder;
    crypto::Signer signer = *crypto::Signer::open(folder.path() / "key.pem");
    actions::FreezeOrder order{
        .from = march_1,
        .to = march_31,
        .by = {9},
        .by_name = "督办员",
        .now = std::chrono::sys_days{std::chrono::year{2026} / 5 / 20},
        .calendar_version = 1,
        .policy_version = 1,
    };

    Publisher() {
        open(30, 700);
        live_on(12);
        derive();
    }
    Result<mysql::Freeze> freeze() {
        return pool.transact_now([this](mysql::Connection& db) {
            return actions::freeze_period(db, signer, world.calendar, order);
        });
    }
    actions::CheckResult verified(const mysql::Freeze& freeze) {
        actions::CheckResult result{.name = "frozen"};
        const auto done = pool.read_now([&](mysql::Connection& db) {
            return actions::verify_freeze(db, signer, freeze, result);
        });
        REQUIRE(done);
        return result;
    }
    sla::PeriodFigures figures(const mysql::Freeze& freeze) {
        return *in_transaction([&](mysql::Connection& db) {
            return mysql::read_figures(db, freeze.id);
        });
    }
    // Counted without add_to().
    std::int64_t counted(sla::Metric metric) const {
        std::int64_t sum = 0;
        for (const test::Life& life : lives) {
            for (const auto& [key, amount] :
                 sla::contributions(*ticketing::facts_of(life.walk().events()))) {
                const bool inside = key.day >= march_1 && key.day <= march_31;
                if (key.metric == metric && inside) sum += amount;
            }
        }
        return sum;
    }
};

}  // namespace

TEST_CASE("S39: a frozen month holds what the logs gave, whole and by every group") {
    Publisher line;
    const auto frozen = line.freeze();
    REQUIRE(frozen);
    CHECK(frozen->revision == 1);
    CHECK(frozen->tickets > 10);
    CHECK(frozen->definitions.starts_with("closing_rate 1,on_time_rate 1,"));
    const auto figures = line.figures(*frozen);
    CHECK(figures.size() == frozen->figures);
    for (const auto& [metric, word] : names_of(sla::Metric{})) {
        if (!sla::is_of_rates(metric)) continue;
        CAPTURE(std::string(word));
        std::map<sla::Dimension, std::int64_t> sums;
        for (const auto& [key, amount] : figures) {
            if (key.metric == metric) sums[key.dimension] += amount;
        }
        for (const auto dimension : sla::frozen_dimensions) {
            CHECK(sums[dimension] == line.counted(metric));
        }
    }
    const auto verdict = line.verified(*frozen);
    CAPTURE(verdict.first);
    CHECK(verdict.ok());
    CHECK(verdict.looked_at == frozen->figures);
}

TEST_CASE("S39: what happens to the tickets afterwards changes nothing of what was published") {
    Publisher line;
    const auto frozen = line.freeze();
    REQUIRE(frozen);
    const auto before = line.figures(*frozen);
    line.live_on(30);
    line.open(5, 900);
    line.live_on(5);
    line.derive();
    CHECK(line.figures(*frozen) == before);
    CHECK(line.verified(*frozen).ok());
    line.order.reason = "补录了三月的工单";
    const auto corrected = line.freeze();
    REQUIRE(corrected);
    CHECK(corrected->revision == 2);
    CHECK(line.figures(*corrected) != before);
    CHECK(line.verified(*corrected).ok());
    CHECK(line.verified(*frozen).ok());
    const auto all =
        line.in_transaction([](mysql::Connection& db) { return mysql::list_freezes(db); });
    REQUIRE(all->size() == 2);
    CHECK(all->front().revision == 2);
    CHECK(all->front().reason == "补录了三月的工单");
}

TEST_CASE("S39: work that waits to be derived is in the frozen figures all the same") {
    Publisher line;
    line.live_on(6);  // not derived
    const auto frozen = line.freeze();
    REQUIRE(frozen);
    CHECK(line.verified(*frozen).ok());
    const auto figures = line.figures(*frozen);
    const auto found = figures.find({sla::Dimension::none, "", sla::Metric::dispatched});
    REQUIRE(found != figures.end());
    CHECK(found->second == line.counted(sla::Metric::dispatched));
}

TEST_CASE("S40: not before the twentieth working day after, and a correction says why") {
    Publisher line;
    const auto settled = line.world.calendar.add_workdays(march_31, 20).day;
    const auto midnight = std::chrono::sys_days{settled.time_since_epoch()} - 8h;
    line.order.now = midnight - 1ms;
    const auto early = line.freeze();
    REQUIRE_FALSE(early);
    CHECK(early.error().detail == "period_settled");
    line.order.now = midnight;
    REQUIRE(line.freeze());
    const auto again = line.freeze();
    REQUIRE_FALSE(again);
    CHECK(again.error().detail == "correction_explained");
    std::swap(line.order.from, line.order.to);
    CHECK(line.freeze().error().code == ErrorCode::validation_failed);
}

TEST_CASE("S39: whatever is altered of a published month, or of the logs behind it, is found") {
    struct Case {
        std::string_view what;
        std::string deed;
    };
    const Case cases[] = {
        {"a better figure",
         "UPDATE kpi_freeze_figure SET amount=amount+1 WHERE dimension=1 AND metric=3"},
        {"a figure taken out", "DELETE FROM kpi_freeze_figure WHERE dimension=3 LIMIT 1"},
        {"a ticket taken out of the evidence", "DELETE FROM kpi_freeze_ticket LIMIT 1"},
        {"a ticket read less far",
         "UPDATE kpi_freeze_ticket SET upto_seq=upto_seq-1 WHERE upto_seq>2 LIMIT 1"},
        {"another day of publication", "UPDATE kpi_freeze SET frozen_at='2026-05-21'"},
        {"another name under it", "UPDATE kpi_freeze SET frozen_by_name='别人'"},
        {"an unknown definition",
         "UPDATE kpi_freeze SET definitions=REPLACE(definitions, 'on_time_rate 1', 'on_time_rate "
         "9')"},
        {"a log cut off",
         "DELETE e FROM ticket_event e JOIN (SELECT MIN(ticket_id) AS id FROM kpi_freeze_ticket) "
         "one ON one.id=e.ticket_id WHERE e.seq>1"},
        {"a word of a log changed", "UPDATE ticket_event SET reason='x' WHERE seq=1"},
        {"a log gone",
         "DELETE e FROM ticket_event e JOIN (SELECT MAX(ticket_id) AS id FROM kpi_freeze_ticket) "
         "one ON one.id=e.ticket_id"},
    };
    for (const Case& test : cases) {
        CAPTURE(test.what);
        Publisher line;
        const auto frozen = line.freeze();
        REQUIRE(frozen);
        REQUIRE(line.verified(*frozen).ok());
        line.run(test.deed);
        const auto now = line.in_transaction([&](mysql::Connection& db) {
            return mysql::find_freeze(db, frozen->id);
        });
        const auto verdict = line.verified(**now);
        CHECK_FALSE(verdict.ok());
        CHECK_FALSE(verdict.first.empty());
    }
    Publisher line;
    const auto frozen = line.freeze();
    REQUIRE(frozen);
    line.signer = *crypto::Signer::open(line.folder.path() / "other.pem");
    CHECK_FALSE(line.verified(*frozen).ok());
}

TEST_CASE("S38: the tickets behind a published figure are as many as it says, years later") {
    Publisher line;
    const auto frozen = line.freeze();
    REQUIRE(frozen);
    line.live_on(30);
    line.derive();
    const auto figures = line.figures(*frozen);
    for (const auto& rate : sla::rate_definitions()) {
        if (!rate.numerator) continue;
        CAPTURE(std::string(name(rate.code)));
        for (const auto metric : {*rate.numerator, *rate.denominator}) {
            actions::CasesAsked asked{
                .filter = {.from = march_1, .to = march_31}, .plus = {metric}, .limit = 4
            };
            std::int64_t times = 0;
            for (;;) {
                const auto page = line.in_transaction([&](mysql::Connection& db) {
                    return actions::list_frozen_cases(db, *frozen, asked);
                });
                for (const auto& found : page->cases) times += found.times;
                if (!page->next) break;
                asked.after = mysql::SourcePlace{{}, *page->next};
            }
            const auto found = figures.find({sla::Dimension::none, "", metric});
            CHECK(times == (found == figures.end() ? 0 : found->second));
        }
    }
}
