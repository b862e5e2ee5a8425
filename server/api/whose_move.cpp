#include "server/api/whose_move.hpp"

#include "server/api/dto.hpp"
#include "ticketing/json_text.hpp"
#include "ticketing/lifecycle/ticket_clocks.hpp"

#include <optional>
#include <string_view>

namespace hotline::api {
namespace {

using sla::ClockKind;
using ticketing::State;
using ticketing::Ticket;

struct Meaning {
    std::string_view zh;
    std::string_view en;
};

struct Move {
    std::string_view whose;  // the values of schema Move
    Meaning meaning;
    std::optional<ClockKind> clock;  // its end is the time that is told
};

constexpr std::string_view you = "you";
constexpr std::string_view unit = "unit";
constexpr std::string_view centre = "centre";
constexpr std::string_view mediators = "mediators";
constexpr std::string_view nobody = "nobody";

constexpr Move being_taken_down{
    centre,
    {"热线中心正在登记您的诉求，可能会打电话向您核实，不需要您做什么。",
     "The hotline is still taking your matter down and may ring you; you need not do anything."},
    ClockKind::entry
};
constexpr Move to_be_sent{
    centre,
    {"热线中心正在确定由哪个单位负责，不需要您做什么。",
     "The hotline is finding the unit in charge; you need not do anything."},
    ClockKind::dispatch
};
constexpr Move to_be_signed{
    unit,
    {"已经交给承办单位。单位签收后，工作人员会先与您联系，请保持电话畅通。",
     "It is with the unit in charge. Once it has signed, an official rings you first; please be "
     "reachable."},
    ClockKind::sign_for
};
constexpr Move to_be_contacted{
    unit,
    {"承办单位已经签收，工作人员会先与您联系了解情况，请保持电话畅通。",
     "The unit has signed for it, and an official will ring you first; please be reachable."},
    ClockKind::first_contact
};
constexpr Move being_handled{
    unit,
    {"工作人员正在办理，办完会告诉您结果。有新情况可以随时补充。",
     "Officials are working on it and will tell you the result. You may add what is new at any "
     "time."},
    ClockKind::handle
};
constexpr Move being_ruled_on{
    centre,
    {"承办单位认为这件事不归它管，热线中心正在核定由谁办理，不需要您做什么。",
     "The unit thinks it is not the one in charge; the hotline decides who is. You need not do "
     "anything."},
    ClockKind::ruling
};
constexpr Move parked{
    centre,
    {"因客观原因暂时办不了，到下面的时间会再看能不能恢复办理。",
     "It cannot be done for now for an objective reason; at the time below it is looked at again."},
    ClockKind::suspension
};
constexpr Move being_mediated{
    mediators,
    {"调解组织会联系双方。调解是自愿的，您可以不接受；在此期间办理时限暂停。",
     "The mediators contact both sides. Mediation is voluntary and you may decline; the time limit "
     "stands still meanwhile."},
    ClockKind::mediation
};
constexpr Move being_reviewed{
    centre,
    {"承办单位已经给出结果，热线中心正在审核是不是真的办到位。",
     "The unit has given a result; the hotline checks that it is a real one."},
    ClockKind::review
};
constexpr Move to_be_rated{
    you,
    {"请您说一说：问题解决了吗，满意吗。不满意的会重新办理；您没有评价，我们会打电话回访。",
     "Please say whether it is solved and how satisfied you are. If you are not, it is handled "
     "again; without a rating we ring you."},
    ClockKind::callback
};
constexpr Move closed_for_good{
    nobody,
    {"这件诉求已经办结。有新的问题请重新反映。",
     "This matter is closed. If there is something new, report it as a new one."},
    {}
};
constexpr Move may_be_reopened{
    nobody,
    {"这件诉求已经办结。问题又出现的，在下面的时间之前可以要求重新办理。",
     "This matter is closed. If the problem is back, you may have it handled again until the time "
     "below."},
    {}
};
constexpr Move not_taken_in{
    nobody,
    {"这件诉求没有受理，原因写在下面；有疑问请拨打 12345。",
     "This matter was not taken in; the reason stands below. Call 12345 if it is not clear."},
    {}
};
constexpr Move with_another{
    nobody,
    {"它和另一件说的是同一件事，合在一起办理；结果会一并告诉您，不需要您做什么。",
     "It tells of the same thing as another and is handled together with it; you are told the "
     "result, and need not do anything."},
    {}
};
constexpr Move taken_back{
    nobody,
    {"您已撤回，不再办理。需要时可以重新反映。",
     "You withdrew it, and nobody works on it any more. You may report it anew at any time."},
    {}
};

const Move& move_of(const Ticket& ticket) {
    switch (ticket.state) {
        case State::draft:
            return being_taken_down;
        case State::accepted:
            return ticket.needs_entry ? being_taken_down : to_be_sent;
        case State::dispatched:
            return to_be_signed;
        case State::handling:
            return open_clock(ticket, ClockKind::first_contact) ? to_be_contacted : being_handled;
        case State::return_pending:
            return being_ruled_on;
        case State::suspended:
            return parked;
        case State::mediating:
            return being_mediated;
        case State::submitted:
            return being_reviewed;
        case State::callback:
            return to_be_rated;
        case State::closed:
            return ticket.closed_at && ticket.lead_unit ? may_be_reopened : closed_for_good;
        case State::archived:
            return closed_for_good;
        case State::declined:
            return not_taken_in;
        case State::merged:
            return with_another;
        case State::withdrawn:
            return taken_back;
    }
    return closed_for_good;
}

std::optional<ticketing::Instant> until(const Ticket& ticket, const Move& move, const City& city) {
    // T30
    if (&move == &may_be_reopened) {
        return *ticket.closed_at + std::chrono::days{city.policy.reopen_days};
    }
    const auto* clock = move.clock ? open_clock(ticket, *move.clock) : nullptr;
    if (clock == nullptr || clock->state == sla::ClockState::paused) return std::nullopt;
    return clock->due_at;
}

}  // namespace

std::string move_json(
    const Ticket& ticket, const City& city, ticketing::Instant now, bool english
) {
    const Move* move = &move_of(ticket);
    auto end = until(ticket, *move, city);
    if (move == &may_be_reopened && *end < now) {
        move = &closed_for_good;
        end.reset();
    }
    ticketing::JsonObject out;
    out.text("whose", move->whose).text("text", english ? move->meaning.en : move->meaning.zh);
    if (end) {
        out.text("until", to_text(*end));
        if (*end < now) out.raw("late", "true");
    }
    return out.str();
}

}  // namespace hotline::api
