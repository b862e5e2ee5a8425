#include "integrations/mysql/directory_lists.hpp"
#include "server/city/import/level_words.hpp"
#include "server/city/import/steps.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace hotline::city {
namespace {

using ticketing::Unit;
using ticketing::UnitId;
using ticketing::UnitLevel;

constexpr std::array unit_layout{
    Column{"code", "编码", true},
    Column{"name", "名称", true},
    Column{"parent", "上级"},
    Column{"level", "层级", true},
    Column{"division", "区划", true},
    Column{"function", "职能"},
    Column{"active", "在用"},
};

// By code; a name may belong to a county and to a zone.
std::string place_code(const ticketing::Directory& directory, std::string_view named) {
    if (directory.division(named) != nullptr) return std::string{named};
    const auto at = std::ranges::find(directory.divisions, named, &ticketing::Division::name);
    return at == directory.divisions.end() ? std::string{named} : at->code;
}

class UnitReader {
public:
    UnitReader(const ImportStep& step, std::size_t row, ImportReport& report)
        : step_(step), row_(row), report_(report) {}

    // Over what is known of it; its parent is tied when all are read.
    Unit read() {
        Unit unit;
        if (const Unit* known = step_.directory.unit_by_code(cell("code"))) unit = *known;
        unit.code = cell("code");
        unit.name = cell("name");
        const auto level = level_of(cell("level"));
        if (!level) problem("不认识的层级：" + std::string{cell("level")});
        unit.level = level.value_or(unit.level);
        unit.division = place_code(step_.directory, cell("division"));
        if (!cell("function").empty()) unit.function = cell("function");
        const auto active = yes_or_no(cell("active"));
        if (!active) problem("在用应为是或否");
        if (!cell("active").empty()) unit.active = active.value_or(unit.active);
        return unit;
    }

    void problem(std::string reason) {
        report_.problems.push_back({step_.table.line(row_), std::move(reason)});
    }

private:
    std::string_view cell(std::string_view column) const { return step_.table.cell(row_, column); }

    const ImportStep& step_;
    std::size_t row_;
    ImportReport& report_;
};

std::vector<Unit> read_units(const ImportStep& step, ImportReport& report) {
    std::uint64_t last_id = 0;
    for (const Unit& unit : step.directory.units) last_id = std::max(last_id, unit.id.value);
    std::vector<Unit> read;
    std::unordered_map<std::string, std::size_t> lines;
    for (std::size_t row = 0; row < step.table.rows(); ++row) {
        UnitReader reader{step, row, report};
        Unit unit = reader.read();
        const auto [first, fresh] = lines.try_emplace(unit.code, step.table.line(row));
        if (!fresh) reader.problem("编码与第" + std::to_string(first->second) + "行重复");
        if (!unit.id) unit.id = UnitId{++last_id};
        read.push_back(std::move(unit));
    }
    return read;
}

// Parents may stand further down in the same file.
void tie_parents(const ImportStep& step, std::vector<Unit>& read, ImportReport& report) {
    std::unordered_map<std::string_view, UnitId> ids;
    for (const Unit& unit : read) ids.emplace(unit.name, unit.id);
    for (const Unit& unit : read) ids[unit.code] = unit.id;
    for (std::size_t row = 0; row < read.size(); ++row) {
        const auto named = step.table.cell(row, "parent");
        if (named.empty()) {
            // A list with the column says of every unit what is above it: nothing, too.
            if (step.table.has("parent")) read[row].parent = {};
            continue;
        }
        const auto at = ids.find(named);
        const Unit* known = at == ids.end() ? find_unit(step.directory, named) : nullptr;
        if (at != ids.end()) {
            read[row].parent = at->second;
        } else if (known != nullptr) {
            read[row].parent = known->id;
        } else {
            report.problems.push_back(
                {step.table.line(row), "没有这个上级单位：" + std::string{named}}
            );
        }
    }
}

ticketing::Directory with_units(
    const ticketing::Directory& present, const std::vector<Unit>& read
) {
    ticketing::Directory staged = present;
    for (const Unit& unit : read) {
        const auto at = std::ranges::find(staged.units, unit.id, &Unit::id);
        if (at == staged.units.end()) {
            staged.units.push_back(unit);
        } else {
            *at = unit;
        }
    }
    staged.index();
    return staged;
}

// O7: what hangs on a unit that goes out of use, the file's other lines considered.
Result<ticketing::organisation::Ties> ties_of_unit(
    const ImportStep& step,
    const Unit* before,
    const Unit& after,
    const ticketing::Directory& staged
) {
    ticketing::organisation::Ties ties;
    if (before == nullptr || !before->active || after.active) return ties;
    const auto open = mysql::open_tickets_of_unit(step.db, after.id);
    if (!open) return std::unexpected(open.error());
    ties.open_tickets = *open;
    for (const auto id : staged.officials_of(after.id)) {
        ties.officials += staged.official(id)->active ? 1 : 0;
    }
    for (const Unit& unit : staged.units) {
        ties.units += unit.active && unit.parent == after.id ? 1 : 0;
    }
    return ties;
}

}  // namespace

std::span<const Column> unit_columns() {
    return unit_layout;
}

Result<void> import_units(const ImportStep& step, ImportReport& report) {
    auto read = read_units(step, report);
    tie_parents(step, read, report);
    const auto staged = with_units(step.directory, read);
    Changes<Unit> changes{step, report};
    for (std::size_t row = 0; row < read.size(); ++row) {
        const Unit* before = step.directory.unit(read[row].id);
        const auto ties = ties_of_unit(step, before, read[row], staged);
        if (!ties) return std::unexpected(ties.error());
        note_faults(step, row, check(read[row], before, staged, *ties), report);
        changes.add(before, read[row], read[row].name);
    }
    return changes.write();
}

}  // namespace hotline::city
