#include "integrations/mysql/directory_facts.hpp"
#include "integrations/mysql/import_store.hpp"
#include "server/calendar/local_text.hpp"
#include "server/city/import/steps.hpp"
#include "ticketing/intake.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace hotline::city {
namespace {

using mysql::StaffedOfficial;
using ticketing::Turn;
using ticketing::organisation::Leave;

constexpr std::array leave_headings{
    Column{"staff_no", "工号", true},
    Column{"from", "开始日期", true},
    Column{"to", "结束日期"},
    Column{"reason", "事由"},
    Column{"active", "有效"},
};
constexpr std::array turn_headings{
    Column{"unit", "单位", true},
    Column{"day", "日期", true},
    Column{"from", "开始时间"},
    Column{"to", "结束时间"},
    Column{"staff_no", "工号", true},
    Column{"phone", "电话"},
    Column{"active", "有效"},
};

using Staff = std::unordered_map<std::string, StaffedOfficial>;

// What both lists have: somebody by his staff number, days, times.
class LeaveReader {
public:
    LeaveReader(const ImportStep& step, std::size_t row, ImportReport& report)
        : step_(step), row_(row), report_(report) {}

    const StaffedOfficial* official(const Staff& staff) {
        const auto at = staff.find(std::string{cell("staff_no")});
        if (at == staff.end()) problem("没有这个工号：" + std::string{cell("staff_no")});
        return at == staff.end() ? nullptr : &at->second;
    }
    std::optional<sla::LocalDay> day(std::string_view column, std::string_view words) {
        if (cell(column).empty()) return std::nullopt;
        const auto read = calendar::date_of(cell(column));
        if (!read) problem(std::string{words} + "应为年-月-日：" + std::string{cell(column)});
        return read;
    }
    sla::LocalDay required_day(std::string_view column, std::string_view words) {
        if (cell(column).empty()) problem("缺少" + std::string{words});
        return day(column, words).value_or(sla::LocalDay{});
    }
    std::optional<std::chrono::minutes> time(std::string_view column, std::string_view words) {
        if (cell(column).empty()) return std::nullopt;
        const auto read = calendar::time_of_day_of(cell(column));
        if (!read) problem(std::string{words} + "应为时:分：" + std::string{cell(column)});
        return read;
    }
    bool active() {
        const auto read = cell("active").empty() ? true : yes_or_no(cell("active"));
        if (!read) problem("有效应为是或否");
        return read.value_or(true);
    }
    void problem(std::string reason) {
        sound = false;
        report_.problems.push_back({step_.table.line(row_), std::move(reason)});
    }
    std::string_view cell(std::string_view column) const { return step_.table.cell(row_, column); }

    bool sound = true;

private:
    const ImportStep& step_;
    std::size_t row_;
    ImportReport& report_;
};

// Everything noted of somebody, with the lines of the file put in place of what is there.
template <class Entry>
using Noted = std::unordered_map<std::uint64_t, std::vector<Entry>>;

template <class Entry>
Result<Noted<Entry>> noted(mysql::Connection& db) {
    Noted<Entry> by_official;
    const std::function<void(const Entry&)> take = [&by_official](const Entry& entry) {
        by_official[entry.official.value].push_back(entry);
    };
    if (auto read = mysql::for_each_entry<Entry>(db, take); !read) {
        return std::unexpected(read.error());
    }
    return by_official;
}

template <class Entry>
std::uint64_t last_id_of(const Noted<Entry>& all) {
    std::uint64_t last = 0;
    for (const auto& [official, entries] : all) {
        for (const Entry& entry : entries) {
            last = std::max(last, ticketing::organisation::id_of(entry));
        }
    }
    return last;
}

// A line of the file: what it wants, and what it changes.
template <class Entry>
struct Line {
    std::size_t row = 0;
    std::optional<Entry> before;
    Entry wanted;
    std::string name;
};

// Finds the entry a line is about among those of its official, else numbers a new one, and puts the
// line in its place, so that the rules see the file as a whole.
template <class Entry, class Same>
Line<Entry> take_in(Noted<Entry>& all, std::uint64_t& last_id, Line<Entry> line, Same same) {
    auto& own = all[line.wanted.official.value];
    const auto at =
        std::ranges::find_if(own, [&](const Entry& entry) { return same(entry, line.wanted); });
    if (at != own.end()) {
        line.before = *at;
        line.wanted.id = at->id;
        *at = line.wanted;
    } else {
        line.wanted.id.value = ++last_id;
        own.push_back(line.wanted);
    }
    return line;
}

}  // namespace

