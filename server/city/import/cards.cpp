#include "integrations/mysql/enterprise_store.hpp"
#include "integrations/mysql/import_store.hpp"
#include "server/city/import/steps.hpp"
#include "ticketing/uscc.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <unordered_map>

namespace hotline::city {
namespace {

using mysql::ContactCard;
using ticketing::EnterpriseId;
using ticketing::OfficialId;

constexpr std::array columns{
    Column{"uscc", "统一社会信用代码", true},
    Column{"staff_no", "工号", true},
    Column{"active", "有效"},
};
constexpr std::size_t chunk = 1'000;

using FirmIds = std::unordered_map<std::string, EnterpriseId>;
using StaffIds = std::unordered_map<std::string, mysql::StaffedOfficial>;
using Cards = std::unordered_map<std::uint64_t, std::vector<mysql::CardRow>>;

struct Row {
    ContactCard card;
    bool active = true;
    bool sound = false;
    std::string words;
};

Row read_row(
    const ImportStep& step,
    std::size_t row,
    const FirmIds& firms,
    const StaffIds& staff,
    ImportReport& report
) {
    const auto problem = [&](std::string reason) {
        report.problems.push_back({step.table.line(row), std::move(reason)});
    };
    Row read;
    const auto code = ticketing::normalise_uscc(step.table.cell(row, "uscc"));
    const std::string number{step.table.cell(row, "staff_no")};
    const auto firm = firms.find(code);
    const auto official = staff.find(number);
    const auto active = yes_or_no(step.table.cell(row, "active"));
    const bool stated = !step.table.cell(row, "active").empty();
    if (firm == firms.end()) problem("没有这个企业：" + code);
    if (official == staff.end()) problem("没有这个工号：" + number);
    if (!active) problem("有效应为是或否");
    if (firm == firms.end() || official == staff.end() || !active) return read;
    read.card = {firm->second, official->second.official.id};
    read.active = !stated || *active;
    read.words = code + " — " + official->second.official.name;
    read.sound = true;
    return read;
}

Result<FirmIds> firms_in(const ImportStep& step, std::size_t first, std::size_t last) {
    std::vector<std::string> codes;
    for (std::size_t row = first; row < last; ++row) {
        codes.push_back(ticketing::normalise_uscc(step.table.cell(row, "uscc")));
    }
    const auto found = mysql::find_enterprises_by_uscc(step.db, codes);
    if (!found) return std::unexpected(found.error());
    FirmIds ids;
    for (const auto& firm : *found) ids[firm.uscc] = firm.id;
    return ids;
}

Result<Cards> cards_held(const ImportStep& step, const FirmIds& firms) {
    std::vector<EnterpriseId> ids;
    for (const auto& [code, id] : firms) ids.push_back(id);
    return mysql::cards_of(step.db, ids);
}

// Adds, ends or revives one card.
Result<void> settle(
    const ImportStep& step, const Row& row, const Cards& held, ImportReport& report
) {
    const auto at = held.find(row.card.enterprise.value);
    const mysql::CardRow* known = nullptr;
    if (at != held.end()) {
        for (const auto& card : at->second) {
            if (card.first == row.card.official) known = &card;
        }
    }
    if (known != nullptr && known->second == row.active) {
        ++report.unchanged;
        return {};
    }
    if (known == nullptr && !row.active) {
        ++report.unchanged;
        return {};
    }
    const bool write = step.apply && report.problems.empty();
    if (known == nullptr) {
        note_change(report, &ImportReport::added, "新增 " + row.words);
        if (!write) return {};
        return mysql::insert_cards(step.db, std::span{&row.card, 1}, step.now);
    }
    note_change(report, &ImportReport::changed, (row.active ? "恢复 " : "停用 ") + row.words);
    return write ? mysql::set_card_active(step.db, row.card, row.active) : Result<void>{};
}

}  // namespace

std::span<const Column> card_columns() {
    return columns;
}

Result<void> import_cards(const ImportStep& step, ImportReport& report) {
    const auto staff = mysql::officials_by_staff_no(step.db);
    if (!staff) return std::unexpected(staff.error());
    std::set<std::pair<std::uint64_t, std::uint64_t>> seen;
    for (std::size_t first = 0; first < step.table.rows(); first += chunk) {
        const std::size_t last = std::min(first + chunk, step.table.rows());
        const auto firms = firms_in(step, first, last);
        if (!firms) return std::unexpected(firms.error());
        const auto held = cards_held(step, *firms);
        if (!held) return std::unexpected(held.error());
        for (std::size_t row = first; row < last; ++row) {
            const Row read = read_row(step, row, *firms, *staff, report);
            if (!read.sound) continue;
            if (!seen.emplace(read.card.enterprise.value, read.card.official.value).second) {
                report.problems.push_back({step.table.line(row), "与前面一行重复"});
                continue;
            }
            if (auto done = settle(step, read, *held, report); !done) return done;
        }
    }
    return {};
}

}  // namespace hotline::city
