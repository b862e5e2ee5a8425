#include "server/city/import/import.hpp"

#include "integrations/mysql/directory_store.hpp"
#include "server/city/import/csv.hpp"
#include "server/city/import/steps.hpp"

#include <algorithm>

namespace hotline::city {
namespace {

constexpr std::size_t most_examples = 20;

std::span<const Column> columns_of(ImportKind kind) {
    switch (kind) {
        case ImportKind::officials:
            return official_columns();
        case ImportKind::enterprises:
            return enterprise_columns();
        case ImportKind::cards:
            return card_columns();
        case ImportKind::knowledge:
            return article_columns();
    }
    return {};
}

Result<void> run(ImportKind kind, const ImportStep& step, ImportReport& report) {
    switch (kind) {
        case ImportKind::officials:
            return import_officials(step, report);
        case ImportKind::enterprises:
            return import_enterprises(step, report);
        case ImportKind::cards:
            return import_cards(step, report);
        case ImportKind::knowledge:
            return import_articles(step, report);
    }
    return {};
}

}  // namespace

void note_change(ImportReport& report, std::size_t ImportReport::* count, std::string words) {
    ++(report.*count);
    if (report.examples.size() < most_examples) report.examples.push_back(std::move(words));
}

const ticketing::Division* find_division(
    const ticketing::Directory& directory, std::string_view named, ticketing::Division::Kind kind
) {
    const auto at = std::ranges::find_if(directory.divisions, [&](const auto& division) {
        return division.kind == kind && (division.code == named || division.name == named);
    });
    return at == directory.divisions.end() ? nullptr : &*at;
}

const ticketing::Unit* find_unit(const ticketing::Directory& directory, std::string_view named) {
    if (const auto* unit = directory.unit_by_code(named)) return unit;
    const auto at = std::ranges::find(directory.units, named, &ticketing::Unit::name);
    return at == directory.units.end() ? nullptr : &*at;
}

Result<ImportReport> import_text(
    mysql::Connection& db,
    std::string_view text,
    const ImportOptions& options,
    ticketing::Instant now
) {
    auto records = parse_csv(text);
    if (!records) return std::unexpected(records.error());
    const auto directory = mysql::read_directory(db);
    if (!directory) return std::unexpected(directory.error());
    const Table table{std::move(*records), columns_of(options.kind)};
    ImportReport report;
    report.rows = table.rows();
    report.problems = table.problems;
    const ImportStep step{db, table, *directory, now, options.apply, options.demonstration};
    if (auto done = run(options.kind, step, report); !done) return std::unexpected(done.error());
    std::ranges::stable_sort(report.problems, {}, &LineProblem::line);
    return report;
}

// Everything in one transaction, also the comparison: what was shown is what is written.
Result<ImportReport> import_file(
    mysql::Connection& db,
    std::string_view bytes,
    const ImportOptions& options,
    ticketing::Instant now
) {
    const auto text = to_utf8(bytes);
    if (!text) return std::unexpected(text.error());
    if (auto begun = db.begin(); !begun) return std::unexpected(begun.error());
    auto report = import_text(db, *text, options, now);
    if (!report || !options.apply || !report->problems.empty()) {
        const auto undone = db.rollback();
        if (report && !undone) return std::unexpected(undone.error());
        return report;
    }
    if (auto committed = db.commit(); !committed) return std::unexpected(committed.error());
    report->applied = true;
    return report;
}

}  // namespace hotline::city
