#pragma once

#include "ticketing/notices/channel.hpp"

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <optional>
#include <string>

namespace hotline::notify {

using ticketing::notices::Channel;

struct PushSubscription {
    std::string endpoint;
    std::string p256dh;
    std::string auth;
};

struct Message {
    std::string id;       // of the delivery; the same at every retry
    std::string address;  // WeCom/DingTalk user id, phone number, mail address; empty for web push
    PushSubscription push;      // web push only
    std::string title;          // the receiver's language; no names, no phone numbers:
    std::string text;           // ticket number and a generic line
    std::string url;            // absolute link into the mobile app
    std::string topic;          // coalesces: ticket number
    std::string template_code;  // occasion's code; SMS/voice map it to the vendor's template id
    bool urgent = false;
    std::chrono::seconds ttl{86400};
    std::string payload;  // web push: JSON {"id","tag","title","body","url","ticket_no"}
};

enum class Outcome {
    accepted,
    gone,           // address dead: forget it
    refused,        // this message never
    later,          // try again
    misconfigured,  // token, signature, account: the channel is broken
};

struct Sent {
    Outcome outcome = Outcome::later;
    std::optional<std::chrono::seconds> retry_after;
    std::string vendor_id;
    std::string detail;  // for the log, no personal data
};

// One channel to the outside. Event loop's thread only.
class Sender {
public:
    virtual ~Sender() = default;
    virtual boost::asio::awaitable<Sent> send(Message message) = 0;
};

}  // namespace hotline::notify
