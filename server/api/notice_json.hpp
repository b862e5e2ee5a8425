#pragma once

#include "integrations/mysql/notice_deliveries.hpp"
#include "integrations/notify/sender.hpp"

#include <string>

namespace hotline::api {

// A notice in words: schema Notice, and the message a sender takes.
std::string notice_json(const mysql::Notice& notice, ticketing::notices::Language language);

struct MessageSettings {
    std::string public_url;   // of the site, without a slash at its end
    std::string mail_domain;  // "": no mail
};
notify::Message message_of(
    const mysql::Delivery& delivery,
    ticketing::notices::Channel channel,
    const MessageSettings& settings
);

// The last push to a wiped device.
notify::Message last_word_to(const notify::PushSubscription& subscription, std::string device);

}  // namespace hotline::api
