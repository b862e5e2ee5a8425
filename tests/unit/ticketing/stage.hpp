#pragma once

#include "tests/unit/sla/china_calendar.hpp"
#include "tests/unit/ticketing/small_city.hpp"
#include "ticketing/lifecycle/decide.hpp"

#include <string>
#include <string_view>
#include <utility>

// One ticket on its way through hand-written acts: each test tells its story in lines.
namespace stage {

using namespace hotline;
using namespace hotline::ticketing;
using namespace std::chrono_literals;

struct City {
    OfficialId worker, colleague, stranger;
    Directory directory = make();
    sla::Policy policy = sla::default_policy();
    sla::Calendar calendar = sla::test::china();

    UnitId unit(std::string_view code) const { return small_city::id_of(directory, code); }

private:
    Directory make() {
        Directory made = small_city::make();
        worker = small_city::add_official(made, "610526.housing", "张工");
        colleague = small_city::add_official(made, "610526.housing", "李工");
        stranger = small_city::add_official(made, "city.state_grid", "王工");
        made.index();
        return made;
    }
};

// Monday, 2 March 2026, 09:00 in Weinan.
inline constexpr Instant monday_nine{
    std::chrono::sys_days{std::chrono::year{2026} / 3 / 2} + std::chrono::hours{1}
};

struct Stage {
    City city;
    Instant now = monday_nine;
    Ticket ticket;
    Event event;
    std::string_view rule;

    explicit Stage(AppealType type = AppealType::help, Urgency urgency = Urgency::normal) {
        Ticket fresh;
        fresh.id = {7};
        fresh.number = "WN2026030200000712";
        fresh.type = type;
        fresh.urgency = urgency;
        fresh.topic = "规划建设";
        fresh.title = "施工许可迟迟未办";
        fresh.content = "施工许可迟迟未办，请协调";
        fresh.appellant.phone = "13800001111";
        fresh.created_by = {50};
        auto opened = open_ticket(std::move(fresh), actor(Role::enterprise), surroundings());
        ticket = std::move(opened.after);
    }

    Surroundings surroundings() const { return {city.directory, city.policy, city.calendar, now}; }

    // Somebody of this role who belongs where the ticket is.
    Actor actor(Role role) const {
        Actor who{.user = {static_cast<std::uint64_t>(role) + 100}, .role = role, .name = "某人"};
        if (role == Role::official) who.official = ticket.official;
        if (role == Role::official || role == Role::unit_clerk || role == Role::unit_leader) {
            who.unit = ticket.lead_unit;
        }
        if (role == Role::agent) who.user = ticket.created_by;
        return who;
    }

    // A request that fills in every form.
    ActRequest request(Act act, Role role) const {
        ActRequest r;
        r.act = act;
        r.actor = actor(role);
        r.reason = "理由如下";
        r.reason_code = act == Act::decline   ? "outside_city"
                        : act == Act::suspend ? "season"
                                              : "not_our_duty";
        r.review_on = sla::local_day(now) + std::chrono::days{30};
        r.basis = "三定方案第三条";
        r.unit = city.unit(act == Act::add_co_unit ? "city.housing" : "610526.housing");
        if (act == Act::dispatch || act == Act::designate) r.official = city.worker;
        if (act == Act::reassign) r.official = city.colleague;
        r.contact_way = "phone";
        r.contact_result = "已说明情况";
        r.outcome = Outcome::solved;
        r.result_text = "许可证已发，企业已领取";
        r.told_at = now;
        r.parent = {3};
        r.parent_fits = true;
        r.reached = true;
        r.solved = Solved::yes;
        r.satisfaction = Satisfaction::satisfied;
        r.extension_days = 2;
        r.level = ticket.supervise_level + 1;
        r.content = "补充的诉求内容";
        r.urgency = Urgency::urgent;
        const auto today = sla::local_day(now);
        r.meeting =
            Meeting{today, {ticket.lead_unit, city.unit("city.housing")}, "会议明确分工", {}, {}};
        for (const auto& [code, days] : {std::pair{"610526.housing", 7}, {"city.housing", 14}}) {
            Milestone milestone;
            milestone.text = "完成现场核查";
            milestone.unit = city.unit(code);
            milestone.due_on = today + std::chrono::days{days};
            r.milestones.push_back(milestone);
        }
        r.milestone = 1;
        r.parties_agree = true;
        r.mediation_outcome = MediationOutcome::failed;
        r.keeper = "施工方";
        r.keep_by = today + std::chrono::days{30};
        if (act == Act::attach) {
            r.file = FileToAttach{.digest = std::string(64, 'a'), .bytes = 48'213};
        }
        return r;
    }

    Result<Decision> decided(const ActRequest& r) const {
        return decide(ticket, r, surroundings());
    }

    // "" when done, else the refusal as "code detail".
    std::string tried(const ActRequest& r) {
        auto decision = decided(r);
        if (!decision) {
            return std::string(name(decision.error().code)) + " " + decision.error().detail;
        }
        ticket = std::move(decision->after);
        event = std::move(decision->event);
        rule = decision->rule;
        return {};
    }
    std::string act(Act act, Role role) { return tried(request(act, role)); }

    void pass(std::chrono::milliseconds time) { now += time; }

    // To where the unit works on it.
    Stage& handling() {
        act(Act::dispatch, Role::dispatcher);
        act(Act::sign_for, Role::official);
        return *this;
    }
    Stage& submitted() {
        handling();
        act(Act::first_contact, Role::official);
        act(Act::submit_result, Role::official);
        return *this;
    }
    Stage& callback() {
        submitted();
        act(Act::review_pass, Role::reviewer);
        return *this;
    }
    Stage& returned() {
        act(Act::dispatch, Role::dispatcher);
        act(Act::return_ticket, Role::unit_clerk);
        return *this;
    }
};

}  // namespace stage
