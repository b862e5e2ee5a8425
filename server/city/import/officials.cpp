#include "integrations/mysql/import_store.hpp"
#include "server/city/import/steps.hpp"
#include "ticketing/intake.hpp"
#include "ticketing/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <unordered_map>

namespace hotline::city {
namespace {

using mysql::StaffedOfficial;
using ticketing::Official;
using ticketing::OfficialId;

using Known = std::unordered_map<std::string, StaffedOfficial>;

constexpr std::array columns{
    Column{"staff_no", "工号", true},
    Column{"name", "姓名", true},
    Column{"unit", "单位", true},
    Column{"phone", "电话"},
    Column{"duty", "分管"},
    Column{"capacity", "上限"},
    Column{"on_leave", "休假"},
    Column{"deputy", "副手"},
    Column{"active", "在册"},
};

bool same(const Official& a, const Official& b) {
    return a.name == b.name && a.unit == b.unit && a.phone == b.phone && a.duty == b.duty &&
           a.capacity == b.capacity && a.on_leave == b.on_leave && a.deputy == b.deputy &&
           a.active == b.active;
}

// Reads one row over what is known of the person; says what is wrong with it.
class RowReader {
public:
    RowReader(const ImportStep& step, std::size_t row, std::vector<LineProblem>& problems)
        : step_(step), row_(row), problems_(problems) {}

    StaffedOfficial read(const Known& known) {
        StaffedOfficial staffed;
        staffed.staff_no = cell("staff_no");
        if (staffed.staff_no.empty()) problem("缺少工号");
        if (const auto at = known.find(staffed.staff_no); at != known.end()) staffed = at->second;
        Official& official = staffed.official;
        official.name = cell("name");
        if (official.name.empty()) problem("缺少姓名");
        if (ticketing::characters(official.name) > 60) problem("姓名超过60字");
        const auto* unit = find_unit(step_.directory, cell("unit"));
        if (unit == nullptr) problem("没有这个单位：" + std::string{cell("unit")});
        if (unit != nullptr) official.unit = unit->id;
        read_phone(official);
        if (!cell("duty").empty()) official.duty = cell("duty");
        read_capacity(official);
        read_flag("on_leave", official.on_leave);
        read_flag("active", official.active);
        return staffed;
    }

    void problem(std::string reason) {
        problems_.push_back({step_.table.line(row_), std::move(reason)});
    }
    std::string_view cell(std::string_view column) const { return step_.table.cell(row_, column); }

private:
    void read_phone(Official& official) {
        if (cell("phone").empty()) return;
        official.phone = ticketing::normalised_phone(cell("phone"));
        if (official.phone.empty()) problem("电话号码不对：" + std::string{cell("phone")});
    }

    void read_capacity(Official& official) {
        const auto text = cell("capacity");
        if (text.empty()) return;
        const auto [end, error] =
            std::from_chars(text.data(), text.data() + text.size(), official.capacity);
        if (error != std::errc{} || end != text.data() + text.size() || official.capacity < 1 ||
            official.capacity > 1000) {
            problem("上限应为1至1000的整数");
        }
    }

    void read_flag(std::string_view column, bool& flag) {
        if (cell(column).empty()) return;
        const auto value = yes_or_no(cell(column));
        if (!value) problem(std::string{column} + "应为是或否");
        flag = value.value_or(flag);
    }

    const ImportStep& step_;
    std::size_t row_;
    std::vector<LineProblem>& problems_;
};

// Deputies may stand further down in the same file, so they are tied when all are read.
void tie_deputies(
    const ImportStep& step,
    std::vector<StaffedOfficial>& read,
    const Known& known,
    ImportReport& report
) {
    std::unordered_map<std::string_view, OfficialId> ids;
    for (const auto& [staff_no, staffed] : known) ids[staff_no] = staffed.official.id;
    for (const auto& staffed : read) ids[staffed.staff_no] = staffed.official.id;
    for (std::size_t row = 0; row < read.size(); ++row) {
        const auto deputy = step.table.cell(row, "deputy");
        if (deputy.empty()) continue;
        const auto at = ids.find(deputy);
        if (at == ids.end()) {
            report.problems.push_back(
                {step.table.line(row), "没有工号为" + std::string{deputy} + "的副手"}
            );
        } else {
            read[row].official.deputy = at->second;
        }
    }
}

std::vector<StaffedOfficial> read_rows(
    const ImportStep& step, const Known& known, std::uint64_t last_id, ImportReport& report
) {
    std::vector<StaffedOfficial> read;
    std::unordered_map<std::string, std::size_t> lines;
    for (std::size_t row = 0; row < step.table.rows(); ++row) {
        RowReader reader{step, row, report.problems};
        StaffedOfficial staffed = reader.read(known);
        const auto [first, fresh] = lines.try_emplace(staffed.staff_no, step.table.line(row));
        if (!fresh) {
            reader.problem("工号与第" + std::to_string(first->second) + "行重复");
        }
        if (!staffed.official.id) staffed.official.id = OfficialId{++last_id};
        read.push_back(std::move(staffed));
    }
    return read;
}

}  // namespace

std::span<const Column> official_columns() {
    return columns;
}

Result<void> import_officials(const ImportStep& step, ImportReport& report) {
    const auto known = mysql::officials_by_staff_no(step.db);
    if (!known) return std::unexpected(known.error());
    const auto last_id = mysql::last_official_id(step.db);
    if (!last_id) return std::unexpected(last_id.error());
    auto read = read_rows(step, *known, *last_id, report);
    tie_deputies(step, read, *known, report);

    std::vector<StaffedOfficial> added, changed;
    for (auto& staffed : read) {
        const auto before = known->find(staffed.staff_no);
        staffed.demonstration = false;
        if (before == known->end()) {
            note_change(report, &ImportReport::added, "新增 " + staffed.official.name);
            added.push_back(staffed);
        } else if (!same(before->second.official, staffed.official)) {
            note_change(
                report,
                &ImportReport::changed,
                "修改 " + before->second.official.name + " → " + staffed.official.name
            );
            changed.push_back(staffed);
        } else {
            ++report.unchanged;
        }
    }
    if (!step.apply || !report.problems.empty()) return {};
    if (auto done = mysql::insert_officials(step.db, added); !done) return done;
    return mysql::update_officials(step.db, changed);
}

}  // namespace hotline::city
