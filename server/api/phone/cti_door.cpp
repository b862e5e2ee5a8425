#include "server/api/phone/cti_door.hpp"

#include "integrations/crypto/digest.hpp"
#include "integrations/crypto/webhook.hpp"

#include <algorithm>

namespace hotline::api {
namespace {

constexpr std::string_view signature_version = "v1=";

Result<std::string> source_of(const http::Request& request) {
    const std::string source{request.header("x-cti-source").value_or("")};
    const auto is_plain = [](char c) { return c > ' ' && c <= '~'; };
    if (source.empty()) return fail_field("X-Cti-Source", ErrorCode::missing_field);
    if (source.size() > 40) return fail_field("X-Cti-Source", ErrorCode::too_long, "40");
    if (!std::ranges::all_of(source, is_plain)) {
        return fail_field("X-Cti-Source", ErrorCode::invalid_format);
    }
    return source;
}

}  // namespace

CtiDoor::CtiDoor(auth::Guard& guard, std::string secret, auth::Clock clock)
    : guard_(guard), secret_(std::move(secret)), clock_(std::move(clock)) {}

Result<void> CtiDoor::check_signature(const http::Request& request, std::string_view signature)
    const {
    const std::string time{request.header("x-cti-timestamp").value_or("")};
    if (secret_.empty() || !crypto::is_timely(time, clock_())) {
        return fail(ErrorCode::not_authenticated);
    }
    const auto mac = crypto::hmac_sha256(secret_, time + "." + request.body);
    const std::string expected = std::string(signature_version) + crypto::hex(mac);
    if (!crypto::equal_in_constant_time(signature, expected)) {
        return fail(ErrorCode::not_authenticated);
    }
    return {};
}

boost::asio::awaitable<Result<std::string>> CtiDoor::admit(const http::Request& request) {
    if (const auto signature = request.header("x-cti-signature")) {
        if (const auto fits = check_signature(request, *signature); !fits) {
            co_return std::unexpected(fits.error());
        }
        co_return source_of(request);
    }
    const auto platform = co_await guard_.machine(request, "cti");
    if (!platform) co_return std::unexpected(platform.error());
    co_return source_of(request);
}

}  // namespace hotline::api
