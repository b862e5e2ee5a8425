#include "server/city/lay_down.hpp"

#include "integrations/mysql/directory_writer.hpp"
#include "integrations/mysql/policy_store.hpp"
#include "integrations/mysql/seed_store.hpp"
#include "server/city/accounts.hpp"
#include "server/city/cards.hpp"
#include "server/city/demo_accounts.hpp"
#include "server/city/demo_articles.hpp"
#include "server/city/enterprises.hpp"
#include "server/city/import/import.hpp"
#include "server/city/officials.hpp"
#include "sla/policy.hpp"
#include "sla/policy_text.hpp"

namespace hotline::city {
namespace {

using ticketing::Enterprise;

constexpr std::size_t chunk = 5'000;
constexpr std::string_view calendar_source =
    "国务院办公厅关于2024、2025、2026年部分节假日安排的通知 (gov.cn 6911528, 6986383, 7047091)";

// Everything but the enterprises: small enough for one transaction, and written last, so that units
// in the table mean a seed that came to its end.
struct Base {
    reference::Reference reference;
    std::vector<ticketing::Official> officials;
    std::vector<ticketing::organisation::Card> cards;
    std::size_t articles = 0;
};

Result<void> write_base(mysql::Connection& db, Base& base, ticketing::Instant at) {
    if (auto r = mysql::insert_places(db, base.reference.places); !r) return r;
    if (auto r = mysql::insert_duties(db, base.reference.duties); !r) return r;
    if (auto r = mysql::insert_calendar(db, base.reference.days, calendar_source, at); !r) return r;
    const auto policy = sla::default_policy();
    // In force from the beginning: tickets imported with an earlier date need limits, too.
    const auto valid_from = ticketing::Instant{};
    if (auto r = mysql::insert_policy(
            db, {policy.version, sla::to_text(policy), valid_from, "随程序提供", {}, {}, {}}
        );
        !r) {
        return r;
    }
    std::vector<mysql::StaffedOfficial> staff;
    for (const auto& official : base.officials) {
        staff.push_back({official, staff_number(official.id), true});
    }
    if (auto r = mysql::insert_officials(db, staff, at); !r) return r;
    for (auto& card : base.cards) card.since = sla::local_day(at);
    if (auto r = mysql::insert_entries<ticketing::organisation::Card>(db, base.cards); !r) {
        return r;
    }
    if (auto r = mysql::insert_entries<ticketing::Unit>(db, base.reference.units); !r) return r;
    const auto articles = import_text(
        db, demo_articles, {.kind = ImportKind::knowledge, .apply = true, .demonstration = true}, at
    );
    if (!articles) return std::unexpected(articles.error());
    base.articles = articles->rows;
    if (articles->problems.empty()) return mysql::raise_directory_revision(db);
    return fail(ErrorCode::internal, "demo_articles.csv: " + articles->problems.front().reason);
}

Result<void> in_transaction(mysql::Connection& db, const auto& work) {
    if (auto begun = db.begin(); !begun) return begun;
    if (auto worked = work(); !worked) {
        (void)db.rollback();
        return worked;
    }
    return db.commit();
}

// Writes the enterprises in chunks and notes who gets a card.
Result<void> write_enterprises(mysql::Connection& db, const Plan& plan, Base& base) {
    const EnterpriseSource source{base.reference, plan.seed};
    const CardSource cards{base.reference.units, base.officials, plan.seed};
    std::vector<Enterprise> firms;
    for (std::uint64_t n = 0; n < plan.enterprises;) {
        firms.clear();
        while (n < plan.enterprises && firms.size() < chunk) {
            firms.push_back(source.enterprise(n++));
            if (const auto holder = cards.holder(firms.back())) {
                base.cards.push_back({.enterprise = firms.back().id, .official = *holder});
            }
        }
        const auto written =
            in_transaction(db, [&] { return mysql::insert_entries<Enterprise>(db, firms); });
        if (!written) return written;
        if (plan.reached) plan.reached(n);
    }
    return {};
}

// An interrupted run left enterprises without units: they go, as everything does under force.
Result<std::optional<Refusal>> make_room(mysql::Connection& db, bool force) {
    const auto found = mysql::contents(db);
    if (!found) return std::unexpected(found.error());
    if (found->tickets > 0) return Refusal::has_tickets;
    if (found->units > 0 && !force) return Refusal::laid_down_already;
    if (found->real_enterprises > 0 && !force) return Refusal::has_real_enterprises;
    const auto cleared = in_transaction(db, [&] { return mysql::clear_city(db); });
    if (!cleared) return std::unexpected(cleared.error());
    return std::nullopt;
}

}  // namespace

Result<Outcome> lay_down(
    mysql::Connection& db,
    const config::Settings& settings,
    const Plan& plan,
    ticketing::Instant now
) {
    const auto refusal = make_room(db, plan.force);
    if (!refusal) return std::unexpected(refusal.error());
    if (*refusal) return Outcome{**refusal, {}};

    Base base;
    auto parsed = reference::parse(reference::embedded_files());
    if (!parsed) return std::unexpected(parsed.error());
    base.reference = std::move(*parsed);
    base.officials = make_officials(base.reference, plan.seed);
    if (auto r = write_enterprises(db, plan, base); !r) return std::unexpected(r.error());

    const auto people = demo_accounts(base.reference, base.officials);
    const auto written = in_transaction(db, [&]() -> Result<void> {
        if (auto r = write_base(db, base, now); !r) return r;
        if (!settings.demo.enabled) return {};
        return write_demo_accounts(db, settings, people, now);
    });
    if (!written) return std::unexpected(written.error());
    Amounts amounts;
    amounts.divisions = base.reference.places.size();
    amounts.units = base.reference.units.size();
    amounts.officials = base.officials.size();
    amounts.topics = base.reference.duties.size();
    amounts.enterprises = plan.enterprises;
    amounts.cards = base.cards.size();
    amounts.articles = base.articles;
    amounts.accounts = settings.demo.enabled ? people.size() : 0;
    return Outcome{std::nullopt, amounts};
}

}  // namespace hotline::city
