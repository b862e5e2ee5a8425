#include "tests/support/emptied_schema.hpp"

#include "tests/support/private_stores.hpp"

#include <stdexcept>
#include <string>

namespace hotline::test {
namespace {

constexpr std::string_view of_tickets[] = {
    "ticket",
    "ticket_event",
    "ticket_route",
    "ticket_alias",
    "ticket_co_unit",
    "ticket_charge",
    "ticket_facts",
    "act_key",
    "attachment",
    "dead_letter",
    "outbox",
    "notice_todo",
    "handover",
    "notice",
    "notice_delivery",
    "derive_todo",
    "search_todo",
    "search_posting",
    "search_span",
    "person_key",
    "text_change",
    "rollup",
    "misroute",
    "kept_matter",
    "kpi_source",
    "kpi_freeze",
    "kpi_freeze_figure",
    "kpi_freeze_ticket",
    "chain_moved",
    "chain_checkpoint",
    "chain_checkpoint_entry",
};

void empty(mysql::Connection& db, std::string_view table) {
    const auto deleted = db.execute("DELETE FROM " + std::string(table));
    if (!deleted) throw std::runtime_error("not emptied: " + deleted.error().detail);
}

}  // namespace

mysql::Settings emptied_schema(std::initializer_list<std::string_view> also) {
    static const mysql::Settings schema = mariadb().migrated_schema();
    const mysql::ThreadScope scope;
    auto db = mysql::Connection::open(schema);
    if (!db) throw std::runtime_error("no schema: " + db.error().detail);
    for (const std::string_view table : of_tickets) empty(*db, table);
    for (const std::string_view table : also) empty(*db, table);
    return schema;
}

}  // namespace hotline::test
