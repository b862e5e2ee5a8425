#include "integrations/notify/senders.hpp"

#include <utility>

namespace hotline::notify {

Senders make_senders(
    SenderSettings settings, boost::asio::any_io_executor executor, Notebook notebook
) {
    Senders senders;
    const auto add = [&](Channel channel, const auto& own, auto make) {
        if (!own) return;
        if (settings.dry_run) {
            senders.emplace(channel, std::make_unique<DryRunSender>(channel, notebook));
        } else {
            senders.emplace(channel, make(*own));
        }
    };
    const auto platform = [&](const auto& of) {
        return [&](const auto& own) {
            return std::make_unique<PlatformSender>(executor, of(own), settings.limits);
        };
    };
    const auto gateway = [&](const GatewaySettings& own) {
        return std::make_unique<GatewaySender>(executor, own);
    };
    add(Channel::web_push, settings.web_push, [&](const WebPushSettings& own) {
        return std::make_unique<WebPushSender>(executor, own);
    });
    add(Channel::wecom, settings.wecom, platform(wecom));
    add(Channel::dingtalk, settings.dingtalk, platform(dingtalk));
    add(Channel::sms, settings.sms, gateway);
    add(Channel::email, settings.email, [](const EmailSettings& own) {
        return std::make_unique<EmailSender>(own);
    });
    add(Channel::voice, settings.voice, gateway);
    return senders;
}

}  // namespace hotline::notify