std::span<const Column> leave_columns() {
    return leave_headings;
}

std::span<const Column> turn_columns() {
    return turn_headings;
}

// A leave is known by its official and first day.
Result<void> import_leaves(const ImportStep& step, ImportReport& report) {
    const auto staff = mysql::officials_by_staff_no(step.db);
    if (!staff) return std::unexpected(staff.error());
    auto all = noted<Leave>(step.db);
    if (!all) return std::unexpected(all.error());
    std::uint64_t last_id = last_id_of(*all);
    std::vector<Line<Leave>> lines;
    for (std::size_t row = 0; row < step.table.rows(); ++row) {
        LeaveReader reader{step, row, report};
        const auto* person = reader.official(*staff);
        Leave leave;
        leave.from = reader.required_day("from", "开始日期");
        leave.to = reader.day("to", "结束日期");
        leave.reason = reader.cell("reason");
        leave.active = reader.active();
        if (!reader.sound) continue;
        leave.official = person->official.id;
        const auto same = [](const Leave& a, const Leave& b) { return a.from == b.from; };
        Line<Leave> line{row, std::nullopt, std::move(leave), person->official.name};
        lines.push_back(take_in(*all, last_id, std::move(line), same));
    }
    Changes<Leave> changes{step, report};
    for (auto& line : lines) {
        const Leave* before = line.before ? &*line.before : nullptr;
        const auto& own = all->at(line.wanted.official.value);
        note_faults(
            step, line.row, check(line.wanted, before, step.directory, std::span{own}), report
        );
        changes.add(before, std::move(line.wanted), std::move(line.name));
    }
    return changes.write();
}

// A turn is known by its official, day and beginning.
Result<void> import_turns(const ImportStep& step, ImportReport& report) {
    const auto staff = mysql::officials_by_staff_no(step.db);
    if (!staff) return std::unexpected(staff.error());
    const auto leaves = noted<Leave>(step.db);
    if (!leaves) return std::unexpected(leaves.error());
    auto all = noted<Turn>(step.db);
    if (!all) return std::unexpected(all.error());
    std::uint64_t last_id = last_id_of(*all);
    std::vector<Line<Turn>> lines;
    for (std::size_t row = 0; row < step.table.rows(); ++row) {
        LeaveReader reader{step, row, report};
        const auto* person = reader.official(*staff);
        const auto* unit = find_unit(step.directory, reader.cell("unit"));
        if (unit == nullptr) reader.problem("没有这个单位：" + std::string{reader.cell("unit")});
        Turn turn;
        turn.day = reader.required_day("day", "日期");
        const auto from = reader.time("from", "开始时间"), to = reader.time("to", "结束时间");
        if (from.has_value() != to.has_value()) reader.problem("开始时间和结束时间应同时填写");
        if (from && to) turn.from = *from;
        if (from && to) turn.to = *to > *from ? *to : *to + std::chrono::hours{24};
        turn.phone = ticketing::normalised_phone(reader.cell("phone"));
        if (turn.phone.empty() && !reader.cell("phone").empty()) reader.problem("电话号码不对");
        turn.active = reader.active();
        if (!reader.sound) continue;
        turn.unit = unit->id;
        turn.official = person->official.id;
        const auto same = [](const Turn& a, const Turn& b) {
            return a.day == b.day && a.from == b.from;
        };
        Line<Turn> line{row, std::nullopt, std::move(turn), person->official.name};
        lines.push_back(take_in(*all, last_id, std::move(line), same));
    }
    Changes<Turn> changes{step, report};
    for (auto& line : lines) {
        const auto& own = all->at(line.wanted.official.value);
        const auto away = leaves->find(line.wanted.official.value);
        const auto absences =
            away == leaves->end() ? std::span<const Leave>{} : std::span{away->second};
        note_faults(
            step,
            line.row,
            check(line.wanted, step.directory, std::span<const Turn>{own}, absences),
            report
        );
        changes.add(
            line.before ? &*line.before : nullptr, std::move(line.wanted), std::move(line.name)
        );
    }
    return changes.write();
}

}  // namespace hotline::city
