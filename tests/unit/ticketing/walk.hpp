#pragma once

#include "tests/unit/sla/china_calendar.hpp"
#include "tests/unit/sla/dice.hpp"
#include "tests/unit/ticketing/small_city.hpp"
#include "ticketing/lifecycle/decide.hpp"
#include "ticketing/ticket_number.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

// Random lives of tickets: whoever may do anything does it, in any order, while time goes on.
namespace walk {

using namespace hotline;
using namespace hotline::ticketing;

struct World {
    Directory city = [] {
        Directory made = small_city::make();
        for (const auto* code : {"city.housing", "city.state_grid", "610526.housing"}) {
            small_city::add_official(made, code, "某人");
        }
        made.index();
        return made;
    }();
    sla::Policy policy = sla::default_policy();
    sla::Calendar calendar = sla::test::china();

    Surroundings at(Instant now) const { return {city, policy, calendar, now}; }
};

struct Step {
    Ticket before;
    Ticket after;
    ActRequest request;
    Event event;
};

class Walk {
public:
    // `later` than the first of all walks begins.
    Walk(const World& world, std::uint64_t seed, TicketId id = {7}, std::chrono::minutes later = {})
        : world_(world), seed_(seed) {
        now_ += later;
        dice_.engine.seed(seed);
        open(id);
    }

