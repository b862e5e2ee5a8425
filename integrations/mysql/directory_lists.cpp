#include "integrations/mysql/directory_lists.hpp"

#include "integrations/mysql/day_param.hpp"
#include "integrations/mysql/query_text.hpp"
#include "ticketing/intake.hpp"
#include "ticketing/types/state.hpp"
#include "ticketing/uscc.hpp"

namespace hotline::mysql {
namespace {

using ticketing::Enterprise;
using ticketing::Turn;
using ticketing::Unit;
using ticketing::UnitId;
using ticketing::organisation::Card;
using ticketing::organisation::Leave;

// What is read beside the entry, of which tables, in what order.
struct ListSql {
    std::string_view extras;
    std::string_view joins;
    std::string_view order;
};

template <class Entry>
constexpr ListSql list_sql;

template <>
constexpr ListSql list_sql<Unit>{
    "p.name, (SELECT COUNT(*) FROM official o WHERE o.unit_id = e.id AND o.active = 1)",
    "LEFT JOIN unit p ON p.id = e.parent_id",
    "e.code"
};
template <>
constexpr ListSql list_sql<StaffedOfficial>{
    "u.name, d.name, (SELECT COUNT(*) FROM contact_card c WHERE c.official_id = e.id AND "
    "c.active = 1)",
    "LEFT JOIN unit u ON u.id = e.unit_id LEFT JOIN official d ON d.id = e.deputy_id",
    "e.staff_no"
};
template <>
constexpr ListSql list_sql<Leave>{
    "o.name, o.unit_id, u.name",
    "LEFT JOIN official o ON o.id = e.official_id LEFT JOIN unit u ON u.id = o.unit_id",
    "e.from_day DESC, e.id DESC"
};
template <>
constexpr ListSql list_sql<Turn>{
    "o.name, u.name",
    "LEFT JOIN official o ON o.id = e.official_id LEFT JOIN unit u ON u.id = e.unit_id",
    "e.day, e.unit_id, e.from_minute, e.id"
};
template <>
constexpr ListSql list_sql<Card>{
    "f.name, o.name, u.name",
    "LEFT JOIN enterprise f ON f.id = e.enterprise_id LEFT JOIN official o ON o.id = "
    "e.official_id LEFT JOIN unit u ON u.id = o.unit_id",
    "e.id"
};
template <>
constexpr ListSql list_sql<Enterprise>{"NULL", "", "e.id"};

void read_beside(const Row& row, std::size_t at, Listed<Unit>& line) {
    line.beside.parent_name = row.string(at);
    line.beside.officials = row.integer(at + 1);
}
void read_beside(const Row& row, std::size_t at, Listed<StaffedOfficial>& line) {
    line.beside.unit_name = row.string(at);
    line.beside.deputy_name = row.string(at + 1);
    line.beside.cards = row.integer(at + 2);
}
void read_beside(const Row& row, std::size_t at, Listed<Leave>& line) {
    line.beside.official_name = row.string(at);
    line.beside.unit = UnitId{row.unsigned_integer(at + 1)};
    line.beside.unit_name = row.string(at + 2);
}
void read_beside(const Row& row, std::size_t at, Listed<Turn>& line) {
    line.beside.official_name = row.string(at);
    line.beside.unit_name = row.string(at + 1);
}
void read_beside(const Row& row, std::size_t at, Listed<Card>& line) {
    line.beside.enterprise_name = row.string(at);
    line.beside.official_name = row.string(at + 1);
    line.beside.unit_name = row.string(at + 2);
}
void read_beside(const Row&, std::size_t, Listed<Enterprise>&) {}

// The conditions of one list, joined by AND.
class Where {
public:
    explicit Where(const DirectoryFilter& filter) : filter_(filter) {
        if (filter.id != 0) sql_.also("e.id = ?", {filter.id});
        if (filter.active) sql_.also("e.active = ?", {*filter.active});
    }

