#include "integrations/mysql/import_store.hpp"
#include "server/calendar/local_text.hpp"
#include "server/city/import/steps.hpp"
#include "ticketing/uscc.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <unordered_map>

namespace hotline::city {
namespace {

using ticketing::organisation::Card;

constexpr std::array card_layout{
    Column{"uscc", "统一社会信用代码", true},
    Column{"name", "企业名称"},
    Column{"staff_no", "工号", true},
    Column{"since", "发卡日期"},
    Column{"active", "有效"},
};
constexpr std::size_t cards_at_once = 1'000;

using Firms = std::unordered_map<std::string, ticketing::Enterprise>;
using Staff = std::unordered_map<std::string, mysql::StaffedOfficial>;

// By code or, without one, by name.
std::string firm_key(const ImportStep& step, std::size_t row) {
    auto code = ticketing::normalise_uscc(step.table.cell(row, "uscc"));
    return code.empty() ? "name:" + std::string{step.table.cell(row, "name")} : code;
}

class CardReader {
public:
    CardReader(const ImportStep& step, std::size_t row, ImportReport& report)
        : step_(step), row_(row), report_(report) {}

    // Nothing when the line names nobody we know.
    std::optional<Card> read(const Firms& firms, const Staff& staff) {
        const std::string number{cell("staff_no")};
        const auto firm = firms.find(firm_key(step_, row_));
        const auto official = staff.find(number);
        if (firm == firms.end()) problem("没有这个企业：" + firm_name());
        if (official == staff.end()) problem("没有这个工号：" + number);
        const auto active = cell("active").empty() ? true : yes_or_no(cell("active"));
        if (!active) problem("有效应为是或否");
        const auto since = calendar::date_of(cell("since"));
        if (!since && !cell("since").empty()) problem("发卡日期应为年-月-日");
        if (faulty_) return std::nullopt;
        since_given_ = since.has_value();
        Card card;
        card.enterprise = firm->second.id;
        card.official = official->second.official.id;
        card.since = since.value_or(sla::local_day(step_.now));
        card.active = *active;
        words_ = firm->second.name + " — " + official->second.official.name;
        return card;
    }

    void problem(std::string reason) {
        faulty_ = true;
        report_.problems.push_back({step_.table.line(row_), std::move(reason)});
    }
    const std::string& words() const { return words_; }
    bool since_given() const { return since_given_; }

private:
    std::string_view cell(std::string_view column) const { return step_.table.cell(row_, column); }
    std::string firm_name() const {
        return std::string{cell("uscc").empty() ? cell("name") : cell("uscc")};
    }

    const ImportStep& step_;
    std::size_t row_;
    ImportReport& report_;
    std::string words_;
    bool faulty_ = false;
    bool since_given_ = false;
};

Result<Firms> firms_in(const ImportStep& step, std::size_t first, std::size_t last) {
    std::vector<std::string> codes, names;
    for (std::size_t row = first; row < last; ++row) {
        auto code = ticketing::normalise_uscc(step.table.cell(row, "uscc"));
        const auto name = step.table.cell(row, "name");
        if (!code.empty()) {
            codes.push_back(std::move(code));
        } else if (!name.empty()) {
            names.emplace_back(name);
        }
    }
    auto found = mysql::listed_enterprises(step.db, codes, names);
    if (!found) return std::unexpected(found.error());
    Firms firms;
    for (auto& firm : *found) {
        std::string key = firm.uscc.empty() ? "name:" + firm.name : firm.uscc;
        firms.emplace(std::move(key), std::move(firm));
    }
    return firms;
}

Result<mysql::CardsHeld> cards_held(const ImportStep& step, const Firms& firms) {
    std::vector<ticketing::EnterpriseId> ids;
    for (const auto& [key, firm] : firms) ids.push_back(firm.id);
    return mysql::cards_of(step.db, ids);
}

// Adds, ends or revives one card.
void settle(
    const ImportStep& step,
    std::size_t row,
    CardReader& reader,
    Card wanted,
    const Firms& firms,
    const std::vector<Card>& held,
    Changes<Card>& changes,
    ImportReport& report
) {
    const auto at = std::ranges::find(held, wanted.official, &Card::official);
    const Card* before = at == held.end() ? nullptr : &*at;
    if (before == nullptr && !wanted.active) {
        ++report.unchanged;
        return;
    }
    if (before != nullptr) {
        wanted.id = before->id;
        if (!reader.since_given()) wanted.since = before->since;
    }
    const auto& firm = firms.at(firm_key(step, row));
    note_faults(step, row, check(wanted, before, step.directory, &firm, held), report);
    changes.add(before, wanted, reader.words());
}

}  // namespace

std::span<const Column> card_columns() {
    return card_layout;
}

Result<void> import_cards(const ImportStep& step, ImportReport& report) {
    const auto staff = mysql::officials_by_staff_no(step.db);
    if (!staff) return std::unexpected(staff.error());
    std::set<std::pair<std::uint64_t, std::uint64_t>> seen;
    Changes<Card> changes{step, report};
    for (std::size_t first = 0; first < step.table.rows(); first += cards_at_once) {
        const std::size_t last = std::min(first + cards_at_once, step.table.rows());
        const auto firms = firms_in(step, first, last);
        if (!firms) return std::unexpected(firms.error());
        const auto held = cards_held(step, *firms);
        if (!held) return std::unexpected(held.error());
        static const std::vector<Card> none;
        for (std::size_t row = first; row < last; ++row) {
            CardReader reader{step, row, report};
            const auto card = reader.read(*firms, *staff);
            if (!card) continue;
            if (!seen.emplace(card->enterprise.value, card->official.value).second) {
                reader.problem("与前面一行重复");
                continue;
            }
            const auto at = held->find(card->enterprise.value);
            const auto& own = at == held->end() ? none : at->second;
            settle(step, row, reader, *card, *firms, own, changes, report);
        }
        if (auto done = changes.write(); !done) return done;
    }
    return {};
}

}  // namespace hotline::city
