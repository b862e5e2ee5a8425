#include "server/api/callback_json.hpp"

#include "integrations/telephony/callback_rules.hpp"
#include "server/api/dto.hpp"
#include "ticketing/json_text.hpp"
#include "ticketing/masking.hpp"

namespace hotline::api {
namespace {

using ticketing::JsonObject;

void put_text(JsonObject& out, std::string_view key, std::string_view value) {
    if (!value.empty()) out.text(key, value);
}

std::string try_json(const mysql::CallbackTry& one) {
    JsonObject out;
    out.text("at", to_text(one.at));
    put_text(out, "by", one.user_name);
    out.text("outcome", ticketing::name(static_cast<telephony::CallbackOutcome>(one.outcome)));
    put_text(out, "note", one.note);
    return out.str();
}

}  // namespace

std::string callback_json(
    const mysql::CallbackLine& line, ticketing::UserId asker, ticketing::Instant now
) {
    const mysql::Callback& callback = line.callback;
    const bool claimed = !callback.ended_as && callback.claimed(now);
    const bool mine = claimed && callback.claimed_by == asker;
    JsonObject out;
    out.number("id", static_cast<std::int64_t>(callback.id));
    out.text("number", mine ? callback.number : ticketing::masked_phone(callback.number));
    if (callback.enterprise && !line.enterprise_name.empty()) {
        JsonObject firm;
        firm.number("id", static_cast<std::int64_t>(callback.enterprise.value));
        out.raw("enterprise", firm.text("name", line.enterprise_name).str());
    }
    out.number("missed", callback.missed);
    out.text("first_missed_at", to_text(callback.first_missed_at));
    out.text("last_missed_at", to_text(callback.last_missed_at));
    put_text(out, "queue", line.queue);
    put_text(out, "call_id", line.call_id);
    out.raw("seen", line.seen ? "true" : "false");
    out.raw("mine", mine ? "true" : "false");
    if (claimed) {
        put_text(out, "claimed_by", line.claimed_by_name);
        out.text("claimed_until", to_text(*callback.claimed_until));
    }
    out.raw("tries", ticketing::json_array(line.tries, try_json));
    if (!callback.ended_as) out.text("next_at", to_text(callback.next_at));
    if (callback.ended_as) {
        out.text("ended", ticketing::name(static_cast<telephony::CallbackEnd>(*callback.ended_as)));
        out.text("ended_at", to_text(callback.ended_at.value_or(callback.last_missed_at)));
        put_text(out, "ended_by", line.ended_by_name);
    }
    put_text(out, "ticket_no", line.ticket_no);
    return out.str();
}

std::string callback_counts_json(const mysql::CallbackCounts& counts) {
    JsonObject out;
    out.number("waiting", static_cast<std::int64_t>(counts.waiting));
    out.number("due", static_cast<std::int64_t>(counts.due));
    return out.number("unseen", static_cast<std::int64_t>(counts.unseen)).str();
}

}  // namespace hotline::api
