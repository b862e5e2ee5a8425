#pragma once

#include "integrations/notify/sender.hpp"

#include <functional>
#include <string_view>
#include <utility>

namespace hotline::notify {

// Told of each message that would have gone out: channel, id of the delivery, occasion.
using Notebook =
    std::function<void(Channel channel, std::string_view id, std::string_view occasion)>;

// Calls nobody and says that all went well.
class DryRunSender : public Sender {
public:
    DryRunSender(Channel channel, Notebook notebook)
        : channel_(channel), notebook_(std::move(notebook)) {}

    boost::asio::awaitable<Sent> send(Message message) override {
        if (notebook_) notebook_(channel_, message.id, message.template_code);
        co_return Sent{.outcome = Outcome::accepted, .detail = "dry run"};
    }

private:
    Channel channel_;
    Notebook notebook_;
};

}  // namespace hotline::notify
