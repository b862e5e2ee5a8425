#include "server/api/audit.hpp"

#include "integrations/crypto/digest.hpp"
#include "integrations/mysql/audit_store.hpp"
#include "server/api/dto.hpp"
#include "server/auth/audit.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <fmt/format.h>

#include <charconv>

namespace hotline::api {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;
using http::Request;
using http::Response;
using mysql::AuditPlace;
using ticketing::Verb;

std::string place_text(const AuditPlace& place) {
    return fmt::format("{}-{}", place.shard, place.seq);
}

std::string cursor_text(const AuditPlace& place) {
    return fmt::format("{}-{}", place.at.time_since_epoch().count(), place_text(place));
}

// "<ms>-<shard>-<seq>"
std::optional<AuditPlace> place_from(std::string_view text) {
    std::int64_t ms = 0;
    AuditPlace place;
    const char* end = text.data() + text.size();
    auto read = std::from_chars(text.data(), end, ms);
    if (read.ec != std::errc{} || read.ptr == end || *read.ptr != '-') return std::nullopt;
    read = std::from_chars(read.ptr + 1, end, place.shard);
    if (read.ec != std::errc{} || read.ptr == end || *read.ptr != '-') return std::nullopt;
    read = std::from_chars(read.ptr + 1, end, place.seq);
    constexpr std::int64_t year_9000 = 221'845'392'000'000;
    const bool good = read.ec == std::errc{} && read.ptr == end && ms >= 0 && ms < year_9000;
    if (!good) return std::nullopt;
    place.at = ticketing::Instant{std::chrono::milliseconds{ms}};
    return place;
}

json::object entry_json(const mysql::StoredAudit& stored) {
    const auto& entry = stored.entry;
    json::object out;
    out["seq"] = place_text(stored.place);
    out["at"] = to_text(entry.at);
    if (entry.user) out["user_id"] = entry.user.value;
    if (!stored.user_name.empty()) out["user_name"] = stored.user_name;
    out["role"] = ticketing::name(entry.role);
    out["action"] = entry.action;
    if (!entry.object.empty()) out["object"] = entry.object;
    out["success"] = entry.success;
    if (!entry.address.empty()) out["address"] = entry.address;
    if (!entry.request_id.empty()) out["request_id"] = entry.request_id;
    boost::system::error_code error;
    auto detail = json::parse(entry.detail, error);
    if (!error && detail.is_object()) out["detail"] = std::move(detail);
    return out;
}

struct Page {
    std::string action;
    std::optional<AuditPlace> before;
    std::size_t limit = 0;
};

Result<Page> read_page(const Request& request) {
    std::vector<FieldError> errors;
    QueryFields query(request, errors);
    Page page;
    page.action = query.text("action", 40).value_or("");
    page.limit = query.limit(100, 500);
    if (const auto cursor = query.text("cursor", 60)) {
        page.before = place_from(*cursor);
        if (!page.before) errors.push_back({"cursor", ErrorCode::invalid_format, {}});
    }
    if (const auto refused = refusal(std::move(errors))) return std::unexpected(*refused);
    return page;
}

}  // namespace

AuditApi::AuditApi(auth::Guard& guard, mysql::Pool& pool, auth::Clock clock)
    : guard_(guard), pool_(pool), clock_(std::move(clock)) {}

asio::awaitable<Response> AuditApi::list(Request request) {
    const auto actor = co_await guard_.who_may(request, Verb::audit_read);
    if (!actor) co_return http::problem(request, actor.error());
    const auto page = read_page(request);
    if (!page) co_return http::problem(request, page.error());
    const auto look =
        auth::audit_entry(auth::caller_of(request), *actor, "audit.read", page->action, clock_());
    auto job = [page = *page, look](mysql::Connection& db) {
        auto found = mysql::list_audit(db, page.action, page.before, page.limit + 1);
        if (!found) return found;
        if (const auto ok = auth::record(db, look); !ok) {
            return decltype(found)(std::unexpected(ok.error()));
        }
        return found;
    };
    auto entries = co_await pool_.transact(std::move(job));
    if (!entries) co_return http::problem(request, entries.error());
    json::object out;
    if (entries->size() > page->limit) {
        entries->resize(page->limit);
        out["next_cursor"] = cursor_text(entries->back().place);
    }
    json::array items;
    for (const auto& entry : *entries) items.emplace_back(entry_json(entry));
    out["items"] = std::move(items);
    co_return http::json(json::serialize(out));
}

asio::awaitable<Response> AuditApi::verify(Request request) {
    const auto actor = co_await guard_.who_may(request, Verb::audit_read);
    if (!actor) co_return http::problem(request, actor.error());
    auto walk = [](mysql::Connection& db) { return mysql::verify_audit(db, crypto::sm3); };
    const auto verdict = co_await pool_.read(std::move(walk), mysql::Lane::background);
    if (!verdict) co_return http::problem(request, verdict.error());
    auto entry = auth::audit_entry(auth::caller_of(request), *actor, "audit.verify", "", clock_());
    entry.success = !verdict->first_broken;
    auto job = [entry](mysql::Connection& db) { return auth::record(db, entry); };
    const auto noted = co_await pool_.transact(std::move(job));
    if (!noted) co_return http::problem(request, noted.error());
    json::object out;
    out["intact"] = !verdict->first_broken;
    out["entries"] = verdict->entries;
    if (verdict->first_broken) out["first_broken"] = place_text(*verdict->first_broken);
    co_return http::json(json::serialize(out));
}

void AuditApi::add_routes(std::vector<http::Route>& routes) {
    const auto get = http::Method::get;
    routes.push_back({get, "/api/v1/audit", [this](Request r) { return list(std::move(r)); }});
    routes.push_back({get, "/api/v1/audit/verify", [this](Request r) {
                          return verify(std::move(r));
                      }});
}

}  // namespace hotline::api