    // One more event, or nothing when nothing more can be done.
    std::optional<Step> step() {
        for (int tries = 0; tries < 200; ++tries) {
            if (tries % 10 == 0) {
                now_ += std::chrono::minutes{dice_.between(1, dice_.one_in(4) ? 3'000 : 30)};
            }
            const ActRequest request = random_request();
            auto decision = decide(ticket_, request, world_.at(now_));
            if (!decision) continue;
            Step step{ticket_, decision->after, request, std::move(decision->event)};
            keep(step);
            return step;
        }
        return std::nullopt;
    }

    const Ticket& ticket() const { return ticket_; }
    const std::vector<Event>& events() const { return events_; }
    const Step& opening() const { return opening_; }

private:
    void open(TicketId id) {
        Ticket ticket;
        ticket.id = id;
        ticket.number = format_ticket_number(now_, id.value);
        ticket.title = "停电";
        ticket.content = "厂区停电已有两天";
        ticket.type = any<AppealType>(1, 6);
        ticket.urgency = any<Urgency>(1, 3);
        ticket.division = dice_.one_in(5) ? "" : "610526";
        ticket.channel = static_cast<Channel>(1 + seed_ % 8);
        if (!dice_.one_in(3)) ticket.topic = "规划建设";
        if (dice_.one_in(2)) ticket.town = "610526102";
        if (!dice_.one_in(3)) ticket.type = AppealType::complaint;
        if (!dice_.one_in(6)) ticket.appellant.phone = "09131234567";
        ticket.appellant.anonymous = dice_.one_in(6);
        auto decision =
            open_ticket(std::move(ticket), Actor{.role = Role::enterprise}, world_.at(now_));
        opening_ = {Ticket{}, decision.after, {}, decision.event};
        keep(opening_);
    }

    void keep(Step& step) {
        step.event.seq = static_cast<std::uint32_t>(events_.size() + 1);
        ticket_ = step.after;
        events_.push_back(step.event);
    }

    template <class E>
    E any(int first, int last) {
        return static_cast<E>(dice_.between(first, last));
    }

    ActRequest random_request() {
        ActRequest r;
        r.act = any<Act>(2, 45);
        if (r.act == Act::withdraw || r.act == Act::decline || r.act == Act::merge) {
            if (!dice_.one_in(8)) r.act = Act::dispatch;  // most lives are longer than that
        }
        r.actor.role = any<Role>(1, 12);
        if (dice_.one_in(6)) {  // returns need the right people while the window is open
            r.act = dice_.one_in(2) ? Act::return_ticket : any<Act>(9, 12);
            r.actor.role = r.act == Act::return_ticket ? Role::unit_leader : Role::supervisor;
        }
        r.actor.name = "某";
        r.actor.unit = ticket_.lead_unit;
        r.actor.official = ticket_.official;
        r.reason = "理由在此";
        r.unit = world_.city.units[static_cast<std::size_t>(dice_.between(1, 5))].id;
        r.official = {static_cast<std::uint64_t>(dice_.between(0, 3))};
        r.reason_code = r.act == Act::decline   ? (seed_ % 3 == 0 ? "test" : "outside_city")
                        : r.act == Act::suspend ? "works"
                                                : "not_our_duty";
        r.review_on = sla::local_day(now_) + std::chrono::days{dice_.between(1, 90)};
        r.basis = "依据若干";
        if (dice_.one_in(2)) r.suggested_unit = r.unit;
        r.contact_way = "phone";
        r.contact_result = "已联系";
        r.outcome = any<Outcome>(1, 4);
        r.result_text = "办理结果如下，请查收";
        r.told_at = now_;
        r.parent = {3};
        r.parent_fits = true;
        r.reached = !dice_.one_in(3);
        r.solved = any<Solved>(1, 3);
        r.satisfaction = any<Satisfaction>(1, 5);
        r.reasonable = !dice_.one_in(4);
        if (dice_.one_in(2)) r.article = {12};
        r.article_version = 3;
        r.article_fits = !dice_.one_in(4);
        r.extension_days = 1;
        r.level = any<int>(1, 4);
        if (dice_.one_in(2)) r.urgency = any<Urgency>(1, 3);
        if (dice_.one_in(2)) r.division = dice_.one_in(2) ? "610527" : "610526";
        if (dice_.one_in(4)) r.type = any<AppealType>(1, 6);
        r.content = "诉求的内容";
        r.clock = any<sla::ClockKind>(1, 16);
        add_plan(r);
        const bool handling = r.clock == sla::ClockKind::handle;
        if (r.act == Act::red_card && !handling) r.act = Act::clock_overdue;
        if (r.act == Act::clock_overdue && handling) r.act = Act::red_card;
        return r;
    }

    // Of hard cases and mediation.
    void add_plan(ActRequest& r) {
        const auto today = sla::local_day(now_);
        r.meeting = Meeting{today, {r.unit}, "会议明确分工", {}, {}};
        for (auto i = dice_.between(1, 3); i > 0; --i) {
            Milestone milestone;
            milestone.text = "一项任务";
            milestone.unit = world_.city.units[static_cast<std::size_t>(dice_.between(1, 5))].id;
            milestone.due_on = today + std::chrono::days{dice_.between(1, 40)};
            r.milestones.push_back(std::move(milestone));
        }
        r.milestone = any<int>(1, 4);
        r.parties_agree = true;
        r.mediation_outcome = any<MediationOutcome>(1, 3);
        r.keeper = "对方";
        r.keep_by = today + std::chrono::days{dice_.between(0, 30)};
        if (ticket_.state == State::mediating && dice_.one_in(2)) {
            r.act = Act::conclude_mediation;
            r.actor.role = any<Role>(5, 7);
            r.actor.unit = ticket_.mediations.back().unit;
        } else if (ticket_.hard_case && ticket_.state == State::handling && dice_.one_in(4)) {
            const bool planned = !ticket_.milestones.empty();
            r.act = planned && !dice_.one_in(5) ? Act::meet_milestone : Act::plan_hard_case;
            r.actor.role = Role::supervisor;
            r.milestone = any<int>(1, static_cast<int>(ticket_.milestones.size()) + 1);
        }
        if (ticket_.state == State::handling && !ticket_.co_units.empty() && dice_.one_in(4)) {
            r.act = Act::answer_co_unit;
            r.actor.role = Role::unit_clerk;
            r.actor.unit = ticket_.co_units.back();
        }
        const auto open = std::ranges::find_if(ticket_.clocks, [&](const sla::Clock& clock) {
            return clock.kind == r.clock && sla::is_open(clock);
        });
        if (open != ticket_.clocks.end()) r.generation = open->generation;
    }

    const World& world_;
    std::uint64_t seed_;
    sla::test::Dice dice_;
    Instant now_{std::chrono::sys_days{std::chrono::year{2026} / 3 / 2} + std::chrono::hours{1}};
    Ticket ticket_;
    std::vector<Event> events_;
    Step opening_;
};

}  // namespace walk
