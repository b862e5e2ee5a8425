#include "server/actions/settle_handovers.hpp"

#include "integrations/webhooks/retry.hpp"
#include "server/actions/follow_ups.hpp"
#include "server/actions/partner_word.hpp"
#include "ticketing/text.hpp"

#include <algorithm>
#include <unordered_map>

namespace hotline::actions {
namespace {

using namespace std::chrono_literals;
using mysql::Handover;
using mysql::HandoverState;
using open311::ForeignRequest;
using open311::Posted;
using ticketing::Instant;

constexpr auto look_again = 30s;
constexpr auto longest_token_wait = std::chrono::seconds(30min);
constexpr unsigned most_posts = 5;
constexpr std::size_t most_silent = 50;

// One row on its way to what an answer makes of it.
class Settling {
public:
    Settling(mysql::Connection& db, const City& city, const Handover& handover, Instant now)
        : db_(db), city_(city), was_(handover.state), after_(handover), now_(now) {}

    Handover& after() { return after_; }
    Instant now() const { return now_; }

    void heard() {
        after_.seen_at = now_;
        after_.told_at.reset();
    }
    void say(PartnerWord word, std::string text) {
        word_ = word;
        text_ = std::move(text);
    }
    // E18: a person has to look at it.
    void trouble(HandoverState state, std::string text) {
        after_.state = state;
        after_.words = ticketing::first_characters(text, 500);
        after_.told_at = now_;
        say(PartnerWord::failed, std::move(text));
    }
    void accepted(const std::string& id, std::string_view said) {
        after_.state = HandoverState::accepted;
        after_.request_id = id;
        after_.words = said;
        after_.next_at = now_ + open311::follow_every;
        heard();
        say(PartnerWord::progress, taken_words(after_, said));
    }