    void equal(std::string_view text, const std::string& value) {
        if (!value.empty()) sql_.also(text, {value});
    }
    template <class Tag>
    void equal(std::string_view text, ticketing::Id<Tag> id) {
        if (id) sql_.also(text, {id.value});
    }
    void units(std::string_view column) {
        if (filter_.units.empty()) return;
        std::vector<Param> ids;
        for (const UnitId id : filter_.units) ids.emplace_back(id.value);
        sql_.also(QueryText::in(column, std::move(ids)));
    }
    void contains(std::string_view a, std::string_view b) {
        if (filter_.q.empty()) return;
        QueryText part;
        part.add_owned("(" + std::string(a) + " LIKE ?", containing(filter_.q));
        part.add_owned(" OR " + std::string(b) + " LIKE ?)", containing(filter_.q));
        sql_.also(part);
    }
    void days(std::string_view not_before, std::string_view not_after) {
        if (filter_.from) sql_.also(not_before, {day_param(*filter_.from)});
        if (filter_.to) sql_.also(not_after, {day_param(*filter_.to)});
    }
    QueryText& sql() { return sql_; }

private:
    const DirectoryFilter& filter_;
    QueryText sql_;
};

void narrow(Where& where, const DirectoryFilter& filter, const Unit*) {
    where.contains("e.name", "e.code");
    where.equal("e.parent_id = ?", filter.parent);
    where.units("e.id");
    where.equal("e.division = ?", filter.division);
    if (filter.level) where.sql().also("e.level = ?", {static_cast<int>(*filter.level)});
}

constexpr std::string_view leave_that_day =
    "(SELECT 1 FROM official_leave l WHERE l.official_id = e.id AND l.active = 1 AND "
    "l.from_day <= ? AND (l.to_day IS NULL OR l.to_day >= ?))";

void narrow(Where& where, const DirectoryFilter& filter, const StaffedOfficial*) {
    where.contains("e.name", "e.staff_no");
    where.units("e.unit_id");
    where.equal("e.id = ?", filter.official);
    if (!filter.on_leave) return;
    const std::string exists =
        (*filter.on_leave ? "EXISTS " : "NOT EXISTS ") + std::string(leave_that_day);
    where.sql().also(exists, {day_param(filter.today), day_param(filter.today)});
}

void narrow(Where& where, const DirectoryFilter& filter, const Leave*) {
    where.equal("e.official_id = ?", filter.official);
    where.units("o.unit_id");
    where.days("(e.to_day IS NULL OR e.to_day >= ?)", "e.from_day <= ?");
}

void narrow(Where& where, const DirectoryFilter& filter, const Turn*) {
    where.equal("e.official_id = ?", filter.official);
    where.units("e.unit_id");
    where.days("e.day >= ?", "e.day <= ?");
}

void narrow(Where& where, const DirectoryFilter& filter, const Card*) {
    where.equal("e.official_id = ?", filter.official);
    where.equal("e.enterprise_id = ?", filter.enterprise);
}

// By the index that fits what was typed, as search_enterprises() does.
void narrow(Where& where, const DirectoryFilter& filter, const Enterprise*) {
    where.equal("e.division = ?", filter.division);
    where.equal("e.zone = ?", filter.zone);
    where.equal("e.industry = ?", filter.industry);
    if (filter.five_above) where.sql().also("e.five_above = ?", {*filter.five_above});
    if (filter.q.empty()) return;
    QueryText typed;
    const std::string code = ticketing::normalise_uscc(filter.q);
    const std::string phone = ticketing::normalised_phone(filter.q);
    if (code.size() == 18 && !ticketing::inspect_uscc(code).refused()) {
        typed.add_owned("e.uscc = ?", code);
    } else if (!phone.empty()) {
        typed.add_owned("e.phone = ?", phone);
    } else {
        typed.add_owned("e.name LIKE ?", containing(filter.q).substr(1));
    }
    where.sql().also(typed);
}

QueryText not_final(std::string_view column) {
    std::vector<Param> open;
    for (const auto state : ticketing::unfinished_states()) {
        open.emplace_back(static_cast<int>(state));
    }
    return QueryText::in(column, std::move(open));
}

Result<std::int64_t> count_open(Connection& db, std::string_view column, std::uint64_t id) {
    QueryText sql;
    sql.add("SELECT COUNT(*) FROM ticket t WHERE ").add(column, {id}).add(" AND ");
    sql.add(not_final("t.state"));
    const auto rows = sql.run(db);
    if (!rows) return std::unexpected(rows.error());
    return rows->front().integer(0);
}

Result<void> complete(Connection& db, const DirectoryFilter&, Page<Unit>& page) {
    if (page.items.empty()) return {};
    std::vector<Param> ids;
    for (const auto& line : page.items) ids.emplace_back(line.stored.entry.id.value);
    QueryText sql;
    sql.add("SELECT t.lead_unit_id, COUNT(*) FROM ticket t WHERE ");
    sql.add(QueryText::in("t.lead_unit_id", std::move(ids))).add(" AND ");
    sql.add(not_final("t.state")).add(" GROUP BY t.lead_unit_id");
    const auto rows = sql.run(db);
    if (!rows) return std::unexpected(rows.error());
    for (const Row row : *rows) {
        for (auto& line : page.items) {
            if (line.stored.entry.id.value != row.unsigned_integer(0)) continue;
            line.beside.open_tickets = row.integer(1);
        }
    }
    return {};
}

Result<void> complete(Connection& db, const DirectoryFilter& filter, Page<StaffedOfficial>& page) {
    if (page.items.empty()) return {};
    std::vector<Param> ids;
    for (const auto& line : page.items) ids.emplace_back(line.stored.entry.official.id.value);
    QueryText where = QueryText::in("e.official_id", std::move(ids));
    where.add(
        " AND e.active = 1 AND e.from_day <= ? AND (e.to_day IS NULL OR e.to_day >= ?)",
        {day_param(filter.today), day_param(filter.today)}
    );
    const auto leaves = find_entries<Leave>(db, where.text(), where.values());
    if (!leaves) return std::unexpected(leaves.error());
    for (const auto& leave : *leaves) {
        for (auto& line : page.items) {
            const auto& official = line.stored.entry.official;
            if (official.id == leave.entry.official) line.beside.on_leave = true;
        }
    }
    return {};
}

template <class Entry>
Result<void> complete(Connection&, const DirectoryFilter&, Page<Entry>&) {
    return {};
}

}  // namespace

template <class Entry>
Result<Page<Entry>> list_entries(Connection& db, const DirectoryFilter& filter) {
    Where where{filter};
    narrow(where, filter, static_cast<const Entry*>(nullptr));
    const auto& [extras, joins, order] = list_sql<Entry>;
    QueryText from;
    from.add(" FROM " + std::string(TableOf<Entry>::name) + " e " + std::string(joins));
    if (!where.sql().empty()) from.add(" WHERE ").add(where.sql());
    QueryText counted;
    counted.add("SELECT COUNT(*)").add(from);
    const auto count = counted.run(db);
    if (!count) return std::unexpected(count.error());
    QueryText sql;
    sql.add("SELECT " + selected<Entry>() + ", " + std::string(extras)).add(from);
    sql.add(" ORDER BY " + std::string(order) + " LIMIT ? OFFSET ?", {filter.limit, filter.offset});
    const auto rows = sql.run(db);
    if (!rows) return std::unexpected(rows.error());
    Page<Entry> page;
    page.total = count->front().unsigned_integer(0);
    for (const Row row : *rows) {
        Listed<Entry> line{read_stored<Entry>(row), {}};
        read_beside(row, after_selected<Entry>(), line);
        page.items.push_back(std::move(line));
    }
    if (auto done = complete(db, filter, page); !done) return std::unexpected(done.error());
    return page;
}

template Result<Page<Unit>> list_entries(Connection&, const DirectoryFilter&);
template Result<Page<StaffedOfficial>> list_entries(Connection&, const DirectoryFilter&);
template Result<Page<Leave>> list_entries(Connection&, const DirectoryFilter&);
template Result<Page<Turn>> list_entries(Connection&, const DirectoryFilter&);
template Result<Page<Card>> list_entries(Connection&, const DirectoryFilter&);
template Result<Page<Enterprise>> list_entries(Connection&, const DirectoryFilter&);

Result<std::int64_t> open_tickets_of_unit(Connection& db, UnitId unit) {
    return count_open(db, "t.lead_unit_id = ?", unit.value);
}

Result<std::int64_t> open_tickets_of_official(Connection& db, ticketing::OfficialId official) {
    return count_open(db, "t.official_id = ?", official.value);
}

}  // namespace hotline::mysql
