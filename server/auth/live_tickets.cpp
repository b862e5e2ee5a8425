#include "server/auth/live_tickets.hpp"

#include "integrations/crypto/digest.hpp"
#include "integrations/crypto/token.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

namespace hotline::auth {
namespace {

namespace asio = boost::asio;

constexpr std::chrono::seconds lifetime{30};
constexpr std::size_t digest_bytes = 32;
constexpr std::size_t nonce_bytes = 16;
constexpr std::size_t time_bytes = 8;
constexpr std::size_t body_bytes = digest_bytes + nonce_bytes + time_bytes;

std::string as_bytes(std::int64_t value) {
    std::string out;
    for (int shift = 56; shift >= 0; shift -= 8) {
        out += static_cast<char>(static_cast<std::uint64_t>(value) >> shift & 0xFFU);
    }
    return out;
}

std::int64_t as_number(std::string_view bytes) {
    std::uint64_t value = 0;
    for (const char c : bytes) value = value << 8 | static_cast<unsigned char>(c);
    return static_cast<std::int64_t>(value);
}

std::string sealed(std::string_view body, const std::string& key) {
    return std::string(crypto::as_chars(crypto::hmac_sha256(key + "live ticket", body)));
}

struct Opened {
    mysql::TokenDigest session{};
    std::string nonce;
    ticketing::Instant issued;
};

std::optional<Opened> open(std::string_view ticket, const std::string& key) {
    const auto bytes = crypto::from_base64url(ticket);
    if (!bytes || bytes->size() != body_bytes + digest_bytes || key.empty()) return std::nullopt;
    const std::string_view body = std::string_view(*bytes).substr(0, body_bytes);
    const std::string_view mac = std::string_view(*bytes).substr(body_bytes);
    if (!crypto::equal_in_constant_time(mac, sealed(body, key))) return std::nullopt;
    Opened out;
    std::copy_n(body.begin(), digest_bytes, out.session.begin());
    out.nonce = body.substr(digest_bytes, nonce_bytes);
    const auto issued = as_number(body.substr(digest_bytes + nonce_bytes));
    out.issued = ticketing::Instant{std::chrono::milliseconds{issued}};
    return out;
}

}  // namespace

LiveTickets::LiveTickets(redis::Limits& limits, const Settings& settings, Clock clock)
    : limits_(limits), settings_(settings), clock_(std::move(clock)) {}

std::string LiveTickets::issue(const mysql::TokenDigest& session) const {
    std::string body(session.begin(), session.end());
    const auto random = crypto::token_digest(crypto::random_token());
    body += crypto::as_chars(random).substr(0, nonce_bytes);
    body += as_bytes(clock_().time_since_epoch().count());
    body += sealed(body, settings_.live_ticket_key);
    return crypto::base64url({reinterpret_cast<const std::uint8_t*>(body.data()), body.size()});
}

asio::awaitable<Result<mysql::TokenDigest>> LiveTickets::redeem(std::string ticket) {
    const auto now = clock_();
    const auto opened = open(ticket, settings_.live_ticket_key);
    // A server whose clock is a little behind meets tickets from the future.
    const bool timely =
        opened && now - opened->issued < lifetime && opened->issued - now < lifetime;
    if (!timely || !first_use_here(opened->nonce, now))
        co_return fail(ErrorCode::not_authenticated);
    const std::string key = "live-ticket:" + crypto::hex(crypto::sha256(opened->nonce));
    const auto first = co_await limits_.remember_once(key, 2 * lifetime);
    if (first && !*first) co_return fail(ErrorCode::not_authenticated);
    co_return opened->session;
}

bool LiveTickets::first_use_here(const std::string& nonce, ticketing::Instant now) {
    std::erase_if(used_, [now](const auto& item) { return item.second <= now; });
    return used_.emplace(nonce, now + 2 * lifetime).second;
}

}  // namespace hotline::auth
