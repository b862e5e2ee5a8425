#include "integrations/mysql/ticket_row.hpp"

#include "integrations/mysql/clock_text.hpp"
#include "integrations/mysql/packed_lists.hpp"
#include "ticketing/lifecycle/ticket_clocks.hpp"
#include "ticketing/plan_text.hpp"

#include <algorithm>

namespace hotline::mysql {

using ticketing::Instant;
using ticketing::Ticket;

const std::string_view ticket_fixed_columns =
    "id, number, channel, call_id, created_by, visiting_official_id, enterprise_id, "
    "enterprise_name, "
    "uscc, appellant_name, appellant_phone, appellant_role, anonymous, confidential, reply_wanted, "
    "accepted_at";

const std::string_view ticket_moving_columns =
    "version, state, type, category, topic, title, content, place, wanted, division, town, "
    "amount_fen, "
    "urgency, complexity, risk_flags, complained_unit_id, lead_unit_id, official_id, "
    "case_owner_id, "
    "co_units, refused_units, designated, round, dispatch_count, return_count, redo_count, "
    "review_return_count, urge_count, urged_at, repeat_count, supervise_level, extension_count, "
    "extension_pending, extension_days_asked, extension_days, hard_case, needs_entry, "
    "return_reason, "
    "return_basis, return_suggested_unit_id, parent_id, dispatched_at, signed_at, "
    "first_contact_at, "
    "submitted_at, reviewed_at, closed_at, handle_due_at, next_due_at, next_clock, "
    "next_clock_limit, handle_limit, outcome, "
    "result_text, result_basis, told_at, decline_reason, closed_as, callback_attempts, "
    "survey_solved, "
    "survey_satisfaction, survey_way, survey_reason, survey_at, suspend_count, suspend_reason, "
    "suspended_at, co_answered, charged_units, plan, plan_days, mediations, article_id, "
    "article_version, clocks, next_fire_at";

const std::string_view ticket_later_columns =
    "refused_units, designated, return_count, redo_count, review_return_count, urge_count, "
    "urged_at, repeat_count, supervise_level, extension_count, extension_pending, "
    "extension_days_asked, "
    "extension_days, hard_case, return_reason, return_basis, return_suggested_unit_id, parent_id, "
    "signed_at, first_contact_at, submitted_at, reviewed_at, closed_at, outcome, result_text, "
    "result_basis, "
    "told_at, decline_reason, closed_as, callback_attempts, survey_solved, survey_satisfaction, "
    "survey_way, survey_reason, survey_at, suspend_count, suspend_reason, suspended_at, "
    "co_answered, charged_units, plan, plan_days, mediations, article_id, "
    "article_version";

namespace {

template <class Tag>
Param id_or_null(ticketing::Id<Tag> id) {
    return id ? Param{id.value} : Param{nullptr};
}

template <class E>
Param as_number(E value) {
    return Param{static_cast<std::int64_t>(value)};
}

template <class E>
Param as_number(const std::optional<E>& value) {
    return value ? as_number(*value) : Param{nullptr};
}

// Reads one column after the other.
class Cursor {
public:
    Cursor(const Row& row, std::size_t first) : row_(row), at_(first) {}

    std::string text() { return row_.string(at_++); }
    std::int64_t integer() { return row_.integer(at_++); }
    int small() { return static_cast<int>(row_.integer(at_++)); }
    bool flag() { return row_.flag(at_++); }
    Instant time() { return row_.time(at_++); }
    std::optional<Instant> optional_time() { return row_.optional_time(at_++); }
    std::optional<std::int64_t> optional_integer() { return row_.optional_integer(at_++); }
    std::string_view view() { return row_.text(at_++); }
    void skip(std::size_t columns) { at_ += columns; }

