#include "server/city/import/import.hpp"

#include "integrations/mysql/directory_store.hpp"
#include "server/city/import/csv.hpp"
#include "server/city/import/steps.hpp"

#include <algorithm>

namespace hotline::city {
namespace {

constexpr std::size_t most_examples = 20;

struct Step {
    ImportKind kind;
    std::span<const Column> (*columns)();
    Result<void> (*run)(const ImportStep&, ImportReport&);
};
constexpr Step steps[] = {
    {ImportKind::officials, official_columns, import_officials},
    {ImportKind::enterprises, enterprise_columns, import_enterprises},
    {ImportKind::cards, card_columns, import_cards},
    {ImportKind::knowledge, article_columns, import_articles},
    {ImportKind::units, unit_columns, import_units},
    {ImportKind::leaves, leave_columns, import_leaves},
    {ImportKind::turns, turn_columns, import_turns},
};

const Step& step_of(ImportKind kind) {
    return *std::ranges::find(steps, kind, &Step::kind);
}

}  // namespace

std::span<const Column> columns_of(ImportKind kind) {
    return step_of(kind).columns();
}

void note_faults(
    const ImportStep& step,
    std::size_t row,
    const ticketing::organisation::Faults& faults,
    ImportReport& report
) {
    for (const auto& fault : faults) {
        report.problems.push_back({step.table.line(row), sentence(fault, step.english)});
    }
}

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
    // First: what the rules are asked about stays so until it is written.
    std::optional<mysql::DirectoryWriter> writer;
    if (options.apply) {
        auto opened = mysql::DirectoryWriter::open(
            db, {options.user, options.user_name, now, options.source, {}}
        );
        if (!opened) return std::unexpected(opened.error());
        writer = std::move(*opened);
    }
    const auto directory = mysql::read_directory(db, sla::local_day(now), mysql::Cards::left_out);
    if (!directory) return std::unexpected(directory.error());
    const auto& [kind, columns, run] = step_of(options.kind);
    const Table table{std::move(*records), columns()};
    ImportReport report;
    report.rows = table.rows();
    report.problems = table.problems;
    const ImportStep step{
        db,
        table,
        *directory,
        now,
        writer ? &*writer : nullptr,
        options.demonstration,
        options.english
    };
    if (auto done = run(step, report); !done) return std::unexpected(done.error());
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
