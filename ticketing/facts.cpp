#include "ticketing/facts.hpp"

#include "ticketing/change_text.hpp"
#include "ticketing/types/ticket.hpp"

#include <optional>
#include <string>
#include <utility>

namespace hotline::ticketing {
namespace {

using sla::Assignment;
using sla::Exclusion;
using sla::TicketFacts;

std::optional<Instant> instant_value(std::string_view value) {
    const auto ms = number_value(value);
    if (!ms) return std::nullopt;
    return Instant{std::chrono::milliseconds{*ms}};
}

template <class E>
std::optional<E> name_value(std::string_view value) {
    const auto text = text_value(value);
    return text ? from_name<E>(*text) : std::nullopt;
}

// The fields of the ticket as the log tells them so far; they begin as those of an empty ticket,
// which is what the first event is compared with.
struct Told {
    std::string division;
    std::uint64_t unit = 0;
    std::uint64_t official = 0;
    AppealType type = AppealType::help;
    std::optional<Channel> channel;
    std::string topic;
    std::string decline_reason;
    bool contactable = false;
    int round = 1;
    std::optional<Instant> sign_due;
    std::optional<Instant> contact_due;
    std::optional<Instant> handle_due;
    std::optional<ClosedAs> closed_as;
    std::optional<Solved> solved;
    std::optional<Satisfaction> satisfaction;

    void take(const Change& c) {
        if (c.field == "division") {
            division = text_value(c.after).value_or("");
        } else if (c.field == "unit") {
            unit = static_cast<std::uint64_t>(number_value(c.after).value_or(0));
        } else if (c.field == "type") {
            type = name_value<AppealType>(c.after).value_or(type);
        } else if (c.field == "official") {
            official = static_cast<std::uint64_t>(number_value(c.after).value_or(0));
        } else if (c.field == "channel") {
            channel = name_value<Channel>(c.after);
        } else if (c.field == "topic") {
            topic = text_value(c.after).value_or("");
        } else if (c.field == "decline_reason") {
            decline_reason = text_value(c.after).value_or("");
        } else if (c.field == "contactable") {
            contactable = flag_value(c.after).value_or(false);
        } else if (c.field == "round") {
            round = static_cast<int>(number_value(c.after).value_or(1));
        } else if (c.field == "due_sign") {
            sign_due = instant_value(c.after);
        } else if (c.field == "due_contact") {
            contact_due = instant_value(c.after);
        } else if (c.field == "due_handle") {
            handle_due = instant_value(c.after);
        } else if (c.field == "closed_as") {
            closed_as = name_value<ClosedAs>(c.after);
        } else if (c.field == "solved") {
            solved = name_value<Solved>(c.after);
        } else if (c.field == "satisfaction") {
            satisfaction = name_value<Satisfaction>(c.after);
        }
    }
};

sla::SolvedAnswer answer(const std::optional<Solved>& solved) {
    if (!solved) return sla::SolvedAnswer::none;
    switch (*solved) {
        case Solved::yes:
            return sla::SolvedAnswer::yes;
        case Solved::partly:
            return sla::SolvedAnswer::partly;
        case Solved::no:
            break;
    }
    return sla::SolvedAnswer::no;
}

class Fold {
public:
    bool take(const Event& event) {
        const auto changes = read_changes(event.changes);
        if (!changes) return false;
        for (const Change& change : *changes) told_.take(change);
        if (event.seq == 1) facts_.accepted_at = event.at;
        assign(event);
        handle(event);
        close(event);
        remark(event.act);
        return true;
    }

    TicketFacts result() && {
        facts_.division = told_.division;
        facts_.contactable = told_.contactable;
        facts_.excluded = excluded();
        facts_.channel = static_cast<std::uint8_t>(told_.channel.value_or(Channel{}));
        facts_.type = static_cast<std::uint8_t>(told_.type);
        facts_.topic = std::move(told_.topic);
        return std::move(facts_);
    }

private:
    bool with_unit() const { return !facts_.assignments.empty() && !given_back_; }
    Assignment& current() { return facts_.assignments.back(); }

    // F1, F2, F3
    void assign(const Event& event) {
        if (with_unit()) act_of_unit(event);
        if (event.act == Act::dispatch || event.act == Act::designate) {
            Assignment next;
            next.unit = told_.unit;
            next.division = told_.division;
            next.dispatched_at = event.at;
            facts_.assignments.push_back(std::move(next));
            given_back_ = false;
        }
        if (!with_unit()) return;
        if (told_.official != 0) current().official = told_.official;
        current().sign_due = told_.sign_due;
        current().contact_due =
            told_.contactable && !no_contact_owed_ ? told_.contact_due : std::nullopt;
    }