    Result<void> write() {
        // A ticket that has ended takes no notes, and is not followed any more (E19).
        const auto mine = mysql::write_handover(db_, after_, was_);
        if (!mine) return std::unexpected(mine.error());
        if (!*mine || text_.empty()) return {};
        const auto noted =
            note_partner_word(db_, city_, after_.ticket, the_system(), word_, text_, now_);
        if (!noted) return std::unexpected(noted.error());
        if (*noted) return {};
        const HandoverState written = after_.state;
        after_.state = HandoverState::ended;
        const auto ended = mysql::write_handover(db_, after_, written);
        if (!ended) return std::unexpected(ended.error());
        return {};
    }

private:
    mysql::Connection& db_;
    const City& city_;
    HandoverState was_;
    Handover after_;
    Instant now_;
    PartnerWord word_ = PartnerWord::progress;
    std::string text_;
};

// E17.
Result<void> note_health(
    mysql::Connection& db, std::uint64_t partner, const PartnerAnswer& answer, Instant now
) {
    if (answer.well()) return mysql::partner_answered(db, partner, now);
    const auto failures = mysql::partner_failed(db, partner, now);
    if (!failures) return std::unexpected(failures.error());
    const auto rest = webhooks::pause(*failures, answer.wait);
    if (rest == 0s) return {};
    return mysql::pause_partner(db, partner, now + rest);
}

void settle_post(Settling& one, const PartnerTask& task, const PartnerAnswer& answer) {
    const Posted came =
        open311::posted(task.endpoint.format, answer.status, answer.body, answer.may_have_arrived);
    const std::string said = partner_said(came.words);
    Handover& after = one.after();
    switch (came.kind) {
        case Posted::Kind::accepted:
            return one.accepted(came.id, said);
        case Posted::Kind::token:
            after.state = HandoverState::token;
            after.token = came.id;
            after.next_at = one.now() + look_again;
            return;
        case Posted::Kind::refused:
            return one.trouble(HandoverState::refused, refused_words(after, said));
        case Posted::Kind::later:
            after.state = HandoverState::waiting;
            after.words = said;
            after.next_at =
                one.now() + webhooks::wait_before(after.attempts, after.id, answer.wait);
            return;
        case Posted::Kind::unknown:
            after.next_at = one.now() + look_again;
            return;
    }
}

// E14: is it there?
void settle_look(
    Settling& one,
    const PartnerTask& task,
    const PartnerAnswer& answer,
    const std::optional<std::vector<ForeignRequest>>& requests
) {
    Handover& after = one.after();
    if (!answer.well()) {
        after.next_at = one.now() + std::max<std::chrono::seconds>(1min, answer.wait.value_or(0s));
        return;
    }
    const bool nothing_there = answer.status == 404;
    if (!requests && !nothing_there) {
        return one.trouble(HandoverState::uncertain, uncertain_words(after));
    }
    const Instant shown_at = after.sent_at.value_or(after.queued_at) + open311::shown_after;
    const bool whole = nothing_there || requests->size() < open311::most_foreign_entries;
    if (whole && one.now() < shown_at) {
        after.next_at = std::max(one.now() + look_again, std::min(shown_at, one.now() + 2min));
    } else if (whole && task.partner.echoes && after.attempts < most_posts) {
        after.state = HandoverState::waiting;
        after.next_at = one.now();
    } else {
        one.trouble(HandoverState::uncertain, uncertain_words(after));
    }
}

void settle_token(
    Settling& one,
    const PartnerAnswer& answer,
    const std::optional<std::vector<ForeignRequest>>& requests
) {
    Handover& after = one.after();
    if (requests) {
        for (const ForeignRequest& request : *requests) {
            if (!request.id.empty()) {
                return one.accepted(request.id, partner_said(request.service_notice));
            }
        }
    }
    const auto age = one.now() - after.sent_at.value_or(one.now());
    const auto own = std::clamp<std::chrono::seconds>(
        std::chrono::duration_cast<std::chrono::seconds>(age) / 4, look_again, longest_token_wait
    );
    after.next_at = one.now() + std::max(own, answer.wait.value_or(0s));
}

// E15, E16: what the partner says of one request.
void settle_status(Settling& one, const ForeignRequest& request) {
    Handover& after = one.after();
    const std::string said = partner_said(request.status_notes);
    const bool news = !said.empty() && said != after.words;
    one.heard();
    after.next_at = one.now() + open311::follow_every;
    if (request.status == open311::Status::closed) {
        after.state = HandoverState::closed;
        after.told_at = one.now();
        one.say(PartnerWord::closed, closed_words(after, said));
    } else if (news) {
        one.say(PartnerWord::progress, said_words(after, said));
    }
    if (!said.empty()) after.words = said;
}

using TicketsById = std::unordered_map<std::uint64_t, ticketing::Ticket>;

Result<TicketsById> tickets_of(mysql::Connection& db, const FollowTask& task) {
    std::vector<ticketing::TicketId> ids;
    for (const Handover& one : task.handovers) ids.push_back(one.ticket);
    auto lines = mysql::changed_tickets(db, ids);
    if (!lines) return std::unexpected(lines.error());
    TicketsById tickets;
    for (auto& line : *lines) tickets.emplace(line.ticket.id.value, std::move(line.ticket));
    return tickets;
}

void settle_followed(
    Settling& one,
    const PartnerAnswer& answer,
    const std::optional<std::vector<ForeignRequest>>& requests
) {
    Handover& after = one.after();
    after.next_at = one.now() + open311::follow_every;
    const bool answered = requests || answer.status == 404;
    if (!answered) return;
    if (requests) {
        const auto found = std::ranges::find(*requests, after.request_id, &ForeignRequest::id);
        if (found != requests->end()) return settle_status(one, *found);
    }
    if (one.now() - after.seen_at.value_or(after.queued_at) >= open311::silent_for_status) {
        one.trouble(HandoverState::unknown_there, unknown_words(after));
    }
}

}  // namespace

Result<void> settle_partner_task(
    mysql::Connection& db,
    const City& city,
    const PartnerTask& task,
    const PartnerAnswer& answer,
    Instant now
) {
    Settling one(db, city, task.handover, now);
    one.after().status = answer.status;
    one.after().fault = answer.fault;
    std::optional<std::vector<ForeignRequest>> requests;
    if (answer.status >= 200 && answer.status < 300) {
        requests = open311::read_requests(task.endpoint.format, answer.body);
    }
    const auto is_this = [&](const ForeignRequest& request) {
        return !request.id.empty() && open311::is_about(request, task.ticket_no);
    };
    if (task.kind == PartnerTask::Kind::post) {
        settle_post(one, task, answer);
    } else if (task.kind == PartnerTask::Kind::token) {
        settle_token(one, answer, requests);
    } else if (requests && std::ranges::any_of(*requests, is_this)) {
        const auto found = std::ranges::find_if(*requests, is_this);
        one.accepted(found->id, partner_said(found->status_notes));
        if (auto ok = mysql::partner_echoes(db, task.partner.id); !ok) return ok;
    } else {
        settle_look(one, task, answer, requests);
    }
    if (auto ok = one.write(); !ok) return ok;
    return note_health(db, task.partner.id, answer, now);
}

std::vector<std::string> FollowTask::ids() const {
    std::vector<std::string> out;
    for (const Handover& one : handovers) out.push_back(one.request_id);
    return out;
}

Result<std::optional<FollowTask>> take_follow_task(
    mysql::Connection& db,
    std::uint64_t partner,
    std::string_view key,
    Instant now,
    std::chrono::milliseconds lease
) {
    const auto found = mysql::find_partner(db, partner);
    if (!found) return std::unexpected(found.error());
    const bool open =
        *found && (*found)->active && (!(*found)->paused_until || *(*found)->paused_until <= now);
    if (!open) return std::optional<FollowTask>();
    auto due = mysql::take_followed(db, partner, now, now + lease, open311::most_followed);
    if (!due) return std::unexpected(due.error());
    if (due->empty()) return std::optional<FollowTask>();
    FollowTask task{**found, endpoint_of(**found, key), std::move(*due)};
    return std::optional(std::move(task));
}

Result<void> settle_follow_task(
    mysql::Connection& db,
    const City& city,
    const FollowTask& task,
    const PartnerAnswer& answer,
    Instant now
) {
    std::optional<std::vector<ForeignRequest>> requests;
    if (answer.status >= 200 && answer.status < 300) {
        requests = open311::read_requests(task.endpoint.format, answer.body);
    }
    const auto tickets = tickets_of(db, task);
    if (!tickets) return std::unexpected(tickets.error());
    bool echoes = false;
    for (const Handover& handover : task.handovers) {
        Settling one(db, city, handover, now);
        one.after().status = answer.status;
        one.after().fault = answer.fault;
        const auto ticket = tickets->find(handover.ticket.value);
        if (ticket == tickets->end() || !is_with_partner(ticket->second, task.partner)) {
            one.after().state = HandoverState::ended;
        } else {
            settle_followed(one, answer, requests);
            echoes = echoes || (requests && std::ranges::any_of(*requests, [&](const auto& each) {
                                    return each.id == handover.request_id &&
                                           open311::is_about(each, ticket->second.number);
                                }));
        }
        if (auto ok = one.write(); !ok) return ok;
    }
    if (echoes && !task.partner.echoes) {
        if (auto ok = mysql::partner_echoes(db, task.partner.id); !ok) return ok;
    }
    return note_health(db, task.partner.id, answer, now);
}

Result<std::size_t> tell_silent_handovers(mysql::Connection& db, const City& city, Instant now) {
    const auto silent = mysql::lock_silent_handovers(
        db, now - open311::silent_for_number, now - open311::silent_for_status, most_silent
    );
    if (!silent) return std::unexpected(silent.error());
    for (const Handover& handover : *silent) {
        Settling one(db, city, handover, now);
        one.after().told_at = now;
        one.say(PartnerWord::failed, silent_words(handover));
        if (auto ok = one.write(); !ok) return std::unexpected(ok.error());
    }
    return silent->size();
}

}  // namespace hotline::actions
