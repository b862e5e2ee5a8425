#include "sla/kpi.hpp"

#include "integrations/crypto/digest.hpp"
#include "integrations/crypto/signature.hpp"
#include "integrations/mysql/audit_store.hpp"
#include "integrations/mysql/freeze_store.hpp"
#include "server/actions/freeze_period.hpp"
#include "server/calendar/local_text.hpp"
#include "server/city.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/database.hpp"
#include "server/now.hpp"
#include "sla/date_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>

namespace hotline::cli {
namespace {

using actions::CheckResult;
using mysql::Freeze;

struct Period {
    sla::LocalDay from;
    sla::LocalDay to;
};

// "2026-10": the month; "2026": the year; "2026-10-01..2026-10-10".
std::optional<Period> period_of(const std::string& text) {
    const auto day = [](const std::string& date) { return calendar::date_of(date); };
    if (const auto dots = text.find(".."); dots != text.npos) {
        const auto from = day(text.substr(0, dots));
        const auto to = day(text.substr(dots + 2));
        if (!from || !to) return std::nullopt;
        return Period{*from, *to};
    }
    const bool year = text.size() == 4;
    const auto from = day(text + (year ? "-01-01" : "-01"));
    if (!from) return std::nullopt;
    const std::chrono::year_month_day first{*from};
    const auto last_month = first.year() / (year ? std::chrono::December : first.month());
    return Period{*from, sla::LocalDay{last_month / std::chrono::last}};
}

Result<crypto::Signer> key_of(const config::Settings& settings) {
    const std::string& file = settings.secrets.checkpoint_key_file;
    if (!std::filesystem::exists(file)) {
        return fail(ErrorCode::internal, "there is no checkpoint key at " + file);
    }
    return crypto::Signer::open(file);
}

int refused(const Error& error) {
    if (error.detail == "period_settled") {
        fmt::print(stderr, "The period is not settled yet ([kpi] freeze_after_workdays).\n");
    } else if (error.detail == "correction_explained") {
        fmt::print(stderr, "The period is published: a correction needs --reason.\n");
    } else {
        fmt::print(stderr, "Not done: {} {}\n", name(error.code), error.detail);
    }
    return 1;
}

std::string title(const Freeze& freeze) {
    return fmt::format(
        "{} to {}, revision {}, frozen {} by {}: {} tickets, SM3 {}",
        sla::date_text(freeze.from),
        sla::date_text(freeze.to),
        freeze.revision,
        sla::date_text(sla::local_day(freeze.at)),
        freeze.by_name,
        freeze.tickets,
        crypto::hex(freeze.digest)
    );
}

Result<Freeze> freeze_now(
    mysql::Connection& db, const config::Settings& settings, const KpiOptions& options
) {
    const auto period = period_of(options.period);
    if (!period) return fail(ErrorCode::invalid_format, "2026-10, 2026 or 2026-10-01..2026-10-10");
    const auto now = hotline::now();
    const auto signer = key_of(settings);
    if (!signer) return std::unexpected(signer.error());
    const auto city = read_city(db, now);
    if (!city) return std::unexpected(city.error());
    const actions::FreezeOrder order{
        .from = period->from,
        .to = period->to,
        .by_name = "command line",
        .reason = options.reason,
        .now = now,
        .settled_after = static_cast<int>(settings.kpi.freeze_after_workdays),
        .calendar_version = static_cast<int>((*city)->calendar.version()),
        .policy_version = static_cast<int>((*city)->policy.version),
    };
    if (auto begun = db.begin(); !begun) return std::unexpected(begun.error());
    auto frozen = actions::freeze_period(db, *signer, (*city)->calendar, order);
    if (!frozen) return frozen;
    const mysql::AuditEntry entry{
        .at = now, .action = "kpi.freeze", .object = "period:" + options.period
    };
    if (auto noted = mysql::append_audit(db, entry, crypto::sm3); !noted) {
        return std::unexpected(noted.error());
    }
    if (auto done = db.commit(); !done) return std::unexpected(done.error());
    return frozen;
}

void print_rates(const sla::PeriodFigures& figures) {
    sla::PeriodSums sums;
    for (const auto& [key, amount] : figures) {
        if (key.dimension == sla::Dimension::none) sums.counts[key.metric] = amount;
    }
    for (const sla::RateResult& rate : sla::compute_all(sums)) {
        if (!sla::definition(rate.code).numerator) continue;
        fmt::print(
            "  {:<28} v{} {:>8} / {:<8} {}\n",
            name(rate.code),
            rate.definition_version,
            rate.numerator,
            rate.denominator,
            rate.rate ? text(*rate.rate) + " %" : "-"
        );
    }
}

// Of one period, or all.
Result<std::vector<Freeze>> chosen(mysql::Connection& db, const std::string& period) {
    auto freezes = mysql::list_freezes(db);
    if (!freezes || period.empty()) return freezes;
    const auto wanted = period_of(period);
    if (!wanted) return fail(ErrorCode::invalid_format, "2026-10, 2026 or 2026-10-01..2026-10-10");
    std::erase_if(*freezes, [&](const Freeze& freeze) {
        return freeze.from != wanted->from || freeze.to != wanted->to;
    });
    return freezes;
}

int show(mysql::Connection& db, const KpiOptions& options) {
    const auto freezes = chosen(db, options.period);
    if (!freezes) return refused(freezes.error());
    for (const Freeze& freeze : *freezes) {
        fmt::print("{}\n", title(freeze));
        if (options.period.empty()) continue;
        const auto figures = mysql::read_figures(db, freeze.id);
        if (!figures) return refused(figures.error());
        print_rates(*figures);
    }
    return 0;
}

int verify(mysql::Connection& db, const config::Settings& settings, const KpiOptions& options) {
    const auto signer = key_of(settings);
    if (!signer) return refused(signer.error());
    const auto freezes = chosen(db, options.period);
    if (!freezes) return refused(freezes.error());
    bool intact = true;
    for (const Freeze& freeze : *freezes) {
        CheckResult result{.name = "frozen"};
        const auto done = actions::verify_freeze(db, *signer, freeze, result);
        if (!done) return refused(done.error());
        fmt::print("{} {}\n", result.ok() ? "ok   " : "WRONG", title(freeze));
        if (!result.ok()) fmt::print("      {} wrong; first: {}\n", result.wrong, result.first);
        intact = intact && result.ok();
    }
    return intact ? 0 : 1;
}

}  // namespace

int kpi(const config::Settings& settings, const KpiOptions& options) {
    const auto opened = Database::open(settings);
    if (!opened) return 1;
    mysql::Connection& db = **opened;
    switch (options.deed) {
        case KpiDeed::freeze: {
            const auto frozen = freeze_now(db, settings, options);
            if (!frozen) return refused(frozen.error());
            fmt::print("{}\n", title(*frozen));
            return 0;
        }
        case KpiDeed::verify:
            return verify(db, settings, options);
        case KpiDeed::show:
            break;
    }
    return show(db, options);
}

}  // namespace hotline::cli
