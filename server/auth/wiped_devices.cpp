#include "server/auth/wiped_devices.hpp"

#include "integrations/mysql/device_store.hpp"
#include "server/tasks.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>

namespace hotline::auth {
namespace {

// Rows become visible a little after the time they carry.
constexpr auto overlap = std::chrono::seconds(30);

}  // namespace

bool is_device_id(std::string_view text) {
    if (text.size() != 36) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        if (dash ? c != '-' : !hex) return false;
    }
    return true;
}

std::optional<std::string> device_of(const http::Request& request) {
    const auto header = request.header("x-device");
    if (!header || !is_device_id(*header)) return std::nullopt;
    return std::string(*header);
}

std::optional<http::Response> WipedDevices::refusal(const http::Request& request) const {
    if (ids_.empty()) return std::nullopt;
    const auto device = device_of(request);
    if (!device || !ids_.contains(*device)) return std::nullopt;
    const bool english = request.wants_english();
    boost::json::object body{
        {"type", "/problems/device-wiped"},
        {"title", english ? "This device was wiped" : "本设备已被清除"},
        {"status", 401},
        {"code", "device_wiped"},
        {"detail",
         english ? "This device was wiped: delete what it kept, then log in anew."
                 : "本设备已被远程清除，请删除本机数据后重新登录。"},
    };
    if (!request.request_id.empty()) body["request_id"] = request.request_id;
    http::Response response;
    response.status = 401;
    response.set("content-type", "application/problem+json; charset=utf-8")
        .set("cache-control", "no-store")
        .set("content-language", english ? "en" : "zh-CN");
    response.body = boost::json::serialize(body);
    return response;
}

boost::asio::awaitable<void> WipedDevices::run() {
    ticketing::Instant since{};
    for (;;) {
        auto job = [since](mysql::Connection& db) { return mysql::wiped_since(db, since); };
        const auto wiped = co_await pool_.read(std::move(job), mysql::Lane::background);
        if (wiped) {
            for (const auto& device : *wiped) {
                ids_.insert(device.id);
                since = std::max(since, device.at - overlap);
            }
        }
        co_await sleep_for(std::chrono::seconds(1));
    }
}

}  // namespace hotline::auth
