#include "integrations/notify/web_push.hpp"

#include "integrations/crypto/digest.hpp"
#include "integrations/crypto/push_encryption.hpp"
#include "integrations/http/url.hpp"
#include "integrations/notify/vendor_call.hpp"

#include <utility>

namespace hotline::notify {

namespace asio = boost::asio;

namespace {

// 404 and 410: the subscription has ended (RFC 8030, section 7.3). 413: too large for this service.
Sent sent_of_push(const http_client::Answer& answer) {
    if (answer.status == 404 || answer.status == 410) {
        return {.outcome = Outcome::gone, .detail = "status " + std::to_string(answer.status)};
    }
    if (answer.status < 200 || answer.status >= 300) return sent_of_status(answer);
    return {.outcome = Outcome::accepted, .vendor_id = std::string(answer.header("Location"))};
}

// Where a subscription leads was said by a browser: what leads nowhere is dead, but what only our
// own list does not admit is kept, for the list can be put right.
Sent sent_of_endpoint(http_client::Fault fault) {
    Sent sent = sent_of(fault);
    if (fault == http_client::Fault::bad_url) sent.outcome = Outcome::gone;
    if (fault == http_client::Fault::not_allowed) sent.outcome = Outcome::refused;
    return sent;
}

}  // namespace

std::string vapid_public_key(const crypto::P256Key& key) {
    const auto& point = key.public_point();
    return crypto::base64url({reinterpret_cast<const std::uint8_t*>(point.data()), point.size()});
}

std::string push_topic(std::string_view words) {
    return crypto::base64url(crypto::sha256(words)).substr(0, 32);
}

WebPushSender::WebPushSender(asio::any_io_executor executor, WebPushSettings settings)
    : settings_(std::move(settings)), client_(std::move(executor), settings_.limits) {}

asio::awaitable<Sent> WebPushSender::send(Message message) {
    const auto url = http_client::parse_url(message.push.endpoint);
    if (!url) co_return sent_of_endpoint(http_client::Fault::bad_url);
    auto body = crypto::encrypt_push(message.push.p256dh, message.push.auth, message.payload);
    if (!body) {
        const bool too_long = body.error().code == ErrorCode::too_long;
        co_return Sent{
            .outcome = too_long ? Outcome::refused : Outcome::gone, .detail = body.error().detail
        };
    }
    const auto origin = (url->secure ? "https://" : "http://") + url->authority();
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    http_client::Request request{
        .url = message.push.endpoint,
        .headers =
            {{"TTL", std::to_string(message.ttl.count())},
             {"Urgency", message.urgent ? "high" : "normal"},
             {"Content-Type", "application/octet-stream"},
             {"Content-Encoding", "aes128gcm"},
             {"Authorization",
              crypto::vapid_authorization(*settings_.key, origin, settings_.contact, now)}},
        .body = std::move(*body)
    };
    if (!message.topic.empty()) request.headers.push_back({"Topic", push_topic(message.topic)});
    const auto answer = co_await client_.send(std::move(request));
    co_return answer ? sent_of_push(*answer) : sent_of_endpoint(answer.error());
}

}  // namespace hotline::notify