    void act_of_unit(const Event& event) {
        Assignment& a = current();
        switch (event.act) {
            case Act::sign_for:
                a.signed_at = event.at;
                break;
            case Act::first_contact:
                a.contacted_at = event.at;
                break;
            case Act::return_ticket:
                a.returned_at = event.at;
                break;
            case Act::refuse_return:
                a.return_refused = true;
                if (!a.signed_at) a.signed_at = event.at;
                break;
            case Act::approve_return:
                a.return_approved = true;
                given_back_ = true;
                break;
            case Act::designate:
                rule(a, event);
                given_back_ = true;
                break;
            case Act::unmerge:
                if (event.from != State::merged) break;  // told on the parent, which goes on
                a.return_approved = true;
                a.sign_due.reset();
                a.contact_due.reset();
                given_back_ = true;
                break;
            case Act::submit_result:
                if (!a.contacted_at) no_contact_owed_ = true;
                break;
            default:
                break;
        }
    }

    void rule(Assignment& a, const Event& event) {
        if (a.unit != told_.unit) {
            a.return_approved = true;
            return;
        }
        a.return_refused = true;
        if (!a.signed_at) a.signed_at = event.at;
        if (!a.contacted_at) a.contact_due.reset();
    }

    // F4, F5, F10
    void handle(const Event& event) {
        if (event.act == Act::suspend || event.act == Act::refer_to_mediation) parked_ = true;
        if (event.act == Act::resume || event.act == Act::conclude_mediation) parked_ = false;
        if (parked_ && with_unit() && !current().contacted_at) current().contact_due.reset();
        if (told_.round == 1 || !due_known_) {
            facts_.due_at = parked_ ? std::nullopt : told_.handle_due;
        }
        if (told_.round > 1 && facts_.due_at) due_known_ = true;
        if (event.act == Act::submit_result) {
            due_known_ = true;
            if (!facts_.submitted_at) facts_.submitted_at = event.at;
            if (told_.round > 1 && told_.handle_due && event.at > *told_.handle_due) {
                facts_.redo_late = true;
            }
        } else if (event.act == Act::red_card && told_.round > 1) {
            facts_.redo_late = true;
        } else if (event.act == Act::review_fail && !result_stands_) {
            facts_.submitted_at.reset();
        } else if (event.act == Act::review_pass) {
            result_stands_ = true;
            facts_.reviewed_at = event.at;
            facts_.attempts_exhausted = false;
        }
    }

    // F6 to F8
    void close(const Event& event) {
        const bool closed = event.to == State::closed && event.from != State::closed;
        const bool redone = event.act == Act::callback && event.to == State::handling;
        const bool unreached = closed && told_.closed_as == ClosedAs::no_survey;
        const bool answered = event.act == Act::callback && (closed || redone) && !unreached;
        const bool answered_on_call = event.act == Act::close_on_call && told_.satisfaction;
        if (answered || answered_on_call) {
            facts_.survey = sla::SurveyFact{
                .at = event.at, .satisfied = satisfied(), .solved = answer(told_.solved)
            };
            facts_.unreasonable = told_.closed_as == ClosedAs::unreasonable;
        }
        if (unreached) facts_.attempts_exhausted = true;
        if (redone || event.act == Act::reopen) ++facts_.redo_count;
        facts_.closed_on_call = told_.closed_as == ClosedAs::immediate;
        state_ = event.to;
        if (is_final(event.to)) {
            if (!facts_.closed_at) facts_.closed_at = event.at;
        } else {
            facts_.closed_at.reset();
        }
    }

    // F13
    void remark(Act act) {
        if (act == Act::approve_extension) facts_.extended = true;
        if (act == Act::review_fail) facts_.sent_back = true;
        if (act == Act::reopen) facts_.reopened = true;
        if (act == Act::supervise) facts_.supervised = true;
    }

    std::optional<bool> satisfied() const {
        if (!told_.satisfaction) return std::nullopt;
        return *told_.satisfaction >= Satisfaction::basically_satisfied;
    }

    // F9, F14
    Exclusion excluded() const {
        if (state_ == State::declined) {
            return told_.decline_reason == "test" ? Exclusion::test : Exclusion::declined;
        }
        if (state_ == State::withdrawn) return Exclusion::withdrawn;
        if (state_ == State::merged) return Exclusion::merged;
        return told_.type == AppealType::praise ? Exclusion::praise : Exclusion::none;
    }

    Told told_;
    TicketFacts facts_;
    State state_ = State::draft;
    bool given_back_ = false;       // by the last assignment's unit; nobody has the ticket
    bool no_contact_owed_ = false;  // F3
    bool due_known_ = false;        // F4: no later due date takes its place
    bool parked_ = false;           // F10: while it is, nothing is due
    bool result_stands_ = false;    // F5
};

}  // namespace

Result<TicketFacts> facts_of(std::span<const Event> events) {
    if (events.empty()) return fail(ErrorCode::internal, "0");
    Fold fold;
    for (const Event& event : events) {
        if (!fold.take(event)) return fail(ErrorCode::internal, std::to_string(event.seq));
    }
    return std::move(fold).result();
}

}  // namespace hotline::ticketing
