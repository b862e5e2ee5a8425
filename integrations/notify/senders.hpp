#pragma once

#include "integrations/notify/dingtalk.hpp"
#include "integrations/notify/dry_run.hpp"
#include "integrations/notify/email.hpp"
#include "integrations/notify/gateway.hpp"
#include "integrations/notify/web_push.hpp"
#include "integrations/notify/wecom.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <map>
#include <memory>
#include <optional>

namespace hotline::notify {

using Senders = std::map<Channel, std::unique_ptr<Sender>>;

// The channels that are set up; one without settings is absent.
struct SenderSettings {
    bool dry_run = false;
    http_client::Limits limits;  // of calls to the vendors; web push and gateways bring their own
    std::optional<WebPushSettings> web_push;
    std::optional<WecomSettings> wecom;
    std::optional<DingtalkSettings> dingtalk;
    std::optional<GatewaySettings> sms;
    std::optional<EmailSettings> email;
    std::optional<GatewaySettings> voice;
};

// Throws std::runtime_error when a file of authorities cannot be read.
Senders make_senders(
    SenderSettings settings, boost::asio::any_io_executor executor, Notebook notebook = {}
);

}  // namespace hotline::notify
