// The sender of web pushes for programs in other languages, so that their libraries can judge what
// it makes.

#include "integrations/crypto/digest.hpp"
#include "integrations/crypto/push_encryption.hpp"
#include "integrations/notify/web_push.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <fmt/format.h>

#include <iostream>
#include <iterator>
#include <sstream>
#include <string>

using namespace hotline;

namespace {

std::string text_of(std::string_view bytes) {
    return crypto::base64url({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

// Lines "p256dh auth message origin", all but the last in base64url, become lines "body
// authorization".
int encrypt(const crypto::P256Key& key) {
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    for (std::string line; std::getline(std::cin, line);) {
        std::istringstream words(line);
        std::string p256dh, auth, message, origin;
        words >> p256dh >> auth >> message >> origin;
        // "-" stands for the empty message.
        const auto plain = message == "-" ? std::string() : crypto::from_base64url(message);
        const auto body = plain ? crypto::encrypt_push(p256dh, auth, *plain) : fail({});
        if (!body) {
            fmt::print(stderr, "cannot encrypt: {}\n", line);
            return 1;
        }
        fmt::print(
            "{} {}\n",
            text_of(*body),
            crypto::vapid_authorization(key, origin, "mailto:test@example.org", now)
        );
    }
    return 0;
}

// One message from standard input to one subscription, stand-ins admitted.
int send(std::shared_ptr<const crypto::P256Key> key, notify::PushSubscription subscription) {
    http_client::Limits limits;
    limits.public_addresses_only = false;
    limits.https_only = false;
    boost::asio::io_context io;
    notify::WebPushSender sender(
        io.get_executor(), {std::move(key), "mailto:test@example.org", limits}
    );
    notify::Message message;
    message.push = std::move(subscription);
    message.payload.assign(std::istreambuf_iterator<char>(std::cin), {});
    message.topic = "push tool";
    notify::Sent sent;
    boost::asio::co_spawn(
        io,
        sender.send(std::move(message)),
        [&](std::exception_ptr thrown, notify::Sent result) {
            if (thrown) std::rethrow_exception(thrown);
            sent = std::move(result);
        }
    );
    io.run();
    const bool accepted = sent.outcome == notify::Outcome::accepted;
    fmt::print("{} {}\n", accepted ? "accepted" : "not accepted", sent.detail);
    return accepted ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> words(argv + 1, argv + argc);
    const bool known = (words.size() == 2 && (words[0] == "key" || words[0] == "encrypt")) ||
                       (words.size() == 5 && words[0] == "send");
    if (!known) {
        fmt::print(
            stderr, "usage: push_tool key|encrypt KEYFILE | send KEYFILE ENDPOINT P256DH AUTH\n"
        );
        return 2;
    }
    auto key = crypto::P256Key::open(words[1]);
    if (!key) {
        fmt::print(stderr, "{}\n", key.error().detail);
        return 1;
    }
    if (words[0] == "encrypt") return encrypt(*key);
    if (words[0] == "send") {
        return send(
            std::make_shared<const crypto::P256Key>(std::move(*key)), {words[2], words[3], words[4]}
        );
    }
    fmt::print("{}\n", notify::vapid_public_key(*key));
    return 0;
}
