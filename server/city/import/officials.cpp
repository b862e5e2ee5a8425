#include "integrations/mysql/directory_facts.hpp"
#include "integrations/mysql/directory_lists.hpp"
#include "integrations/mysql/import_store.hpp"
#include "server/city/import/steps.hpp"
#include "ticketing/intake.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <unordered_map>

namespace hotline::city {
namespace {

using mysql::StaffedOfficial;
using ticketing::Official;
using ticketing::OfficialId;
using ticketing::organisation::Leave;
using ticketing::organisation::Ties;

using KnownOfficials = std::unordered_map<std::string, StaffedOfficial>;

constexpr std::array official_layout{
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

// Reads one row over what is known of the person; says what is wrong with it.
class OfficialReader {
public:
    OfficialReader(const ImportStep& step, std::size_t row, std::vector<LineProblem>& problems)
        : step_(step), row_(row), problems_(problems) {}

    StaffedOfficial read(const KnownOfficials& known) {
        StaffedOfficial staffed;
        staffed.staff_no = cell("staff_no");
        if (const auto at = known.find(staffed.staff_no); at != known.end()) staffed = at->second;
        Official& official = staffed.official;
        official.name = cell("name");
        const auto* unit = find_unit(step_.directory, cell("unit"));
        if (unit == nullptr) problem("没有这个单位：" + std::string{cell("unit")});
        // Who moves leaves his deputy behind, unless the line names another.
        if (unit == nullptr || official.unit != unit->id) official.deputy = {};
        official.unit = unit == nullptr ? ticketing::UnitId{} : unit->id;
        read_phone(official);
        if (!cell("duty").empty()) official.duty = duties(cell("duty"));
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
        const bool whole = error == std::errc{} && end == text.data() + text.size();
        if (!whole) problem("上限应为整数：" + std::string{text});
    }

    // People separate them by what their keyboard has.
    static std::string duties(std::string_view cell) {
        std::string list{cell};
        for (const std::string_view mark : {"，", "、", ";", "；"}) {
            for (auto at = list.find(mark); at != std::string::npos; at = list.find(mark)) {
                list.replace(at, mark.size(), ",");
            }
        }
        std::string joined;
        for (const auto& part : ticketing::organisation::duty_parts(list)) {
            joined += (joined.empty() ? "" : ",") + part;
        }
        return joined;
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
    const KnownOfficials& known,
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

std::vector<StaffedOfficial> read_officials(
    const ImportStep& step, const KnownOfficials& known, ImportReport& report
) {
    std::uint64_t last_id = 0;
    for (const auto& [staff_no, staffed] : known) {
        last_id = std::max(last_id, staffed.official.id.value);
    }
    std::vector<StaffedOfficial> read;
    std::unordered_map<std::string, std::size_t> lines;
    for (std::size_t row = 0; row < step.table.rows(); ++row) {
        OfficialReader reader{step, row, report.problems};
        StaffedOfficial staffed = reader.read(known);
        const auto [first, fresh] = lines.try_emplace(staffed.staff_no, step.table.line(row));
        if (!fresh) {
            reader.problem("工号与第" + std::to_string(first->second) + "行重复");
        }
        if (!staffed.official.id) staffed.official.id = OfficialId{++last_id};
        staffed.demonstration = false;
        read.push_back(std::move(staffed));
    }
    return read;
}

// The directory as the file would leave it: deputies and units of the whole file are known.
ticketing::Directory with_officials(
    const ticketing::Directory& present, const std::vector<StaffedOfficial>& read
) {
    ticketing::Directory staged = present;
    std::unordered_map<std::uint64_t, std::size_t> places;
    for (std::size_t i = 0; i < staged.officials.size(); ++i) {
        places[staged.officials[i].id.value] = i;
    }
    for (const auto& staffed : read) {
        const auto at = places.find(staffed.official.id.value);
        if (at != places.end()) {
            staged.officials[at->second] = staffed.official;
        } else {
            places[staffed.official.id.value] = staged.officials.size();
            staged.officials.push_back(staffed.official);
        }
    }
    staged.index();
    return staged;
}

// What hangs on those who leave or move (O13).
Result<Ties> ties_of_official(
    const ImportStep& step, const StaffedOfficial* before, const Official& after
) {
    Ties ties;
    if (before == nullptr) return ties;
    const bool leaves = before->official.active && !after.active;
    if (!leaves && before->official.unit == after.unit) return ties;
    const auto open = mysql::open_tickets_of_official(step.db, after.id);
    if (!open) return std::unexpected(open.error());
    ties.open_tickets = *open;
    if (!leaves) return ties;
    const auto cards = mysql::active_cards_of(step.db, after.id);
    if (!cards) return std::unexpected(cards.error());
    ties.cards = static_cast<std::int64_t>(cards->size());
    return ties;
}

// The column says only whether: away from today on, or back since today.
// Whether it changes anything.
Result<bool> note_leave(
    const ImportStep& step,
    std::size_t row,
    const StaffedOfficial& staffed,
    Changes<Leave>& leaves,
    ImportReport& report
) {
    const auto& official = staffed.official;
    const auto* present = step.directory.official(official.id);
    const bool away = present != nullptr && present->on_leave;
    if (away == official.on_leave) return false;
    const auto today = sla::local_day(step.now);
    const auto noted = mysql::leaves_of(step.db, official.id);
    if (!noted) return std::unexpected(noted.error());
    if (official.on_leave) {
        const Leave begun{.id = {}, .official = official.id, .from = today};
        // Of somebody the file adds the directory knows nothing yet.
        if (present != nullptr) {
            note_faults(step, row, check(begun, nullptr, step.directory, *noted), report);
        }
        leaves.add(nullptr, begun, official.name + "休假");
        return true;
    }
    for (const Leave& leave : *noted) {
        if (!leave.covers(today)) continue;
        Leave ended = leave;
        ended.active = leave.from < today;
        if (ended.active) ended.to = today - std::chrono::days{1};
        leaves.add(&leave, std::move(ended), official.name + "销假");
    }
    return true;
}

bool is_of_unit(const ticketing::organisation::Fault& fault) {
    return fault.rule == ticketing::organisation::Rule::unit;
}

// O10: whom the file leaves alone, but whose deputy it moves or takes out of use.
void release_deputies(
    const KnownOfficials& known,
    const std::vector<StaffedOfficial>& read,
    const ticketing::Directory& staged,
    Changes<StaffedOfficial>& changes
) {
    std::unordered_map<std::uint64_t, const Official*> changed;
    for (const auto& staffed : read) changed[staffed.official.id.value] = &staffed.official;
    for (const Official& official : staged.officials) {
        if (!official.active || !official.deputy || changed.contains(official.id.value)) continue;
        const auto deputy = changed.find(official.deputy.value);
        if (deputy == changed.end()) continue;
        if (deputy->second->active && deputy->second->unit == official.unit) continue;
        for (const auto& [staff_no, staffed] : known) {
            if (staffed.official.id != official.id) continue;
            StaffedOfficial released = staffed;
            released.official.deputy = {};
            changes.add(&staffed, std::move(released), official.name);
        }
    }
}

}  // namespace

std::span<const Column> official_columns() {
    return official_layout;
}

Result<void> import_officials(const ImportStep& step, ImportReport& report) {
    auto known = mysql::officials_by_staff_no(step.db);
    if (!known) return std::unexpected(known.error());
    for (auto& [staff_no, staffed] : *known) {
        staffed.official.on_leave = step.directory.official(staffed.official.id)->on_leave;
    }
    auto read = read_officials(step, *known, report);
    tie_deputies(step, read, *known, report);
    const auto staged = with_officials(step.directory, read);
    Changes<StaffedOfficial> changes{step, report};
    ImportReport beside;  // leave is no line of its own
    Changes<Leave> leaves{step, beside};
    for (std::size_t row = 0; row < read.size(); ++row) {
        const auto at = known->find(read[row].staff_no);
        const StaffedOfficial* before = at == known->end() ? nullptr : &at->second;
        const auto ties = ties_of_official(step, before, read[row].official);
        if (!ties) return std::unexpected(ties.error());
        auto faults = check(read[row], before, staged, nullptr, *ties);
        // Of a unit nobody knows the line has been told.
        if (!read[row].official.unit) std::erase_if(faults, is_of_unit);
        note_faults(step, row, faults, report);
        const auto noted = note_leave(step, row, read[row], leaves, report);
        if (!noted) return std::unexpected(noted.error());
        const bool same = before != nullptr && ticketing::organisation::text_of(*before) ==
                                                   ticketing::organisation::text_of(read[row]);
        if (same && *noted) {
            note_change(report, &ImportReport::changed, "休假变动 " + read[row].official.name);
        } else {
            changes.add(before, read[row], read[row].official.name);
        }
    }
    release_deputies(*known, read, staged, changes);
    if (auto done = changes.write(); !done) return done;
    return report.problems.empty() ? leaves.write() : Result<void>{};
}

}  // namespace hotline::city
