#include "server/api/devices.hpp"

#include "server/api/dto.hpp"
#include "server/auth/audit.hpp"
#include "ticketing/json_text.hpp"

#include <algorithm>

namespace hotline::api {
namespace {

namespace asio = boost::asio;
using http::Request;
using http::Response;
using mysql::Device;
using ticketing::JsonObject;

constexpr std::size_t device_body = 4096;
constexpr auto wiped_shown = std::chrono::days{30};

std::string device_json(const Device& device, const std::optional<std::string>& current) {
    JsonObject out;
    out.text("id", device.id).text("name", device.name);
    out.text("kind", device.kind == mysql::DeviceKind::web_push ? "web_push" : "unified_push");
    out.raw("current", current == device.id ? "true" : "false");
    out.raw("subscribed", device.endpoint.empty() ? "false" : "true");
    out.text("created_at", to_text(device.created_at)).text("seen_at", to_text(device.seen_at));
    return out.str();
}

// What has become of a wiped one: the push service has taken the last word, or it is erased when it
// comes back.
std::string wiped_json(const Device& device) {
    JsonObject out;
    out.text("id", device.id).text("name", device.name);
    out.text("wiped_at", to_text(*device.wiped_at)).text("seen_at", to_text(device.seen_at));
    return out.raw("last_word_due", device.last_word_due ? "true" : "false").str();
}

bool is_base64url(std::string_view text) {
    return std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '_';
    });
}

bool is_printable(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7f'; });
}

Result<Device> read_device(const Request& request, bool plain_http) {
    const auto body = parse_object(request);
    if (!body) return std::unexpected(body.error());
    std::vector<FieldError> errors;
    Fields fields(*body, errors);
    Device device;
    device.id = fields.required_text("id", {.max = 36});
    if (!device.id.empty() && !auth::is_device_id(device.id)) {
        fields.note("id", ErrorCode::invalid_format);
    }
    device.name = fields.required_text("name", {.min = 1, .max = 60});
    const auto kind = fields.required_text("kind", {.max = 20});
    if (kind == "unified_push") {
        device.kind = mysql::DeviceKind::unified_push;
    } else if (!kind.empty() && kind != "web_push") {
        fields.note("kind", ErrorCode::not_in_list, "web_push, unified_push");
    }
    device.endpoint = fields.text("endpoint", {.max = 500}).value_or("");
    device.p256dh = fields.text("p256dh", {.max = 100}).value_or("");
    device.auth = fields.text("auth", {.max = 40}).value_or("");
    const bool scheme = device.endpoint.starts_with("https://") ||
                        (plain_http && device.endpoint.starts_with("http://"));
    if (!device.endpoint.empty() && (!scheme || !is_printable(device.endpoint))) {
        fields.note("endpoint", ErrorCode::invalid_format);
    }
    // 65 and 16 bytes.
    const bool keys = !device.endpoint.empty();
    if (keys && (device.p256dh.size() != 87 || !is_base64url(device.p256dh))) {
        fields.note("p256dh", ErrorCode::invalid_format);
    }
    if (keys && (device.auth.size() != 22 || !is_base64url(device.auth))) {
        fields.note("auth", ErrorCode::invalid_format);
    }
    fields.refuse_others();
    if (const auto refused = refusal(std::move(errors))) return std::unexpected(*refused);
    if (!keys) device.p256dh = device.auth = "";
    return device;
}

std::string device_id_in(const Request& request) {
    const auto found = request.params.find("device_id");
    return found == request.params.end() ? "" : found->second;
}

}  // namespace

DevicesApi::DevicesApi(
    auth::Guard& guard,
    auth::Sessions& sessions,
    auth::WipedDevices& wiped_devices,
    mysql::Pool& pool,
    auth::Clock clock,
    bool plain_http,
    Wiped wiped
)
    : guard_(guard),
      sessions_(sessions),
      wiped_devices_(wiped_devices),
      pool_(pool),
      clock_(std::move(clock)),
      plain_http_(plain_http),
      wiped_(std::move(wiped)) {}

