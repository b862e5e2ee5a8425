#pragma once

#include "ticketing/types/named_enum.hpp"

namespace hotline::ticketing {

// What may be done to a ticket. The names are the {action} of
// POST /api/v1/tickets/{ticket_no}/actions/{action} and stand in the event log.
// Numbers are persisted: never renumber.
enum class Act {
    create = 1,
    complete = 2,       // a draft has its missing fields
    decline = 3,        // 不予受理
    close_on_call = 4,  // 即时办结
    merge = 5,          // 并案
    dispatch = 6,       // 派单
    sign_for = 7,       // 签收
    return_ticket = 8,  // 退单
    approve_return = 9,
    refuse_return = 10,
    designate = 11,      // 指定承办
    reassign = 12,       // 改派 (inside the unit)
    add_co_unit = 13,    // 协办
    first_contact = 14,  // 先行联系
    ask_extension = 15,
    approve_extension = 16,
    refuse_extension = 17,
    suspend = 18,  // 挂账; on a parked ticket: a later review date
    resume = 19,
    submit_result = 20,  // 提交办理结果
    review_pass = 21,
    review_fail = 22,
    callback = 23,  // 回访: one attempt, reached or not
    reopen = 24,
    withdraw = 25,   // 撤诉
    urge = 26,       // 催办 by the appellant
    supervise = 27,  // 督办
    archive = 28,
    note = 29,                // internal remark, no change of state
    sign_overdue = 30,        // by the clock
    yellow_card = 31,         // by the clock
    red_card = 32,            // by the clock
    clock_overdue = 33,       // by the clock: any other clock ran out
    hard_case = 34,           // 疑难
    regrade = 35,             // type, topic, urgency or division put right by the centre
    requeue = 36,             // a dead letter mended: the stub gets its content
    unmerge = 37,             // 撤销并案
    answer_co_unit = 38,      // 协办意见
    answer_supervision = 39,  // 督办回复
    escalate = 40,            // by the clock: the next step of the ladder
    attach = 41,              // 附件: a file is added
    plan_hard_case = 42,      // 联席会议: who does what by when
    meet_milestone = 43,      // 节点完成
    refer_to_mediation = 44,  // 转调解
    conclude_mediation = 45,  // 调解结果
    recompute = 46,           // due dates by a new policy or calendar, as one job
};

constexpr auto names_of(Act) {
    return NameTable<Act, 46>{{
        {Act::create, "create"},
        {Act::complete, "complete"},
        {Act::decline, "decline"},
        {Act::close_on_call, "close_on_call"},
        {Act::merge, "merge"},
        {Act::dispatch, "dispatch"},
        {Act::sign_for, "sign_for"},
        {Act::return_ticket, "return_ticket"},
        {Act::approve_return, "approve_return"},
        {Act::refuse_return, "refuse_return"},
        {Act::designate, "designate"},
        {Act::reassign, "reassign"},
        {Act::add_co_unit, "add_co_unit"},
        {Act::first_contact, "first_contact"},
        {Act::ask_extension, "ask_extension"},
        {Act::approve_extension, "approve_extension"},
        {Act::refuse_extension, "refuse_extension"},
        {Act::suspend, "suspend"},
        {Act::resume, "resume"},
        {Act::submit_result, "submit_result"},
        {Act::review_pass, "review_pass"},
        {Act::review_fail, "review_fail"},
        {Act::callback, "callback"},
        {Act::reopen, "reopen"},
        {Act::withdraw, "withdraw"},
        {Act::urge, "urge"},
        {Act::supervise, "supervise"},
        {Act::archive, "archive"},
        {Act::note, "note"},
        {Act::sign_overdue, "sign_overdue"},
        {Act::yellow_card, "yellow_card"},
        {Act::red_card, "red_card"},
        {Act::clock_overdue, "clock_overdue"},
        {Act::hard_case, "hard_case"},
        {Act::regrade, "regrade"},
        {Act::requeue, "requeue"},
        {Act::unmerge, "unmerge"},
        {Act::answer_co_unit, "answer_co_unit"},
        {Act::answer_supervision, "answer_supervision"},
        {Act::escalate, "escalate"},
        {Act::attach, "attach"},
        {Act::plan_hard_case, "plan_hard_case"},
        {Act::meet_milestone, "meet_milestone"},
        {Act::refer_to_mediation, "refer_to_mediation"},
        {Act::conclude_mediation, "conclude_mediation"},
        {Act::recompute, "recompute"},
    }};
}

}  // namespace hotline::ticketing
