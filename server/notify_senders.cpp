#include "server/notify_senders.hpp"

#include "integrations/notify/mail_text.hpp"
#include "server/log.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <stdexcept>
#include <utility>

namespace hotline {

namespace {

std::unexpected<Error> not_set_up(std::string sentence) {
    return fail(ErrorCode::validation_failed, std::move(sentence));
}

// The first line of a file that nobody but its owner may read.
Result<std::string> private_secret(std::string_view key, const std::string& file) {
    namespace fs = std::filesystem;
    if (file.empty()) return not_set_up(fmt::format("{} is empty.", key));
    std::error_code error;
    const auto mode = fs::status(file, error).permissions();
    if (!error && (mode & (fs::perms::group_all | fs::perms::others_all)) != fs::perms::none) {
        return not_set_up(fmt::format("{}: others than the owner may read it; chmod 600 it.", file)
        );
    }
    return config::read_secret(file);
}

// Where an administrator says a vendor is, is no stranger's word: private addresses are admitted,
// for private installations and gateways within the own network.
http_client::Limits vendor_limits(const config::NotifySection& notify) {
    http_client::Limits limits;
    limits.public_addresses_only = false;
    limits.https_only = !notify.stand_ins;
    limits.ca_file = notify.ca_file;
    return limits;
}

Result<notify::WebPushSettings> web_push_settings(const config::NotifySection& notify) {
    const auto& own = notify.web_push;
    if (!own.contact.starts_with("mailto:") && !own.contact.starts_with("https://")) {
        return not_set_up("[notify.web_push] contact must begin with mailto: or https://.");
    }
    if (own.contact.find_first_of("\"\\ \t") != std::string::npos) {
        return not_set_up("[notify.web_push] contact must be an address.");
    }
    auto key = crypto::P256Key::open(own.key_file);
    if (!key) return std::unexpected(key.error());
    notify::WebPushSettings settings;
    settings.key = std::make_shared<const crypto::P256Key>(std::move(*key));
    settings.contact = own.contact;
    settings.limits = vendor_limits(notify);
    settings.limits.public_addresses_only = !notify.stand_ins;
    settings.limits.hosts = own.hosts;
    if (own.hosts.empty()) return not_set_up("[notify.web_push] hosts is empty.");
    return settings;
}

Result<notify::EmailSettings> email_settings(const config::NotifySection& notify) {
    using Security = notify::EmailSettings::Security;
    const auto& own = notify.email;
    notify::EmailSettings settings;
    if (own.security == "starttls") {
        settings.security = Security::starttls;
    } else if (own.security == "none") {
        settings.security = Security::none;
    } else if (own.security != "tls") {
        return not_set_up("[notify.email] security must be tls, starttls or none.");
    }
    if (!notify::is_mail_address(own.from)) {
        return not_set_up("[notify.email] from must be a mail address.");
    }
    settings.host = own.host;
    settings.port = own.port;
    settings.user = own.user;
    settings.from = own.from;
    settings.from_name = own.from_name;
    settings.ca_file = notify.ca_file;
    if (own.user.empty()) return settings;
    auto password = private_secret("[notify.email] password_file", own.password_file);
    if (!password) return std::unexpected(password.error());
    settings.password = std::move(*password);
    return settings;
}

// "Authorization: Bearer {secret}"
Result<http_client::Header> header_of(std::string_view line, std::string_view section) {
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0) {
        return not_set_up(fmt::format("[{}] headers must be written as \"Name: value\".", section));
    }
    auto value = line.substr(colon + 1);
    while (value.starts_with(' ')) value.remove_prefix(1);
    return http_client::Header{std::string(line.substr(0, colon)), std::string(value)};
}

Result<notify::GatewaySettings> gateway_settings(
    const config::NotifySection& notify, std::string_view section, const config::GatewaySection& own
) {
    notify::GatewaySettings settings;
    for (const auto& line : own.headers) {
        auto header = header_of(line, section);
        if (!header) return std::unexpected(header.error());
        settings.headers.push_back(std::move(*header));
    }
    for (const auto& pair : own.templates) {
        const auto equals = pair.find('=');
        if (equals == std::string::npos || equals == 0) {
            return not_set_up(
                fmt::format("[{}] templates must be written as \"occasion=template\".", section)
            );
        }
        settings.templates[pair.substr(0, equals)] = pair.substr(equals + 1);
    }
    if (!own.secret_file.empty()) {
        auto secret = private_secret(fmt::format("[{}] secret_file", section), own.secret_file);
        if (!secret) return std::unexpected(secret.error());
        settings.secret = std::move(*secret);
    }
    settings.method = own.method;
    settings.url = own.url;
    settings.content_type = own.content_type;
    settings.body = own.body;
    settings.sign = own.sign;
    settings.default_template = own.default_template;
    settings.result_field = own.result_field;
    settings.accepted_values = own.accepted_values;
    settings.later_values = own.later_values;
    settings.gone_values = own.gone_values;
    settings.broken_values = own.broken_values;
    settings.id_field = own.id_field;
    settings.limits = vendor_limits(notify);
    // Plain http is the administrator's choice for a gateway next door.
    if (own.url.starts_with("http://")) settings.limits.https_only = false;
    return settings;
}

// Fills `to` when the section is in use; false with `error` set when it is set up wrongly.
template <class T>
Result<void> fill(std::optional<T>& to, Result<T> from) {
    if (!from) return std::unexpected(from.error());
    to = std::move(*from);
    return {};
}

Result<void> fill_platforms(const config::NotifySection& notify, notify::SenderSettings& out) {
    if (!notify.wecom.corp_id.empty()) {
        auto secret = private_secret("[notify.wecom] secret_file", notify.wecom.secret_file);
        if (!secret) return std::unexpected(secret.error());
        out.wecom = notify::WecomSettings{
            notify.wecom.base_url, notify.wecom.corp_id, std::move(*secret), notify.wecom.agent_id
        };
    }
    if (!notify.dingtalk.app_key.empty()) {
        auto secret = private_secret("[notify.dingtalk] secret_file", notify.dingtalk.secret_file);
        if (!secret) return std::unexpected(secret.error());
        out.dingtalk = notify::DingtalkSettings{
            notify.dingtalk.base_url,
            notify.dingtalk.app_key,
            std::move(*secret),
            notify.dingtalk.agent_id
        };
    }
    return {};
}

Result<notify::SenderSettings> sender_settings(const config::NotifySection& notify) {
    notify::SenderSettings out;
    out.dry_run = notify.dry_run;
    out.limits = vendor_limits(notify);
    Result<void> done = fill_platforms(notify, out);
    if (done && !notify.web_push.contact.empty()) {
        done = fill(out.web_push, web_push_settings(notify));
    }
    if (done && !notify.email.host.empty()) done = fill(out.email, email_settings(notify));
    if (done && !notify.sms.url.empty()) {
        done = fill(out.sms, gateway_settings(notify, "notify.sms", notify.sms));
    }
    if (done && !notify.voice.url.empty()) {
        done = fill(out.voice, gateway_settings(notify, "notify.voice", notify.voice));
    }
    if (!done) return std::unexpected(done.error());
    return out;
}

void note_dry_run(notify::Channel channel, std::string_view id, std::string_view occasion) {
    log::write(
        log::Level::info,
        "notice not sent: dry run",
        {{"channel", ticketing::name(channel)}, {"delivery", id}, {"occasion", occasion}}
    );
}

}  // namespace

Result<NotifySenders> make_notify_senders(
    const config::Settings& settings, boost::asio::any_io_executor executor
) {
    if (settings.notify.stand_ins && !settings.demo.enabled) {
        return not_set_up("[notify] stand_ins is for demonstrations: [demo] is not enabled.");
    }
    auto channels = sender_settings(settings.notify);
    if (!channels) return std::unexpected(channels.error());
    NotifySenders out;
    if (channels->web_push) out.push_key = notify::vapid_public_key(*channels->web_push->key);
    try {
        out.senders = notify::make_senders(std::move(*channels), executor, note_dry_run);
    } catch (const std::runtime_error& unreadable) {
        return not_set_up(unreadable.what());
    }
    return out;
}

}  // namespace hotline
