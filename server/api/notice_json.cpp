#include "server/api/notice_json.hpp"

#include "server/api/dto.hpp"
#include "ticketing/json_text.hpp"
#include "ticketing/notices/texts.hpp"

namespace hotline::api {
namespace {

using ticketing::JsonObject;
using ticketing::notices::Channel;
using ticketing::notices::Occasion;

ticketing::notices::Text words_of(
    const mysql::Notice& notice, ticketing::notices::Language language
) {
    if (notice.occasion == Occasion::bulletin) {
        const bool english = language == ticketing::notices::Language::english;
        if (english && !notice.bulletin_title_en.empty()) {
            return {notice.bulletin_title_en, notice.bulletin_body_en};
        }
        return {notice.bulletin_title, notice.bulletin_body};
    }
    return text_of(notice.occasion, notice.standing, language, notice.ticket_no, notice.matters);
}

std::string path_of(const mysql::Notice& notice) {
    if (!notice.ticket_no.empty()) return "/mobile#/tickets/" + notice.ticket_no;
    if (notice.occasion == Occasion::webhook_off) return "/console#/integrations";
    return "/mobile#/notices";
}

bool is_urgent(const mysql::Notice& notice) {
    return is_of_a_ticket(notice.occasion) && notice.urgency != ticketing::Urgency::normal;
}

std::string address_of(
    const mysql::Delivery& delivery, Channel channel, const MessageSettings& settings
) {
    switch (channel) {
        case Channel::wecom:
        case Channel::dingtalk:
            return delivery.staff_no.empty() ? delivery.login : delivery.staff_no;
        case Channel::sms:
        case Channel::voice:
            return delivery.phone;
        case Channel::email:
            return settings.mail_domain.empty() ? "" : delivery.login + "@" + settings.mail_domain;
        case Channel::live:
        case Channel::web_push:
            break;
    }
    return {};
}

}  // namespace

std::string notice_json(const mysql::Notice& notice, ticketing::notices::Language language) {
    const auto words = words_of(notice, language);
    JsonObject out;
    out.number("id", static_cast<std::int64_t>(notice.id)).text("at", to_text(notice.at));
    out.text("occasion", ticketing::name(notice.occasion));
    if (!notice.ticket_no.empty()) out.text("ticket_no", notice.ticket_no);
    out.text("title", words.title).text("body", words.body).text("url", path_of(notice));
    out.raw("urgent", is_urgent(notice) ? "true" : "false");
    if (notice.read_at) out.text("read_at", to_text(*notice.read_at));
    if (notice.acknowledged_at) {
        out.text("acknowledged_at", to_text(*notice.acknowledged_at));
    }
    return out.str();
}

notify::Message message_of(
    const mysql::Delivery& delivery, Channel channel, const MessageSettings& settings
) {
    const mysql::Notice& notice = delivery.notice;
    const auto words = words_of(notice, delivery.language);
    // What there is one of at a time: a ticket's newest, else the notice itself.
    const std::string tag =
        notice.ticket_no.empty() ? "notice-" + std::to_string(notice.id) : notice.ticket_no;
    notify::Message message;
    message.id = std::to_string(delivery.id);
    message.address = address_of(delivery, channel, settings);
    message.push = {delivery.endpoint, delivery.p256dh, delivery.auth};
    message.title = words.title;
    message.text = words.body;
    message.url = settings.public_url + path_of(notice);
    message.topic = tag;
    message.template_code = std::string(ticketing::name(notice.occasion));
    message.urgent = is_urgent(notice);
    JsonObject payload;
    payload.number("id", static_cast<std::int64_t>(notice.id)).text("tag", tag);
    payload.text("title", words.title).text("body", words.body).text("url", path_of(notice));
    if (!notice.ticket_no.empty()) payload.text("ticket_no", notice.ticket_no);
    message.payload = payload.str();
    return message;
}

notify::Message last_word_to(const notify::PushSubscription& subscription, std::string device) {
    notify::Message message;
    message.id = "wipe-" + device;
    message.push = subscription;
    message.topic = message.id;
    message.template_code = "wipe";
    message.urgent = true;
    message.payload = R"({"wipe":true})";
    return message;
}

}  // namespace hotline::api
