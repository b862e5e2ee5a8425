#include "ticketing/notices/texts.hpp"

#include <array>

namespace hotline::ticketing::notices {
namespace {

struct BothWays {
    Occasion occasion;
    Template chinese;
    Template english;
};

// In the order of the occasions.
constexpr std::array<BothWays, 23> usual{{
    {Occasion::assigned,
     {"新工单", "工单{no}已派给您，请及时签收。"},
     {"New ticket", "Ticket{no} is yours: please sign for it."}},
    {Occasion::reassigned_to_you,
     {"改派给您", "工单{no}已改派给您，请及时办理。"},
     {"Reassigned to you", "Ticket{no} is now yours."}},
    {Occasion::taken_away,
     {"工单已转出", "工单{no}不再由您办理。"},
     {"No longer yours", "Ticket{no} is no longer yours to handle."}},
    {Occasion::co_assigned,
     {"请协办", "工单{no}请贵单位协办，请按时提出意见。"},
     {"Your help is asked for", "Ticket{no} asks for your unit's opinion."}},
    {Occasion::return_asked,
     {"退单待审", "工单{no}申请退单，请审核。"},
     {"A return to rule on", "A unit asks to return ticket{no}."}},
    {Occasion::return_ruled,
     {"退单有结果", "工单{no}的退单申请已有结果，请查看。"},
     {"Return ruled on", "The return of ticket{no} was ruled on."}},
    {Occasion::extension_decided,
     {"延期有结果", "工单{no}的延期申请已有结果，请查看。"},
     {"Extension decided", "The extension of ticket{no} was decided."}},
    {Occasion::result_sent_back,
     {"审核退回", "工单{no}的办理结果被退回，请补充后重新提交。"},
     {"Result sent back", "The result of ticket{no} was sent back."}},
    {Occasion::redo,
     {"需要重办", "工单{no}需要重新办理，请查看要求。"},
     {"To be done again", "Ticket{no} has to be done again."}},
    {Occasion::urged,
     {"催办", "工单{no}被催办，请尽快办理。"},
     {"You are urged", "Ticket{no} is being urged."}},
    {Occasion::information_added,
     {"有新材料", "工单{no}补充了材料或意见，请查看。"},
     {"Something was added", "There is something new on ticket{no}."}},
    {Occasion::remark,
     {"有新备注", "工单{no}有新的备注，请查看。"},
     {"New remark", "There is a remark on ticket{no}."}},
    {Occasion::first_contact_due,
     {"请先行联系", "工单{no}的先行联系时限将到，请联系诉求人。"},
     {"First contact is due", "The first contact of ticket{no} is due soon."}},
    {Occasion::card_yellow,
     {"黄牌提醒", "工单{no}即将超时，请抓紧办理。"},
     {"Yellow card", "Ticket{no} is about to be late."}},
    {Occasion::card_red,
     {"红牌警示", "工单{no}已超时，请立即处理。"},
     {"Red card", "Ticket{no} is late."}},
    {Occasion::escalated,
     {"督办升级", "工单{no}超时未结，督办已升级。"},
     {"Escalated", "Ticket{no} stays late and was escalated."}},
    {Occasion::critical_assigned,
     {"特急工单", "特急工单{no}，请立即签收处理！"},
     {"Critical ticket", "Critical ticket{no}: act now."}},
    {Occasion::deputy_escalation,
     {"工单无人应答", "工单{no}的经办人未应答，请跟进或改派。"},
     {"Nobody answers", "Whoever has ticket{no} does not answer: follow it up or reassign it."}},
    {Occasion::shift_summary,
     {"今日待办", "昨夜以来有{n}项工单消息，请查看。"},
     {"To begin with", "{n} messages about your tickets came in since last night."}},
    {Occasion::bulletin,
     {"通知公告", "有新的通知公告，请查看。"},
     {"Bulletin", "There is a bulletin for you."}},
    {Occasion::webhook_off,
     {"推送端点已停用", "有推送端点长期送不到，已自动停用，请到“系统集成”处理。"},
     {"An endpoint was switched off",
      "A webhook endpoint could not be reached and was switched off: see Integrations."}},
    {Occasion::partner_failed,
     {"协同系统需人工跟进", "工单{no}未能由协同系统受理或久无应答，请查看并跟进。"},
     {"A partner needs you", "Another system did not take ticket{no} or is silent: follow it up."}},
    {Occasion::partner_done,
     {"协同系统已办结", "工单{no}在协同系统已办结，请核实并提交办理结果。"},
     {"Done by a partner", "Another system closed ticket{no}: verify it and submit the result."}},
}};

// What another standing reads instead.
struct Instead {
    Occasion occasion;
    Standing standing;
    Template chinese;
    Template english;
};

constexpr std::array<Instead, 8> special{{
    {Occasion::assigned,
     Standing::office,
     {"新工单", "工单{no}已派到贵单位，请及时签收、安排经办人。"},
     {"New ticket", "Ticket{no} came to your unit: please sign for it and name a handler."}},
    {Occasion::critical_assigned,
     Standing::office,
     {"特急工单", "特急工单{no}已派到贵单位，请立即签收处理！"},
     {"Critical ticket", "Critical ticket{no} came to your unit: act now."}},
    {Occasion::critical_assigned,
     Standing::dispatcher,
     {"特急工单待派", "特急工单{no}待派单，请立即处理！"},
     {"Critical ticket", "Critical ticket{no} waits for dispatch: act now."}},
    {Occasion::assigned,
     Standing::card_owner,
     {"联系企业有新工单", "您联系的企业有新工单{no}，请关注。"},
     {"A firm you follow", "A firm you follow raised ticket{no}."}},
    {Occasion::assigned,
     Standing::deputy,
     {"代办提醒", "您代理的同事有新工单{no}，请留意。"},
     {"You stand in", "Ticket{no} came for a colleague you stand in for."}},
    {Occasion::critical_assigned,
     Standing::deputy,
     {"特急代办", "您代理的同事有特急工单{no}，请立即联系单位联络员！"},
     {"You stand in: critical", "Critical ticket{no} came for a colleague you stand in for."}},
    {Occasion::deputy_escalation,
     Standing::deputy,
     {"同事未应答", "您代理的同事有工单{no}未应答，请提醒或联系单位联络员。"},
     {"A colleague does not answer", "Ticket{no} of a colleague you stand in for is not answered."}
    },
    {Occasion::taken_away,
     Standing::office,
     {"工单已转出", "工单{no}不再由贵单位办理。"},
     {"No longer your unit's", "Ticket{no} is no longer your unit's."}},
}};

std::string filled(
    std::string_view text, std::string_view number, std::size_t matters, bool spaced
) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        if (text.substr(at).starts_with("{no}")) {
            if (!number.empty()) out.append(spaced ? " " : "").append(number);
            at += 4;
        } else if (text.substr(at).starts_with("{n}")) {
            out.append(std::to_string(matters));
            at += 3;
        } else {
            out += text[at++];
        }
    }
    return out;
}

}  // namespace

Template template_of(Occasion occasion, Standing standing, Language language) {
    const bool english = language == Language::english;
    for (const Instead& row : special) {
        if (row.occasion == occasion && row.standing == standing) {
            return english ? row.english : row.chinese;
        }
    }
    const BothWays& row = usual[static_cast<std::size_t>(occasion) - 1];
    return english ? row.english : row.chinese;
}

Text text_of(
    Occasion occasion,
    Standing standing,
    Language language,
    std::string_view number,
    std::size_t matters
) {
    const Template words = template_of(occasion, standing, language);
    return {
        std::string(words.title), filled(words.body, number, matters, language == Language::english)
    };
}

}  // namespace hotline::ticketing::notices
