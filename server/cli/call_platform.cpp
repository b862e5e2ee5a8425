#include "server/cli/call_platform.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <chrono>
#include <utility>

namespace hotline::cli {

namespace json = boost::json;

std::string time_text(ticketing::Instant at) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(at);
    return fmt::format(
        "{:%Y-%m-%dT%H:%M:%S}.{:03}Z",
        fmt::gmtime(std::chrono::system_clock::to_time_t(seconds)),
        (at - seconds).count()
    );
}

Result<CallPlatform> CallPlatform::ready(std::string_view url, Person& admin, std::string source) {
    auto client = HttpClient::at(url);
    if (!client) return std::unexpected(client.error());
    CallPlatform platform(std::move(*client), std::move(source));
    json::object wish;
    wish["name"] = platform.source_;
    wish["scope"] = "cti";
    wish["days"] = 1;
    const auto token = admin.post("/api/v1/admin/tokens", wish);
    if (!token) return std::unexpected(token.error());
    platform.token_ = text_of(*token, "token");
    if (const auto* id = token->if_contains("id")) platform.token_id_ = json::serialize(*id);
    return platform;
}

void CallPlatform::dismiss(Person& admin) {
    if (!token_id_.empty()) (void)admin.remove("/api/v1/admin/tokens/" + token_id_);
}

HttpHeaders CallPlatform::headers() const {
    return {{"Authorization", "Bearer " + token_}, {"X-Cti-Source", source_}};
}

Result<void> CallPlatform::tell(const json::array& events) {
    const auto taken =
        object_of(client_.request("POST", "/api/v1/cti/events", json::serialize(events), headers())
        );
    if (!taken) return std::unexpected(taken.error());
    const auto* refused = taken->if_contains("rejected");
    if (refused == nullptr || !refused->is_array() || refused->get_array().empty()) return {};
    const auto& first = refused->get_array().front();
    return fail(ErrorCode::validation_failed, "an event was refused: " + json::serialize(first));
}

Result<void> CallPlatform::beat() {
    const auto heard = client_.request("POST", "/api/v1/cti/heartbeat", {}, headers());
    if (!heard) return std::unexpected(heard.error());
    if (heard->status != 204) return fail(ErrorCode::internal, "the heartbeat was refused");
    return {};
}

}  // namespace hotline::cli
