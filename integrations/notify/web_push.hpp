#pragma once

#include "integrations/crypto/p256.hpp"
#include "integrations/http/client.hpp"
#include "integrations/notify/sender.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <memory>
#include <string>

namespace hotline::notify {

struct WebPushSettings {
    std::shared_ptr<const crypto::P256Key> key;
    std::string contact;  // mailto: or https:, for the push service's operators
    http_client::Limits limits;
};

// base64url, what a browser takes as applicationServerKey.
std::string vapid_public_key(const crypto::P256Key& key);

// The Topic field (RFC 8030, section 5.4): the same for the same words, tells nobody what they are.
std::string push_topic(std::string_view words);

// Browsers' push services and UnifiedPush distributors, which speak the same protocol.
class WebPushSender : public Sender {
public:
    WebPushSender(boost::asio::any_io_executor executor, WebPushSettings settings);
    boost::asio::awaitable<Sent> send(Message message) override;

private:
    WebPushSettings settings_;
    http_client::Client client_;
};

}  // namespace hotline::notify