    template <class Id>
    Id id() {
        return Id{row_.unsigned_integer(at_++)};
    }
    template <class E>
    E value() {
        return static_cast<E>(row_.integer(at_++));
    }
    template <class E>
    std::optional<E> optional_value() {
        const auto stored = row_.optional_integer(at_++);
        return stored ? std::optional(static_cast<E>(*stored)) : std::nullopt;
    }

private:
    const Row& row_;
    std::size_t at_;
};

void read_fixed(Ticket& t, Cursor& c) {
    t.id = c.id<ticketing::TicketId>();
    t.number = c.text();
    t.channel = c.value<ticketing::Channel>();
    t.call_id = c.text();
    t.created_by = c.id<ticketing::UserId>();
    t.visiting_official = c.id<ticketing::OfficialId>();
    t.enterprise = c.id<ticketing::EnterpriseId>();
    t.enterprise_name = c.text();
    t.uscc = c.text();
    t.appellant.name = c.text();
    t.appellant.phone = c.text();
    t.appellant.role_in_firm = c.text();
    t.appellant.anonymous = c.flag();
    t.appellant.confidential = c.flag();
    t.appellant.reply_wanted = c.flag();
    t.accepted_at = c.time();
}

void read_matter(Ticket& t, Cursor& c) {
    t.version = static_cast<std::uint32_t>(c.integer());
    t.state = c.value<ticketing::State>();
    t.type = c.value<ticketing::AppealType>();
    t.category = c.text();
    t.topic = c.text();
    t.title = c.text();
    t.content = c.text();
    t.place = c.text();
    t.wanted = c.text();
    t.division = c.text();
    t.town = c.text();
    t.amount_fen = c.optional_integer();
    t.urgency = c.value<ticketing::Urgency>();
    t.complexity = c.value<ticketing::Complexity>();
    t.risk_flags = static_cast<std::uint32_t>(c.integer());
    t.complained_unit = c.id<ticketing::UnitId>();
}

void read_control(Ticket& t, Cursor& c) {
    t.lead_unit = c.id<ticketing::UnitId>();
    t.official = c.id<ticketing::OfficialId>();
    t.case_owner = c.id<ticketing::OfficialId>();
    t.co_units = unpack_units(c.view());
    t.refused_units = unpack_units(c.view());
    t.designated = c.flag();
    t.round = c.small();
    t.dispatch_count = c.small();
    t.return_count = c.small();
    t.redo_count = c.small();
    t.review_return_count = c.small();
    t.urge_count = c.small();
    t.urged_at = c.optional_time();
    t.repeat_count = c.small();
    t.supervise_level = c.small();
    t.extension_count = c.small();
    t.extension_pending = c.flag();
    t.extension_days_asked = c.small();
    t.extension_days = c.small();
    t.hard_case = c.flag();
    t.needs_entry = c.flag();
    ticketing::PendingReturn pending{c.text(), c.text(), c.id<ticketing::UnitId>()};
    if (!pending.reason_code.empty()) t.pending_return = std::move(pending);
    t.parent = c.id<ticketing::TicketId>();
}

void read_result(Ticket& t, Cursor& c) {
    t.dispatched_at = c.optional_time();
    t.signed_at = c.optional_time();
    t.first_contact_at = c.optional_time();
    t.submitted_at = c.optional_time();
    t.reviewed_at = c.optional_time();
    t.closed_at = c.optional_time();
    c.skip(5);  // handle_due_at to handle_limit: from the clocks
    t.outcome = c.optional_value<ticketing::Outcome>();
    t.result_text = c.text();
    t.result_basis = c.text();
    t.told_at = c.optional_time();
    t.decline_reason = c.text();
    t.closed_as = c.optional_value<ticketing::ClosedAs>();
    t.callback_attempts = unpack_attempts(c.view());
    const auto solved = c.optional_value<ticketing::Solved>();
    const auto satisfaction = c.optional_value<ticketing::Satisfaction>();
    ticketing::Survey survey{.way = c.text(), .reason = c.text(), .at = c.time()};
    t.suspend_count = c.small();
    t.suspend_reason = c.text();
    t.suspended_at = c.optional_time();
    t.co_answered = unpack_units(c.view());
    t.charged_units = unpack_units(c.view());
    auto plan = ticketing::plan_from(c.view()).value_or(ticketing::Plan{});
    t.meetings = std::move(plan.meetings);
    t.milestones = std::move(plan.milestones);
    t.plan_days = c.small();
    t.mediations = ticketing::mediations_from(c.view()).value_or(t.mediations);
    t.article = c.id<ticketing::ArticleId>();
    t.article_version = static_cast<std::uint32_t>(c.integer());
    t.clocks = clocks_from(c.view()).value_or(t.clocks);
    if (!solved || !satisfaction) return;
    survey.solved = *solved;
    survey.satisfaction = *satisfaction;
    t.survey = std::move(survey);
}

}  // namespace

TicketValues::TicketValues(const Ticket& t)
    : co_units_(pack_units(t.co_units)),
      co_answered_(pack_units(t.co_answered)),
      refused_units_(pack_units(t.refused_units)),
      charged_units_(pack_units(t.charged_units)),
      plan_(to_text(t.meetings, t.milestones)),
      mediations_(to_text(t.mediations)),
      attempts_(pack_attempts(t.callback_attempts)),
      clocks_(clocks_text(t.clocks)) {
    static constexpr std::string_view empty;
    const auto& pending = t.pending_return;
    const auto& survey = t.survey;
    const sla::Clock* next = ticketing::next_clock(t);
    const sla::Clock* handling = ticketing::handling_clock(t);
    fixed_ = {
        t.id.value,
        t.number,
        as_number(t.channel),
        t.call_id,
        id_or_null(t.created_by),
        id_or_null(t.visiting_official),
        id_or_null(t.enterprise),
        t.enterprise_name,
        t.uscc,
        t.appellant.name,
        t.appellant.phone,
        t.appellant.role_in_firm,
        t.appellant.anonymous,
        t.appellant.confidential,
        t.appellant.reply_wanted,
        t.accepted_at
    };
    moving_ = {
        t.version,
        as_number(t.state),
        as_number(t.type),
        t.category,
        t.topic,
        t.title,
        t.content,
        t.place,
        t.wanted,
        t.division,
        t.town,
        t.amount_fen,
        as_number(t.urgency),
        as_number(t.complexity),
        t.risk_flags,
        id_or_null(t.complained_unit),
        id_or_null(t.lead_unit),
        id_or_null(t.official),
        id_or_null(t.case_owner),
        co_units_,
        refused_units_,
        t.designated,
        t.round,
        t.dispatch_count,
        t.return_count,
        t.redo_count,
        t.review_return_count,
        t.urge_count,
        t.urged_at,
        t.repeat_count,
        t.supervise_level,
        t.extension_count,
        t.extension_pending,
        t.extension_days_asked,
        t.extension_days,
        t.hard_case,
        t.needs_entry,
        pending ? Param{pending->reason_code} : Param{empty},
        pending ? Param{pending->basis} : Param{empty},
        pending ? id_or_null(pending->suggested_unit) : Param{nullptr},
        id_or_null(t.parent),
        t.dispatched_at,
        t.signed_at,
        t.first_contact_at,
        t.submitted_at,
        t.reviewed_at,
        t.closed_at,
        handling ? Param{handling->due_at} : Param{nullptr},
        next ? Param{next->due_at} : Param{nullptr},
        next ? as_number(next->kind) : Param{nullptr},
        next ? as_number(next->limit.unit) : Param{nullptr},
        handling ? as_number(handling->limit.unit) : Param{nullptr},
        as_number(t.outcome),
        t.result_text,
        t.result_basis,
        t.told_at,
        t.decline_reason,
        as_number(t.closed_as),
        attempts_,
        survey ? as_number(survey->solved) : Param{nullptr},
        survey ? as_number(survey->satisfaction) : Param{nullptr},
        survey ? Param{survey->way} : Param{empty},
        survey ? Param{survey->reason} : Param{empty},
        survey ? Param{survey->at} : Param{nullptr},
        t.suspend_count,
        t.suspend_reason,
        t.suspended_at,
        co_answered_,
        charged_units_,
        plan_,
        t.plan_days,
        mediations_,
        id_or_null(t.article),
        t.article_version,
        clocks_,
        ticketing::next_alarm_at(t)
    };
}

Ticket read_ticket(const Row& row, std::size_t first) {
    Ticket ticket;
    Cursor cursor(row, first);
    read_fixed(ticket, cursor);
    read_matter(ticket, cursor);
    read_control(ticket, cursor);
    read_result(ticket, cursor);
    return ticket;
}

std::size_t ticket_column_count() {
    const auto count = [](std::string_view columns) {
        return static_cast<std::size_t>(std::ranges::count(columns, ',')) + 1;
    };
    static const std::size_t total = count(ticket_fixed_columns) + count(ticket_moving_columns);
    return total;
}

}  // namespace hotline::mysql
