#pragma once

#include "integrations/http/client.hpp"
#include "integrations/notify/access_token.hpp"
#include "integrations/notify/sender.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/json/object.hpp>

#include <functional>
#include <span>
#include <string>

namespace hotline::notify {

// A messaging platform in the manner of 企业微信 and 钉钉: GET with a secret gives a token for two
// hours, POST of JSON with that token sends, and errcode in the body says how it went.
struct Platform {
    std::string token_url;
    std::string send_url;  // the token is put behind it
    std::function<std::string(const Message&)> body;
    // Of an answer with errcode 0.
    std::function<Sent(const boost::json::object&)> accepted;
    // Of any other errcode, but those of `stale_token`.
    std::function<Sent(long)> failed;
    // errcodes that say that the token has run out.
    std::span<const long> stale_token;
};

class PlatformSender : public Sender {
public:
    PlatformSender(
        boost::asio::any_io_executor executor, Platform platform, http_client::Limits limits
    );

    // A token that the platform takes for stale is renewed and the message sent again, once.
    boost::asio::awaitable<Sent> send(Message message) override;

private:
    struct Said {
        Sent sent;
        bool token_is_stale = false;
    };
    boost::asio::awaitable<std::expected<AccessToken::Fresh, Sent>> fetch();
    boost::asio::awaitable<Said> send_with(std::string token, std::string body);
    Said read(const boost::json::object& object) const;

    Platform platform_;
    http_client::Client client_;
    AccessToken token_;
};

}  // namespace hotline::notify