asio::awaitable<Response> DevicesApi::devices_of(Request request, ticketing::UserId account) {
    auto job = [account](mysql::Connection& db) { return mysql::list_devices(db, account); };
    const auto devices = co_await pool_.read(std::move(job));
    if (!devices) co_return http::problem(request, devices.error());
    const auto current = auth::device_of(request);
    JsonObject out;
    out.raw("items", ticketing::json_array(*devices, [&](const Device& device) {
                return device_json(device, current);
            }));
    co_return http::json(out.str());
}

asio::awaitable<Response> DevicesApi::list(Request request) {
    const auto actor = co_await guard_.who(request);
    if (!actor) co_return http::problem(request, actor.error());
    co_return co_await devices_of(std::move(request), actor->user);
}

asio::awaitable<Response> DevicesApi::keep(Request request) {
    const auto session = co_await guard_.settled_session(request);
    if (!session) co_return http::problem(request, session.error());
    auto device = read_device(request, plain_http_);
    if (!device) co_return http::problem(request, device.error());
    device->account = session->account.id;
    device->created_at = device->seen_at = clock_();
    const auto said = auth::device_of(request);
    const bool this_one = said == device->id && session->session.device != device->id;
    // An older session is of the device it comes from from now on, so that a wipe ends it as well.
    auto job = [&](mysql::Connection& db) -> Result<bool> {
        const auto kept = mysql::keep_device(db, *device);
        if (!kept || !*kept || !this_one) return kept;
        const auto bound = mysql::bind_session(db, session->session.token, device->id);
        if (!bound) return std::unexpected(bound.error());
        return true;
    };
    const auto kept = co_await pool_.transact(std::move(job));
    if (!kept) co_return http::problem(request, kept.error());
    if (!*kept) {
        wiped_devices_.add(device->id);
        if (auto refused = wiped_devices_.refusal(request)) co_return std::move(*refused);
        co_return http::problem(request, ErrorCode::conflict);
    }
    if (this_one) sessions_.forget(session->session.token);
    co_return http::json(device_json(*device, said));
}

asio::awaitable<Response> DevicesApi::wipe_device(
    Request request, ticketing::Actor by, ticketing::UserId account
) {
    const std::string id = device_id_in(request);
    if (!auth::is_device_id(id)) co_return http::problem(request, ErrorCode::not_found);
    const auto caller = auth::caller_of(request);
    using Whose = std::optional<std::vector<ticketing::UserId>>;
    auto job = [&](mysql::Connection& db) -> Result<Whose> {
        const auto now = clock_();
        auto whose = mysql::wipe_device(db, account, id, now);
        if (!whose || !*whose) return whose;
        const auto entry = auth::audit_entry(
            caller,
            by,
            "device.wipe",
            auth::user_object(account),
            now,
            JsonObject().text("device", id).str()
        );
        if (const auto ok = auth::record(db, entry); !ok) return std::unexpected(ok.error());
        return whose;
    };
    const auto whose = co_await pool_.transact(std::move(job));
    if (!whose) co_return http::problem(request, whose.error());
    if (!*whose) co_return http::problem(request, ErrorCode::not_found);
    wiped_devices_.add(id);
    if (wiped_) co_await wiped_(id);
    for (const auto user : **whose) sessions_.account_ended(user);
    co_return http::no_content();
}

asio::awaitable<Response> DevicesApi::wipe(Request request) {
    auto actor = co_await guard_.who(request);
    if (!actor) co_return http::problem(request, actor.error());
    const auto account = actor->user;
    co_return co_await wipe_device(std::move(request), std::move(*actor), account);
}

