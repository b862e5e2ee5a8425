#pragma once

#include "integrations/http/client.hpp"
#include "integrations/notify/sender.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <exception>
#include <stdexcept>
#include <utility>
#include <vector>

namespace hotline::test {

// Limits for stand-ins on this machine, which answer at once or never.
inline http_client::Limits stand_in_limits() {
    http_client::Limits limits;
    limits.public_addresses_only = false;
    limits.https_only = false;
    limits.total = std::chrono::seconds(10);
    return limits;
}

// Spawns and turns the loop until all are through.
inline std::vector<notify::Sent> send_all(
    boost::asio::io_context& io,
    notify::Sender& sender,
    const std::vector<notify::Message>& messages
) {
    std::vector<notify::Sent> results(messages.size());
    for (std::size_t i = 0; i < messages.size(); ++i) {
        boost::asio::co_spawn(
            io,
            sender.send(messages[i]),
            [&results, i](std::exception_ptr thrown, notify::Sent sent) {
                if (thrown) std::rethrow_exception(thrown);
                results[i] = std::move(sent);
            }
        );
    }
    io.restart();
    io.run();
    return results;
}

inline notify::Sent send_one(
    boost::asio::io_context& io, notify::Sender& sender, notify::Message message
) {
    return send_all(io, sender, {std::move(message)}).front();
}

inline notify::Message a_message(std::string address) {
    notify::Message message;
    message.id = "0192-7";
    message.address = std::move(address);
    message.title = "新工单 QP202611270042";
    message.text = "请在 2 小时内签收。";
    message.url = "https://hotline.example.org/mobile#/tickets/QP202611270042";
    message.topic = "QP202611270042";
    message.template_code = "assigned";
    return message;
}

}  // namespace hotline::test
