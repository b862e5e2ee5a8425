#include "server/api/directory/input.hpp"
#include "server/api/dto.hpp"
#include "server/calendar/local_text.hpp"
#include "ticketing/text.hpp"

namespace hotline::api {
namespace {

using http::Request;

constexpr std::int64_t deepest_page = 10'000'000;

template <class Id>
Id id_in(QueryFields& query, const std::string& name) {
    return Id{static_cast<std::uint64_t>(query.integer(name, {.min = 1}).value_or(0))};
}

std::optional<sla::LocalDay> day_in(
    QueryFields& query, const std::string& name, std::vector<FieldError>& errors
) {
    const auto typed = query.text(name, 10);
    if (!typed || typed->empty()) return std::nullopt;
    const auto day = calendar::date_of(*typed);
    if (!day) errors.push_back({name, ErrorCode::invalid_format, {}});
    return day;
}

}  // namespace

Result<mysql::DirectoryFilter> read_directory_filter(
    const Request& request, const City& city, sla::LocalDay today
) {
    std::vector<FieldError> errors;
    QueryFields query(request, errors);
    mysql::DirectoryFilter filter;
    filter.today = today;
    filter.q = ticketing::tidied(query.text("q", 100).value_or(""));
    filter.parent = id_in<ticketing::UnitId>(query, "parent_id");
    if (const auto unit = id_in<ticketing::UnitId>(query, "unit_id")) filter.units = {unit};
    if (const auto root = id_in<ticketing::UnitId>(query, "within")) {
        filter.units = city.directory.subtree(root);
        // Nothing stands below a unit that is not there.
        if (filter.units.empty()) filter.units = {root};
    }
    filter.official = id_in<ticketing::OfficialId>(query, "official_id");
    filter.enterprise = id_in<ticketing::EnterpriseId>(query, "enterprise_id");
    filter.division = query.text("division", 12).value_or("");
    filter.zone = query.text("zone", 12).value_or("");
    filter.industry = query.text("industry", 1).value_or("");
    filter.level = query.name<ticketing::UnitLevel>("level");
    filter.active = query.flag("active");
    filter.on_leave = query.flag("on_leave");
    filter.five_above = query.flag("five_above");
    filter.from = day_in(query, "from", errors);
    filter.to = day_in(query, "to", errors);
    const auto cursor = query.integer("cursor", {.min = 0, .max = deepest_page});
    filter.offset = static_cast<std::uint64_t>(cursor.value_or(0));
    filter.limit = query.limit(50, 200);
    if (auto refused = refusal(std::move(errors))) return std::unexpected(std::move(*refused));
    return filter;
}

Result<mysql::HistoryFilter> read_history_filter(const Request& request) {
    std::vector<FieldError> errors;
    QueryFields query(request, errors);
    mysql::HistoryFilter filter;
    filter.kind = query.name<ticketing::organisation::Kind>("kind");
    filter.entity = static_cast<std::uint64_t>(query.integer("id", {.min = 1}).value_or(0));
    if (filter.entity != 0 && !filter.kind && errors.empty()) {
        errors.push_back({"kind", ErrorCode::missing_field, {}});
    }
    filter.user = id_in<ticketing::UserId>(query, "user_id");
    const auto from = day_in(query, "from", errors);
    const auto to = day_in(query, "to", errors);
    if (from) filter.from = sla::at_local(*from, {});
    if (to) filter.until = sla::at_local(*to + std::chrono::days{1}, {});
    filter.before_id = static_cast<std::uint64_t>(query.integer("cursor", {.min = 0}).value_or(0));
    filter.limit = query.limit(50, 200);
    if (auto refused = refusal(std::move(errors))) return std::unexpected(std::move(*refused));
    return filter;
}

}  // namespace hotline::api
