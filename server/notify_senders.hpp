#pragma once

#include "integrations/notify/senders.hpp"
#include "server/config/settings.hpp"
#include "ticketing/errors.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <string>

namespace hotline {

// The channels that [notify] sets up, and what a browser must know to be pushed to.
struct NotifySenders {
    notify::Senders senders;
    std::string push_key;  // applicationServerKey; "" when web push is not set up
};

// Err: a sentence (a secret that cannot be read or that others may read, a channel half set up,
// stand-ins without [demo]).
Result<NotifySenders> make_notify_senders(
    const config::Settings& settings, boost::asio::any_io_executor executor
);

}  // namespace hotline
