#include "integrations/mysql/enterprise_store.hpp"

#include "integrations/mysql/directory_rows.hpp"
#include "integrations/mysql/enterprise_initials.hpp"
#include "ticketing/intake.hpp"
#include "ticketing/pinyin/initials.hpp"
#include "ticketing/uscc.hpp"

#include <algorithm>

namespace hotline::mysql {
namespace {

using ticketing::Enterprise;

const std::string& select_enterprise() {
    static const std::string text = "SELECT " + selected<Enterprise>() + " FROM enterprise e ";
    return text;
}

Result<std::vector<Enterprise>> list(Connection& db, const std::string& sql, Params params) {
    const auto rows = db.query(sql, params);
    if (!rows) return std::unexpected(rows.error());
    std::vector<Enterprise> found;
    found.reserve(rows->size());
    for (const Row row : *rows) found.push_back(read_stored<Enterprise>(row).entry);
    return found;
}

// Padded to a power of two with NULL, so that few different statements have to be prepared.
Result<std::vector<Enterprise>> list_in(
    Connection& db, std::string_view column, std::vector<Param> values
) {
    if (values.empty()) return std::vector<Enterprise>{};
    std::size_t places = 1;
    while (places < values.size()) places *= 2;
    values.resize(places, Param{nullptr});
    std::string sql = select_enterprise() + "WHERE e." + std::string(column) + " IN (?";
    for (std::size_t i = 1; i < places; ++i) sql += ",?";
    return list(db, sql + ")", values);
}

// LIKE treats % and _ as wild; what people type is not.
std::string beginning_with(std::string_view typed) {
    std::string pattern;
    for (const char c : typed) {
        if (c == '%' || c == '_' || c == '\\') pattern += '\\';
        pattern += c;
    }
    return pattern + '%';
}

}  // namespace

Result<std::vector<Enterprise>> find_enterprises_by_uscc(
    Connection& db, std::span<const std::string> codes
) {
    return list_in(db, "uscc", {codes.begin(), codes.end()});
}

Result<std::vector<Enterprise>> find_enterprises_by_phone(
    Connection& db, std::span<const std::string> phones
) {
    return list_in(db, "phone", {phones.begin(), phones.end()});
}

Result<std::vector<Enterprise>> find_enterprises_by_id(
    Connection& db, std::span<const ticketing::EnterpriseId> ids
) {
    std::vector<Param> values;
    for (const auto id : ids) values.emplace_back(id.value);
    return list_in(db, "id", std::move(values));
}

Result<std::vector<Enterprise>> search_enterprises(
    Connection& db, std::string_view typed, std::size_t limit
) {
    const std::string code = ticketing::normalise_uscc(typed);
    if (code.size() == 18 && !ticketing::inspect_uscc(code).refused()) {
        const std::string codes[] = {code};
        return find_enterprises_by_uscc(db, codes);
    }
    if (const std::string phone = ticketing::normalised_phone(typed); !phone.empty()) {
        const std::string phones[] = {phone};
        return find_enterprises_by_phone(db, phones);
    }
    if (const std::string initials = ticketing::typed_initials(typed); !initials.empty()) {
        const auto ids = enterprises_by_initials(db, initials, limit);
        if (!ids) return std::unexpected(ids.error());
        auto found = find_enterprises_by_id(db, *ids);
        if (found) std::ranges::sort(*found, {}, &Enterprise::name);
        if (!found || !found->empty()) return found;
    }
    const std::string pattern = beginning_with(typed);
    return list(
        db,
        select_enterprise() + "WHERE e.active=1 AND e.name LIKE ? ORDER BY e.name LIMIT ?",
        {pattern, limit}
    );
}

Result<std::vector<Enterprise>> carded_enterprises(
    Connection& db, ticketing::OfficialId official, std::size_t limit
) {
    return list(
        db,
        select_enterprise() +
            "JOIN contact_card c ON c.enterprise_id=e.id AND c.active=1 "
            "WHERE e.active=1 AND c.official_id=? ORDER BY e.name LIMIT ?",
        {official.value, limit}
    );
}

}  // namespace hotline::mysql