asio::awaitable<Response> DevicesApi::list_of(Request request) {
    const auto actor = co_await guard_.who_may(request, ticketing::Verb::user_admin);
    if (!actor) co_return http::problem(request, actor.error());
    const auto id = path_id(request, "user_id");
    if (!id) co_return http::problem(request, id.error());
    const ticketing::UserId account{*id};
    const auto since = clock_() - wiped_shown;
    using Both = std::pair<std::vector<Device>, std::vector<Device>>;
    auto job = [account, since](mysql::Connection& db) -> Result<Both> {
        auto devices = mysql::list_devices(db, account);
        if (!devices) return std::unexpected(devices.error());
        auto wiped = mysql::list_wiped_devices(db, account, since);
        if (!wiped) return std::unexpected(wiped.error());
        return Both{std::move(*devices), std::move(*wiped)};
    };
    const auto found = co_await pool_.read(std::move(job));
    if (!found) co_return http::problem(request, found.error());
    const auto current = auth::device_of(request);
    JsonObject out;
    out.raw("items", ticketing::json_array(found->first, [&](const Device& device) {
                return device_json(device, current);
            }));
    co_return http::json(out.raw("wiped", ticketing::json_array(found->second, wiped_json)).str());
}

asio::awaitable<Response> DevicesApi::wipe_of(Request request) {
    auto actor = co_await guard_.who_may(request, ticketing::Verb::user_admin);
    if (!actor) co_return http::problem(request, actor.error());
    const auto id = path_id(request, "user_id");
    if (!id) co_return http::problem(request, id.error());
    const ticketing::UserId account{*id};
    co_return co_await wipe_device(std::move(request), std::move(*actor), account);
}

asio::awaitable<Response> DevicesApi::wipe_all_of(Request request) {
    const auto actor = co_await guard_.who_may(request, ticketing::Verb::user_admin);
    if (!actor) co_return http::problem(request, actor.error());
    const auto id = path_id(request, "user_id");
    if (!id) co_return http::problem(request, id.error());
    const ticketing::UserId account{*id};
    const auto caller = auth::caller_of(request);
    auto job = [&](mysql::Connection& db) -> Result<mysql::WipedAll> {
        const auto now = clock_();
        auto all = mysql::wipe_devices(db, account, now);
        if (!all) return all;
        for (const std::string& device : all->devices) {
            const auto entry = auth::audit_entry(
                caller,
                *actor,
                "device.wipe",
                auth::user_object(account),
                now,
                JsonObject().text("device", device).str()
            );
            if (const auto ok = auth::record(db, entry); !ok) return std::unexpected(ok.error());
        }
        return all;
    };
    const auto all = co_await pool_.transact(std::move(job));
    if (!all) co_return http::problem(request, all.error());
    for (const std::string& device : all->devices) {
        wiped_devices_.add(device);
        if (wiped_) co_await wiped_(device);
    }
    for (const auto user : all->whose) sessions_.account_ended(user);
    JsonObject out;
    out.number("wiped", static_cast<std::int64_t>(all->devices.size()));
    co_return http::json(out.str());
}

void DevicesApi::add_routes(std::vector<http::Route>& routes) {
    const auto bind = [this](auto member) {
        return [this, member](Request request) { return (this->*member)(std::move(request)); };
    };
    using enum http::Method;
    routes.push_back({get, "/api/v1/me/devices", bind(&DevicesApi::list)});
    routes.push_back({post, "/api/v1/me/devices", bind(&DevicesApi::keep), device_body});
    routes.push_back({del, "/api/v1/me/devices/{device_id}", bind(&DevicesApi::wipe)});
    routes.push_back({get, "/api/v1/admin/accounts/{user_id}/devices", bind(&DevicesApi::list_of)});
    routes.push_back(
        {del, "/api/v1/admin/accounts/{user_id}/devices", bind(&DevicesApi::wipe_all_of)}
    );
    routes.push_back(
        {del, "/api/v1/admin/accounts/{user_id}/devices/{device_id}", bind(&DevicesApi::wipe_of)}
    );
}

}  // namespace hotline::api
