#include "integrations/notify/platform.hpp"

#include "integrations/notify/vendor_call.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace hotline::notify {

namespace asio = boost::asio;
namespace json = boost::json;

namespace {

Sent not_the_platform() {
    return {.outcome = Outcome::later, .detail = "not the JSON of the platform"};
}

// 钉钉 wraps what its gateway says in errcode 88 and puts the code itself into sub_code.
std::optional<long> error_code(const json::object& object) {
    std::string text = text_member(object, "errcode");
    if (text == "88" && object.contains("sub_code")) text = text_member(object, "sub_code");
    long code = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), code);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return code;
}

}  // namespace

PlatformSender::PlatformSender(
    asio::any_io_executor executor, Platform platform, http_client::Limits limits
)
    : platform_(std::move(platform)),
      client_(executor, std::move(limits)),
      token_(executor, [this] { return fetch(); }) {}

asio::awaitable<Sent> PlatformSender::send(Message message) {
    const std::string body = platform_.body(message);
    for (int attempt = 1;; ++attempt) {
        const auto token = co_await token_.get();
        if (!token) co_return token.error();
        auto said = co_await send_with(*token, body);
        if (!said.token_is_stale) co_return said.sent;
        token_.refused(*token);
        if (attempt == 2) {
            co_return Sent{.outcome = Outcome::misconfigured, .detail = "a fresh token is refused"};
        }
    }
}

asio::awaitable<std::expected<AccessToken::Fresh, Sent>> PlatformSender::fetch() {
    http_client::Request request;
    request.method = "GET";
    request.url = platform_.token_url;
    const auto answer = co_await client_.send(std::move(request));
    if (!answer) co_return std::unexpected(sent_of(answer.error()));
    if (answer->status != 200) co_return std::unexpected(sent_of_status(*answer));
    const auto object = object_in(answer->body);
    if (!object) co_return std::unexpected(not_the_platform());
    const auto code = error_code(*object);
    if (!code) co_return std::unexpected(not_the_platform());
    if (*code != 0) {
        // Whatever else is wrong with it, asking for a token concerns the account and not a
        // message.
        Sent sent = platform_.failed(*code);
        if (sent.outcome != Outcome::later) sent.outcome = Outcome::misconfigured;
        co_return std::unexpected(std::move(sent));
    }
    const auto* lifetime = object->if_contains("expires_in");
    co_return AccessToken::Fresh{
        text_member(*object, "access_token"),
        std::chrono::seconds(
            lifetime && lifetime->is_int64() ? std::max<std::int64_t>(lifetime->get_int64(), 0)
                                             : 7200
        )
    };
}

asio::awaitable<PlatformSender::Said> PlatformSender::send_with(
    std::string token, std::string body
) {
    http_client::Request request;
    request.url = platform_.send_url + percent_encoded(token);
    request.headers.push_back({"Content-Type", "application/json; charset=utf-8"});
    request.body = std::move(body);
    const auto answer = co_await client_.send(std::move(request));
    if (!answer) co_return Said{sent_of(answer.error())};
    if (answer->status != 200) co_return Said{sent_of_status(*answer)};
    const auto object = object_in(answer->body);
    if (!object) co_return Said{not_the_platform()};
    co_return read(*object);
}

PlatformSender::Said PlatformSender::read(const json::object& object) const {
    const auto code = error_code(object);
    if (!code) return {not_the_platform()};
    if (*code == 0) return {platform_.accepted(object)};
    if (std::ranges::find(platform_.stale_token, *code) != platform_.stale_token.end()) {
        return {{}, true};
    }
    return {platform_.failed(*code)};
}

}  // namespace hotline::notify
