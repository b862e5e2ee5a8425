#include "server/actions/call_back.hpp"

namespace hotline::actions {
namespace {

using mysql::Callback;
using telephony::CallbackEnd;

void end_callback(
    Callback& callback, CallbackEnd how, ticketing::UserId by, ticketing::Instant now
) {
    callback.ended_as = static_cast<int>(how);
    callback.ended_at = now;
    callback.ended_by = by;
    callback.claimed_by = {};
    callback.claimed_until.reset();
}

// T8: told late that it had been answered.
Result<bool> forget(mysql::Connection& db, std::uint64_t call, ticketing::Instant now) {
    auto callback = mysql::lock_callback_of_call(db, call);
    if (!callback) return std::unexpected(callback.error());
    if (!*callback) return false;
    if (auto gone = mysql::forget_missed_call(db, call); !gone) {
        return std::unexpected(gone.error());
    }
    if (--(*callback)->missed == 0 && !(*callback)->ended_as) {
        end_callback(**callback, CallbackEnd::answered, {}, now);
    }
    if (auto done = mysql::store_callback(db, **callback); !done) {
        return std::unexpected(done.error());
    }
    return true;
}

Result<bool> settle_by_call(
    mysql::Connection& db,
    const mysql::PhoneCall& call,
    const std::string& number,
    bool incoming,
    ticketing::Instant now
) {
    const auto forgotten = forget(db, call.id, now);
    if (!forgotten) return forgotten;
    auto waiting = mysql::lock_waiting_callback(db, number);
    if (!waiting) return std::unexpected(waiting.error());
    if (!*waiting || (*waiting)->last_missed_at > *call.answered_at) return forgotten;
    end_callback(
        **waiting, incoming ? CallbackEnd::called_again : CallbackEnd::reached, call.agent, now
    );
    if (auto done = mysql::store_callback(db, **waiting); !done) {
        return std::unexpected(done.error());
    }
    return true;
}

Result<Callback> waiting_one(mysql::Connection& db, std::uint64_t id, bool english) {
    auto callback = mysql::lock_callback(db, id);
    if (!callback) return std::unexpected(callback.error());
    if (!*callback) return fail(ErrorCode::not_found);
    if ((*callback)->ended_as) {
        return fail_field(
            "claim",
            ErrorCode::rule_broken,
            english ? "Nobody has to call this number back any more." : "这个号码已经不用回拨了。"
        );
    }
    return std::move(**callback);
}

}  // namespace

Result<bool> follow_call(
    mysql::Connection& db,
    const mysql::PhoneCall& call,
    const telephony::CallStory& story,
    ticketing::Instant now
) {
    const bool incoming = story.direction == telephony::Direction::in;
    const std::string& number = incoming ? call.ani : call.dnis;
    if (!telephony::can_be_dialled(number)) return false;
    if (call.answered_at) return settle_by_call(db, call, number, incoming, now);
    if (!telephony::was_missed(story)) return false;
    const bool asked = story.state == telephony::CallState::callback;
    const auto counted = mysql::lock_callback_of_call(db, call.id);
    if (!counted) return std::unexpected(counted.error());
    if (*counted) return false;
    const auto at = telephony::missed_at(story).value_or(now);
    const auto spoken = mysql::spoken_since(db, number, at);
    if (!spoken) return std::unexpected(spoken.error());
    if (*spoken) return false;
    // Who asked for it goes before those who did not, as he stood in the line (T34).
    const auto due = asked ? at : now;
    auto added = mysql::add_missed_call(db, {call.id, number, at, call.enterprise}, due);
    if (!added) return std::unexpected(added.error());
    return true;
}

Result<void> settle_by_tickets(
    mysql::Connection& db, const std::vector<std::string>& call_ids, ticketing::Instant now
) {
    auto waiting = mysql::lock_callbacks_of_calls(db, call_ids);
    if (!waiting) return std::unexpected(waiting.error());
    for (Callback& callback : *waiting) {
        end_callback(callback, CallbackEnd::ticket, callback.claimed_by, now);
        if (auto done = mysql::store_callback(db, callback); !done) return done;
    }
    return {};
}

Result<void> claim_callback(
    mysql::Connection& db, const ClaimCommand& command, ticketing::Instant now
) {
    auto callback = waiting_one(db, command.callback, command.english);
    if (!callback) return std::unexpected(callback.error());
    if (callback->claimed(now) && callback->claimed_by != command.actor.user) {
        return fail_field(
            "claim",
            ErrorCode::rule_broken,
            command.english ? "A colleague is calling this number back right now."
                            : "同事正在回拨这个号码。"
        );
    }
    callback->claimed_by = command.actor.user;
    callback->claimed_until = now + telephony::claim_lease;
    return mysql::store_callback(db, *callback);
}

Result<void> release_callback(mysql::Connection& db, const ClaimCommand& command) {
    auto callback = mysql::lock_callback(db, command.callback);
    if (!callback) return std::unexpected(callback.error());
    if (!*callback) return fail(ErrorCode::not_found);
    if ((*callback)->claimed_by != command.actor.user) return {};
    (*callback)->claimed_by = {};
    (*callback)->claimed_until.reset();
    return mysql::store_callback(db, **callback);
}

Result<void> record_callback_try(
    mysql::Connection& db, const TryCommand& command, ticketing::Instant now
) {
    const auto known =
        mysql::find_callback_try(db, command.callback, command.actor.user, command.key);
    if (!known) return std::unexpected(known.error());
    if (*known) {
        const bool same = (*known)->outcome == static_cast<int>(command.outcome) &&
                          (*known)->note == command.note;
        if (!same) return fail(ErrorCode::idempotency_key_reused);
        return {};
    }
    auto callback = waiting_one(db, command.callback, command.english);
    if (!callback) return std::unexpected(callback.error());
    if (!callback->claimed(now) || callback->claimed_by != command.actor.user) {
        return fail_field(
            "claim",
            ErrorCode::rule_broken,
            command.english ? "Claim the number first, then call and say what came of it."
                            : "请先认领这个号码，回拨后再登记结果。"
        );
    }
    callback->tries += 1;
    callback->last_try_at = now;
    const auto next = telephony::after_try(command.outcome, callback->tries, now);
    if (next.end) {
        end_callback(*callback, *next.end, command.actor.user, now);
    } else {
        callback->next_at = next.next_at;
        callback->claimed_by = {};
        callback->claimed_until.reset();
    }
    mysql::CallbackTry one;
    one.callback = callback->id;
    one.number = callback->tries;
    one.at = now;
    one.user = command.actor.user;
    one.outcome = static_cast<int>(command.outcome);
    one.note = command.note;
    one.key = command.key;
    if (auto added = mysql::add_callback_try(db, one); !added) return added;
    return mysql::store_callback(db, *callback);
}

}  // namespace hotline::actions
