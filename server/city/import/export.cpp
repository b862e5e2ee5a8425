#include "server/city/import/export.hpp"

#include "integrations/mysql/directory_facts.hpp"
#include "integrations/mysql/directory_store.hpp"
#include "integrations/mysql/import_store.hpp"
#include "integrations/mysql/knowledge_store.hpp"
#include "server/city/import/csv.hpp"
#include "server/city/import/level_words.hpp"
#include "server/city/import/steps.hpp"

#include <unordered_map>

namespace hotline::city {
namespace {

using mysql::StaffedOfficial;
using ticketing::Enterprise;
using ticketing::Turn;
using ticketing::Unit;
using ticketing::organisation::Card;
using ticketing::organisation::day_text;
using ticketing::organisation::Leave;
using ticketing::organisation::time_text;

using Cells = std::vector<std::string>;

std::string yes(bool value) {
    return value ? "是" : "否";
}

// Names of what the entries of a list refer to.
struct Names {
    ticketing::Directory directory;
    std::unordered_map<std::uint64_t, std::string> staff;  // numbers by official

    std::string unit(ticketing::UnitId id) const {
        const Unit* unit = directory.unit(id);
        return unit == nullptr ? std::string{} : unit->code;
    }
    std::string staff_no(ticketing::OfficialId id) const {
        const auto at = staff.find(id.value);
        return at == staff.end() ? std::string{} : at->second;
    }
};

Cells cells_of(const Unit& unit, const Names& names) {
    return {
        unit.code,
        unit.name,
        names.unit(unit.parent),
        std::string{word_of(unit.level)},
        unit.division,
        unit.function,
        yes(unit.active)
    };
}

Cells cells_of(const StaffedOfficial& staffed, const Names& names) {
    const auto& official = staffed.official;
    const auto* present = names.directory.official(official.id);
    return {
        staffed.staff_no,
        official.name,
        names.unit(official.unit),
        official.phone,
        official.duty,
        std::to_string(official.capacity),
        yes(present != nullptr && present->on_leave),
        names.staff_no(official.deputy),
        yes(official.active)
    };
}

Cells cells_of(const Leave& leave, const Names& names) {
    return {
        names.staff_no(leave.official),
        day_text(leave.from),
        leave.to ? day_text(*leave.to) : std::string{},
        leave.reason,
        yes(leave.active)
    };
}

Cells cells_of(const Turn& turn, const Names& names) {
    const bool whole_day = turn.from.count() == 0 && turn.to == std::chrono::hours{24};
    return {
        names.unit(turn.unit),
        day_text(turn.day),
        whole_day ? std::string{} : time_text(turn.from),
        whole_day ? std::string{} : time_text(turn.to),
        names.staff_no(turn.official),
        turn.phone,
        yes(turn.active)
    };
}

Cells cells_of(const Enterprise& firm, const Names&) {
    return {
        firm.uscc,
        firm.name,
        firm.division,
        firm.zone,
        firm.town,
        firm.address,
        firm.phone,
        firm.industry,
        std::to_string(firm.size),
        yes(firm.five_above),
        yes(firm.active)
    };
}

Result<Names> read_names(mysql::Connection& db, ticketing::Instant now) {
    auto directory = mysql::read_directory(db, sla::local_day(now), mysql::Cards::left_out);
    if (!directory) return std::unexpected(directory.error());
    Names names{std::move(*directory), {}};
    const std::function<void(const StaffedOfficial&)> take = [&](const StaffedOfficial& staffed) {
        names.staff[staffed.official.id.value] = staffed.staff_no;
    };
    if (auto read = mysql::for_each_entry<StaffedOfficial>(db, take); !read) {
        return std::unexpected(read.error());
    }
    return names;
}

// Row by row: of enterprises there may be hundreds of thousands.
template <class Entry>
Result<void> append_all(mysql::Connection& db, const Names& names, std::string& out) {
    const std::function<void(const Entry&)> take = [&](const Entry& entry) {
        out += csv_line(cells_of(entry, names));
    };
    return mysql::for_each_entry<Entry>(db, take);
}

Result<void> append_cards(mysql::Connection& db, const Names& names, std::string& out) {
    return mysql::for_each_card(db, [&](const Card& card, const Enterprise& firm) {
        out += csv_line(
            {firm.uscc,
             firm.name,
             names.staff_no(card.official),
             day_text(card.since),
             yes(card.active)}
        );
    });
}

std::string joined(const std::vector<std::string>& parts) {
    std::string text;
    for (const auto& part : parts) text += (text.empty() ? "" : "|") + part;
    return text;
}

Result<void> append_articles(mysql::Connection& db, const Names& names, std::string& out) {
    return mysql::for_each_article(db, [&](const mysql::StoredArticle& stored) {
        const auto& text = stored.text;
        if (stored.article.state != ticketing::knowledge::ArticleState::published) return;
        const auto& review = stored.article.review_on;
        out += csv_line(
            {text.title,
             joined(text.questions),
             text.answer,
             text.basis,
             names.unit(text.unit),
             text.topic,
             joined(text.divisions),
             day_text(text.valid_from),
             text.valid_to ? day_text(*text.valid_to) : std::string{},
             review ? day_text(*review) : std::string{},
             yes(text.open)}
        );
    });
}

Result<void> append(mysql::Connection& db, ImportKind kind, const Names& names, std::string& out) {
    switch (kind) {
        case ImportKind::officials:
            return append_all<StaffedOfficial>(db, names, out);
        case ImportKind::enterprises:
            return append_all<Enterprise>(db, names, out);
        case ImportKind::cards:
            return append_cards(db, names, out);
        case ImportKind::knowledge:
            return append_articles(db, names, out);
        case ImportKind::units:
            return append_all<Unit>(db, names, out);
        case ImportKind::leaves:
            return append_all<Leave>(db, names, out);
        case ImportKind::turns:
            return append_all<Turn>(db, names, out);
    }
    return {};
}

}  // namespace

Result<std::string> export_list(mysql::Connection& db, ImportKind kind, ticketing::Instant now) {
    const auto names = read_names(db, now);
    if (!names) return std::unexpected(names.error());
    Cells headings;
    for (const Column& column : columns_of(kind)) headings.emplace_back(column.zh);
    std::string out = std::string{byte_order_mark} + csv_line(headings);
    if (auto done = append(db, kind, *names, out); !done) return std::unexpected(done.error());
    return out;
}

}  // namespace hotline::city
