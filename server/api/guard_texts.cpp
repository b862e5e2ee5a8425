#include "server/api/guard_texts.hpp"

#include <algorithm>
#include <array>

namespace hotline::api {
namespace {

struct GuardText {
    std::string_view guard;
    std::string_view zh;
    std::string_view en;
};

// In the order of ticketing/lifecycle/guards.hpp.
constexpr std::array<GuardText, 73> guard_sentences{{
    {"has_reason", "请填写理由（至少两个字）", "give a reason of at least two characters"},
    {"decline_reason_known", "请从不予受理事由中选择一项", "choose one of the reasons for declining"
    },
    {"return_reason_known", "请从退单事由中选择一项", "choose one of the reasons for returning"},
    {"suspend_reason_known", "请从挂账事由中选择一项", "choose one of the objective causes"},
    {"review_date_fits",
     "请填写复核日期：明天起、九十天之内",
     "say when the cause is looked at again: from tomorrow on and within ninety days"},
    {"has_basis",
     "请填写依据（退单写职责依据，挂账、联席会议写同意的领导）",
     "state the basis: of the return, or which leader agreed to parking or planning it"},
    {"answer_date_fits",
     "回复期限应在明天起三十天之内",
     "the reply has to be due from tomorrow on and within thirty days"},
    {"supervision_waits",
     "没有待回复的督办单，请刷新工单",
     "no supervision sheet waits for a reply; reload the ticket"},
    {"co_unit_waits",
     "没有请您单位协办，或已反馈协办意见",
     "your unit was not asked to help, or has given its opinion"},
    {"co_units_answered",
     "协办单位尚未全部反馈意见，请等待反馈或协办时限届满",
     "not all helping units have answered; wait for them or for their limit"},
    {"has_content",
     "请填写不少于五个字的诉求内容；已有内容的工单不能再补录",
     "give a content of at least five characters; a ticket that has one cannot be completed again"},
    {"has_answer", "请填写不少于五个字的答复", "write an answer of at least five characters"},
    {"has_outcome", "请选择办理结果", "choose the outcome"},
    {"told_in_time",
     "请填写告知诉求人的时间，应在受理之后、现在之前",
     "say when the appellant was told: after acceptance and not in the future"},
    {"has_contact_log",
     "请选择联系方式并填写联系情况",
     "choose the way of contact and say what came of it"},
    {"has_survey",
     "请填写是否解决和满意程度",
     "say whether it was solved and how satisfied the appellant is"},
    {"level_rises",
     "督办级别只能提高，最高四级",
     "the level of supervision can only rise, up to four"},
    {"meeting_fits",
     "请填写近三十天内召开的会议：日期、参会单位（在用且不是被投诉单位）和不少于五个字的结论",
     "say when in the last thirty days the meeting was, which active units took part (not one "
     "complained of) and what it concluded in at least five characters"},
    {"handover_fits",
     "这张工单的转交现在不能这样处理，请刷新后再看",
     "what is at the other system cannot be settled like this now: look at it again"},
    {"plan_fits",
     "请填写一至十二个节点：内容、责任单位和期限；期限应在明天起、计划期限之内",
     "give one to twelve milestones, each with a text, a unit and a day from tomorrow on that the "
     "limit for plans allows"},
    {"parties_agree",
     "调解须双方自愿，请先征得双方同意",
     "mediation is voluntary; ask both sides first"},
    {"mediation_outcome_fits",
     "请选择调解结果；达成协议只能由调解单位登记",
     "choose the outcome; an agreement is recorded by the mediating unit only"},
    {"agreement_kept_by",
     "请填写协议由谁履行、何时之前履行",
     "say who has to keep the agreement and by when"},
    {"something_to_put_right", "请至少修改一项", "change at least one item"},
    {"has_file", "请选择要上传的文件", "choose the file to add"},
    {"answers_for_ticket",
     "只有承办人员可以添加诉求人可见的附件，请改为“仅内部可见”",
     "only who answers for the ticket adds files the appellant sees; add it as internal"},
    {"room_for_file",
     "附件已满：每件工单最多四十个，其中诉求人最多十二个，合计不超过 200 MB",
     "the ticket has no room for it: forty files at most, twelve of them the appellant's, 200 MB "
     "together"},
    {"answered_on_call",
     "只有尚未签收的咨询或表扬可以当场办结，其他诉求请派单",
     "only a question or praise that no unit has signed for can be closed at once; dispatch the "
     "others"},
    {"article_in_force",
     "所引用的知识条目已修改、撤回或过期，请刷新后重新选择",
     "the article was changed or withdrawn or is past its days; choose again"},
    {"parent_fits",
     "主工单须为同一企业或同一来电号码且尚在办理，请核对主工单编号",
     "the parent must be of the same enterprise or number and still answered for; check its number"
    },
    {"not_designated",
     "指定承办的工单不能再退，请联系督办员",
     "a designated ticket cannot be returned; speak to the supervisor"},
    {"within_return_window",
     "已超过退单时限，请继续办理，或请督办员协调",
     "the time for returning is over; go on handling it or ask the supervisor"},
    {"first_return",
     "再次退单须由单位负责人提出",
     "a second return has to come from the unit's leader"},
    {"contact_made",
     "请先联系诉求人并登记联系情况，再提交结果",
     "contact the appellant and record it first"},
    {"no_contact_yet",
     "已登记过首次联系，后续情况请用备注记录",
     "the first contact is recorded already; use a note"},
    {"may_be_designated",
     "退单两次或第三次派单时才能指定承办，请先派单",
     "designation needs two returns or a third dispatch; dispatch it instead"},
    {"extension_allowed",
     "此类工单不能延期、次数或天数已用完，或已有待批申请",
     "this ticket cannot be extended (further), or a request is pending already"},
    {"before_extension_cut_off",
     "延期须在到期日17时前提出，请尽快办理并提交结果",
     "an extension has to be asked for before 17:00 of the due date; submit the result soon"},
    {"extension_pending",
     "没有待批的延期申请，请刷新工单",
     "there is no request for extension; reload the ticket"},
    {"extension_in_time",
     "已到期，延期申请失效，请驳回",
     "the due date has passed and the request has lapsed; refuse it"},
    {"redo_left", "已达重办次数上限", "no redo is left"},
    {"urge_due",
     "每个工作日只能催办一次，请下一个工作日再催",
     "once a working day; urge again on the next one"},
    {"within_reopen_time",
     "已超过重新办理的期限，请重新提交诉求",
     "the time for reopening is over; file a new appeal"},
    {"archive_due", "未到归档时间", "it is not yet time to archive"},
    {"hard_enough",
     "疑难工单须重办两次、涉及三个单位或属复杂事项，且尚未列入",
     "a hard case takes two redos, three units or a complex matter, and is listed once"},
    {"is_hard_case",
     "只有已列入疑难的工单才能召开联席会议，最多六次",
     "only a listed hard case has joint meetings, six at most"},
    {"milestone_open",
     "没有待您单位完成的节点，请刷新工单",
     "no milestone waits for your unit; reload the ticket"},
    {"milestone_waits",
     "该节点不由您单位负责，或已完成、已取消，请另选",
     "that milestone is not your unit's, or is met or cancelled; choose another"},
    {"milestones_done",
     "还有未完成的节点，请完成后提交，或请督办员重新召开联席会议",
     "milestones are still open; meet them, or ask the supervisor for another meeting"},
    {"may_be_mediated",
     "只有平等主体之间的求助、投诉纠纷可以调解：事项须在可调解之列，不是投诉单位，不匿名、不保密",
     "only disputes between equals are mediated: a topic open to it, no complaint about a unit, "
     "neither anonymous nor confidential"},
    {"mediator_left",
     "已有一方不愿调解，或各级调解均未成功，请用其他方式办理",
     "one side has declined, or every level has failed; settle it another way"},
    {"clock_waits", "该时限未在计时", "that clock does not run"},
    {"step_due", "未到下一级督办的时间", "the next step of supervision is not due"},
    {"unit_can_take",
     "该单位或协办单位已停用、已获准退单，或是被投诉对象，请另选单位",
     "the unit or a helping one is inactive, has returned this ticket or is complained of; choose "
     "another"},
    {"official_belongs",
     "该干部不属于所选单位，请重新选择",
     "the official does not belong to that unit; choose again"},
    {"official_inside_unit",
     "请选择本单位内的另一名在岗干部",
     "choose another active official of the unit"},
    {"co_unit_fits",
     "该单位不能协办：已停用、是主办或被投诉单位、已在协办，或协办单位已满八个",
     "that unit cannot help: inactive, leading, complained of, helping already, or eight help "
     "already"},
    {"reached_discontent",
     "诉求不合理的结案须由督办员办理，请转督办员",
     "closing an unreasonable demand is the supervisor's; hand it over"},
    // Of a published period.
    {"period_settled",
     "统计期刚结束，数据尚未稳定，请在规定的工作日之后再冻结",
     "the period ended too recently to be settled; freeze it after the set number of working days"},
    {"correction_explained",
     "该统计期已发布，更正需写明理由，并作为新的修订版与原版并存",
     "this period is published; a correction needs a reason and stands beside it as a new revision"
    },
    // Of an account, not of a ticket.
    {"self",
     "不能停用自己的账号，请由另一位管理员办理",
     "nobody disables his own account; ask another administrator"},
    {"some_due_moves",
     "按现行规定期限没有变化",
     "by what is in force no due date would be another one"},
    {"something_new",
     "与最新一版相同，没有需要写入的内容",
     "it is the same as the newest version; there is nothing to add"},
    // Of an article of the knowledge base (ticketing/knowledge/steps.hpp).
    {"version_waits",
     "没有待审核的版本，请刷新",
     "no version waits to be published; reload the article"},
    {"written_by_another",
     "本人撰写的版本须由另一位审核人员发布",
     "what one wrote oneself is published by another reviewer or supervisor"},
    {"still_valid", "该条目的有效期已过，请先修改有效期", "its last day is past; change that first"
    },
    {"review_day_fits",
     "复核日期应在明天起366天之内",
     "it has to be looked at again from tomorrow on and within 366 days"},
    {"reason_given", "请填写理由（至少两个字）", "give a reason of at least two characters"},
    {"is_published", "该条目不在用，请刷新", "the article is not published; reload it"},
    {"says_something_new",
     "与现行版本相同，没有需要保存的内容",
     "it is the same as the version in force; there is nothing to save"},
    {"question_is_new",
     "已有标题相同的条目，请在原条目上修改",
     "another article asks the same; change that one"},
    {"remark_given", "请写明哪里不对（至少两个字）", "say in at least two characters what is wrong"
    },
    {"feedback_waits",
     "该反馈不需要回复或已有回复，请刷新",
     "it needs no reply or has one; reload the article"},
}};

}  // namespace

std::string_view guard_text(std::string_view guard, bool english) {
    const auto found = std::ranges::find(guard_sentences, guard, &GuardText::guard);
    if (found == guard_sentences.end()) return {};
    return english ? found->en : found->zh;
}

http::Response act_problem(const http::Request& request, Error error) {
    if (error.code == ErrorCode::guard_failed) {
        error.detail = guard_text(error.detail, request.wants_english());
    }
    return http::problem(request, error);
}

}  // namespace hotline::api
