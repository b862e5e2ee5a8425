#pragma once

#include "ticketing/types/named_enum.hpp"

namespace hotline::ticketing::notices {

// Why somebody is told (G1). The names are the template codes of SMS and voice. Persisted numbers:
// never renumber.
enum class Occasion {
    assigned = 1,            // 派给你
    reassigned_to_you = 2,   // 改派给你
    taken_away = 3,          // 已转出
    co_assigned = 4,         // 协办
    return_asked = 5,        // 退单待审 (dispatcher)
    return_ruled = 6,        // 退单结果
    extension_decided = 7,   // 延期结果
    result_sent_back = 8,    // 审核退回
    redo = 9,                // 重办
    urged = 10,              // 催办
    information_added = 11,  // 诉求人补充
    remark = 12,             // 备注
    first_contact_due = 13,  // 先行联系
    card_yellow = 14,
    card_red = 15,
    escalated = 16,          // 升级 (supervisor)
    critical_assigned = 17,  // 特急
    deputy_escalation = 18,  // 代办提醒
    shift_summary = 19,      // 上班汇总
    bulletin = 20,           // 通知公告
    webhook_off = 21,        // 推送端点停用 (administrator)
    partner_failed = 22,     // 协同系统未受理、无应答 (G20)
    partner_done = 23,       // 协同系统已办结
};

constexpr auto names_of(Occasion) {
    return NameTable<Occasion, 23>{{
        {Occasion::assigned, "assigned"},
        {Occasion::reassigned_to_you, "reassigned_to_you"},
        {Occasion::taken_away, "taken_away"},
        {Occasion::co_assigned, "co_assigned"},
        {Occasion::return_asked, "return_asked"},
        {Occasion::return_ruled, "return_ruled"},
        {Occasion::extension_decided, "extension_decided"},
        {Occasion::result_sent_back, "result_sent_back"},
        {Occasion::redo, "redo"},
        {Occasion::urged, "urged"},
        {Occasion::information_added, "information_added"},
        {Occasion::remark, "remark"},
        {Occasion::first_contact_due, "first_contact_due"},
        {Occasion::card_yellow, "card_yellow"},
        {Occasion::card_red, "card_red"},
        {Occasion::escalated, "escalated"},
        {Occasion::critical_assigned, "critical_assigned"},
        {Occasion::deputy_escalation, "deputy_escalation"},
        {Occasion::shift_summary, "shift_summary"},
        {Occasion::bulletin, "bulletin"},
        {Occasion::webhook_off, "webhook_off"},
        {Occasion::partner_failed, "partner_failed"},
        {Occasion::partner_done, "partner_done"},
    }};
}

}  // namespace hotline::ticketing::notices
