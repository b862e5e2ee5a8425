#include "server/actions/partner_word.hpp"

#include "server/actions/course.hpp"
#include "ticketing/json_text.hpp"
#include "ticketing/lifecycle/decide.hpp"
#include "ticketing/masking.hpp"
#include "ticketing/text.hpp"

#include <fmt/format.h>

namespace hotline::actions {
namespace {

using mysql::Handover;

constexpr std::size_t most_said = 500;

std::string_view name_of(PartnerWord word) {
    switch (word) {
        case PartnerWord::progress:
            return "progress";
        case PartnerWord::closed:
            return "closed";
        case PartnerWord::failed:
            break;
    }
    return "failed";
}

// “：对方原话” or nothing, ended by a full stop.
std::string after_colon(std::string_view said) {
    return said.empty() ? "。" : fmt::format("：{}。", said);
}

}  // namespace

Result<bool> note_partner_word(
    mysql::Connection& db,
    const City& city,
    ticketing::TicketId ticket,
    const ticketing::Actor& actor,
    PartnerWord word,
    std::string text,
    ticketing::Instant now
) {
    const auto stored = mysql::lock_ticket(db, ticket);
    if (!stored) return std::unexpected(stored.error());
    if (!*stored) return false;
    ticketing::ActRequest request;
    request.act = ticketing::Act::note;
    request.actor = actor;
    request.reason = std::move(text);
    Course course(**stored);
    auto decision = decide(course.ticket(), request, city.at(now));
    if (!decision) {
        if (decision.error().code == ErrorCode::not_allowed_in_state) return false;
        return std::unexpected(decision.error());
    }
    const std::string pair = "[null," + ticketing::json_string(name_of(word)) + "]";
    decision->event.changes = ticketing::JsonObject().raw("partner", pair).str();
    course.take(std::move(*decision));
    if (auto done = course.store(db); !done) return std::unexpected(done.error());
    return true;
}

std::string taken_words(const Handover& handover, std::string_view said) {
    return fmt::format(
        "已转交“{}”，对方编号 {}{}", handover.partner_name, handover.request_id, after_colon(said)
    );
}

std::string said_words(const Handover& handover, std::string_view said) {
    return fmt::format("“{}”反馈{}", handover.partner_name, after_colon(said));
}

std::string closed_words(const Handover& handover, std::string_view said) {
    return fmt::format(
        "“{}”已办结（对方编号 {}）{}请核实后提交办理结果。",
        handover.partner_name,
        handover.request_id,
        after_colon(said)
    );
}

std::string refused_words(const Handover& handover, std::string_view said) {
    return fmt::format(
        "“{}”未受理{}请联系对方、重新转交，或由本单位自行办理。",
        handover.partner_name,
        after_colon(said)
    );
}

std::string uncertain_words(const Handover& handover) {
    return fmt::format(
        "已向“{}”转交但没有收到回执，无法确认对方是否收到。请联系对方核实：已收到的登记对方编号，"
        "未收到的重新转交。",
        handover.partner_name
    );
}

std::string unknown_words(const Handover& handover) {
    return fmt::format(
        "“{}”已查不到编号 {}，不再跟踪。请联系对方核实，或由本单位自行办理。",
        handover.partner_name,
        handover.request_id
    );
}

std::string silent_words(const Handover& handover) {
    return fmt::format(
        "“{}”长时间没有应答，仍在继续尝试。时限照常计算，请联系对方，或由本单位自行办理。",
        handover.partner_name
    );
}

std::string kept_back_words(const Handover& handover, bool confidential) {
    if (confidential) {
        return fmt::format(
            "本工单依规定不得自动转交“{}”，请由本单位自行办理。", handover.partner_name
        );
    }
    return fmt::format(
        "本工单事项在“{}”没有对应的服务，未转交，请由本单位自行办理。", handover.partner_name
    );
}

std::string partner_said(std::string_view words) {
    const std::string masked = ticketing::masked_text(words);
    std::string text = ticketing::tidied(ticketing::first_characters(masked, most_said));
    // Its sentence becomes part of one of ours.
    while (text.ends_with("。")) text.resize(text.size() - std::string_view("。").size());
    while (text.ends_with('.')) text.pop_back();
    return text;
}

}  // namespace hotline::actions
