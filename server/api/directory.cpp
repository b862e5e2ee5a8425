#include "server/api/directory.hpp"

#include "integrations/mysql/directory_query.hpp"
#include "integrations/mysql/enterprise_store.hpp"
#include "server/api/dto.hpp"
#include "server/api/enterprise_json.hpp"
#include "server/api/ticket_json.hpp"
#include "ticketing/json_text.hpp"
#include "ticketing/pinyin/initials.hpp"
#include "ticketing/text.hpp"

#include <fmt/format.h>

namespace hotline::api {

namespace asio = boost::asio;
using http::Request;
using http::Response;
using ticketing::Role;
using ticketing::Verb;

namespace {

class Items {
public:
    void add(std::string_view item) {
        if (text_.size() > first_) text_ += ',';
        text_ += item;
        ++count_;
    }
    std::size_t size() const { return count_; }
    std::string str() const { return text_ + "]}"; }

private:
    std::string text_ = "{\"items\":[";
    std::size_t first_ = text_.size();
    std::size_t count_ = 0;
};

std::string official_json(const ticketing::Official& official, const ticketing::Load& load) {
    ticketing::JsonObject out;
    out.number("id", static_cast<std::int64_t>(official.id.value)).text("name", official.name);
    out.number("unit_id", static_cast<std::int64_t>(official.unit.value));
    out.raw("on_leave", official.on_leave ? "true" : "false");
    out.raw("open_weighted", fmt::format("{:.1f}", load.open_weighted));
    out.number("capacity", official.capacity);
    return out.str();
}

// Where a name has what was typed: a part of it, or initials of its characters (Y5); nothing when
// it has not.
std::optional<std::size_t> place_in(std::string_view name, const std::string& typed) {
    if (const auto at = name.find(typed); at != std::string_view::npos) return at;
    const std::string initials = ticketing::typed_initials(typed);
    return initials.empty() ? std::nullopt : ticketing::initials_at(name, initials);
}

// Those whose names have what was typed, those that begin with it first; else in their order.
template <class Entry>
std::vector<const Entry*> named(const std::vector<const Entry*>& all, const std::string& typed) {
    std::vector<const Entry*> found;
    std::vector<const Entry*> within;
    for (const Entry* entry : all) {
        const auto place = place_in(entry->name, typed);
        if (place) (*place == 0 ? found : within).push_back(entry);
    }
    found.insert(found.end(), within.begin(), within.end());
    return found;
}

// Of one unit, or of all.
std::vector<const ticketing::Official*> active_officials(
    const ticketing::Directory& directory, const std::optional<std::int64_t>& unit
) {
    std::vector<const ticketing::Official*> found;
    const auto add = [&found](const ticketing::Official* official) {
        if (official != nullptr && official->active) found.push_back(official);
    };
    if (unit) {
        for (const auto id : directory.officials_of({static_cast<std::uint64_t>(*unit)})) {
            add(directory.official(id));
        }
    } else {
        for (const auto& official : directory.officials) add(&official);
    }
    return found;
}

// How many matters of a firm are open says something of tickets outside a unit's scope: for the
// centre only.
bool sees_counts(Role role) {
    return role == Role::agent || role == Role::dispatcher || role == Role::reviewer ||
           role == Role::supervisor;
}

struct Firms {
    std::vector<ticketing::Enterprise> found;
    std::unordered_map<std::uint64_t, std::int64_t> open;
};

struct FirmSearch {
    std::string typed;
    ticketing::OfficialId cards_of;
    std::size_t limit = 20;
    bool counts = false;
};

Result<Firms> find_firms(mysql::Connection& db, const FirmSearch& search) {
    auto found = search.cards_of ? mysql::carded_enterprises(db, search.cards_of, search.limit)
                                 : mysql::search_enterprises(db, search.typed, search.limit);
    if (!found) return std::unexpected(found.error());
    Firms firms{std::move(*found), {}};
    if (!search.counts) return firms;
    std::vector<ticketing::EnterpriseId> ids;
    for (const auto& firm : firms.found) ids.push_back(firm.id);
    auto open = mysql::open_tickets_of(db, ids);
    if (!open) return std::unexpected(open.error());
    firms.open = std::move(*open);
    return firms;
}

Result<FirmSearch> read_search(const Request& request, const ticketing::Actor& actor) {
    std::vector<FieldError> errors;
    QueryFields query(request, errors);
    FirmSearch search;
    search.typed = ticketing::tidied(query.text("q", 100).value_or(""));
    search.limit = query.limit(20, 100);
    search.counts = sees_counts(actor.role);
    if (query.flag("carded").value_or(false)) search.cards_of = actor.official;
    const bool asked = search.cards_of || !search.typed.empty();
    if (!asked) errors.push_back({"q", ErrorCode::missing_field, {}});
    if (auto refused = refusal(std::move(errors))) return std::unexpected(std::move(*refused));
    return search;
}

}  // namespace

DirectoryApi::DirectoryApi(
    auth::Guard& guard, mysql::Pool& pool, const CitySource& city, const DeskLoads& loads
)
    : guard_(guard), pool_(pool), city_(city), loads_(loads) {}

asio::awaitable<Response> DirectoryApi::units(Request request) {
    const auto actor = co_await guard_.who_may(request, Verb::directory_read);
    if (!actor) co_return http::problem(request, actor.error());
    std::vector<FieldError> errors;
    QueryFields query(request, errors);
    const std::string part = ticketing::tidied(query.text("q", 80).value_or(""));
    const std::string division = query.text("division", 12).value_or("");
    const std::size_t limit = query.limit(50, 500);
    if (auto refused = refusal(std::move(errors))) co_return http::problem(request, *refused);
    const CityPtr city = city_.current();
    Items items;
    std::vector<const ticketing::Unit*> units;
    for (const auto& unit : city->directory.units) {
        const bool fits = unit.active && (division.empty() || unit.division == division);
        if (fits) units.push_back(&unit);
    }
    for (const auto* unit : named(units, part)) {
        if (items.size() == limit) break;
        items.add(unit_json(*unit));
    }
    co_return http::json(items.str());
}

asio::awaitable<Response> DirectoryApi::officials(Request request) {
    const auto actor = co_await guard_.who_may(request, Verb::directory_read);
    if (!actor) co_return http::problem(request, actor.error());
    std::vector<FieldError> errors;
    QueryFields query(request, errors);
    const auto unit = query.integer("unit_id", {.min = 1});
    const std::string part = ticketing::tidied(query.text("q", 80).value_or(""));
    const std::size_t limit = query.limit(50, 500);
    const bool asked = unit || !part.empty();
    if (!asked && errors.empty()) errors.push_back({"unit_id", ErrorCode::missing_field, {}});
    if (auto refused = refusal(std::move(errors))) co_return http::problem(request, *refused);
    const CityPtr city = city_.current();
    const auto loads = loads_.copy();
    Items items;
    for (const auto* official : named(active_officials(city->directory, unit), part)) {
        // Whoever looks through one unit is shown all of it.
        if (!unit && items.size() == limit) break;
        const auto load = loads.find(official->id.value);
        items.add(
            official_json(*official, load == loads.end() ? ticketing::OfficialDesk{} : load->second)
        );
    }
    co_return http::json(items.str());
}

asio::awaitable<Response> DirectoryApi::enterprises(Request request) {
    const auto actor = co_await guard_.who_may(request, Verb::enterprise_find);
    if (!actor) co_return http::problem(request, actor.error());
    const auto search = read_search(request, *actor);
    if (!search) co_return http::problem(request, search.error());
    const CityPtr city = city_.current();
    const auto job = [&search](mysql::Connection& db) { return find_firms(db, *search); };
    const auto firms = co_await pool_.read(job);
    if (!firms) co_return http::problem(request, firms.error());
    Items items;
    for (const auto& firm : firms->found) {
        std::optional<std::int64_t> open;
        if (search->counts) {
            const auto count = firms->open.find(firm.id.value);
            open = count == firms->open.end() ? 0 : count->second;
        }
        items.add(enterprise_json(firm, *actor, city->directory, open));
    }
    co_return http::json(items.str());
}

void DirectoryApi::add_routes(std::vector<http::Route>& routes) {
    const auto get = http::Method::get;
    routes.push_back({get, "/api/v1/units", [this](Request r) { return units(std::move(r)); }});
    routes.push_back({get, "/api/v1/officials", [this](Request r) {
                          return officials(std::move(r));
                      }});
    routes.push_back({get, "/api/v1/enterprises", [this](Request r) {
                          return enterprises(std::move(r));
                      }});
}

}  // namespace hotline::api
