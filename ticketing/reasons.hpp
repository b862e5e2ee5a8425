#pragma once

#include <array>
#include <string_view>

namespace hotline::ticketing {

// A reason code with its words for people; the code stands in the event log.
struct Reason {
    std::string_view code;
    std::string_view zh;
    std::string_view en;
};

// N1: why an appeal is not accepted (不予受理). Published lists of Guangdong (2022), Bengbu (2017)
// and Shantou agree on these.
inline constexpr std::array<Reason, 13> decline_reasons{{
    {"outside_city", "不属于本市管辖", "Outside the city's jurisdiction"},
    {"military", "涉及军队、武警事项", "Concerns the armed forces"},
    {"emergency", "应由110、119、120、122等紧急服务处理", "For the emergency services"},
    {"party_congress_courts",
     "属于党委、人大、政协、法院、检察院职权",
     "For party organs, congress, CPPCC, courts or procuratorate"},
    {"litigation",
     "应当或已经通过诉讼、仲裁、行政复议等途径解决",
     "To be, or being, settled by court, arbitration or reconsideration"},
    {"petition", "已进入信访渠道办理", "Already handled as a petition"},
    {"discipline", "属于纪检监察事项", "For discipline inspection"},
    {"disclosure", "属于政府信息公开申请", "An application for disclosure of information"},
    {"secret", "涉及国家秘密、商业秘密或个人隐私", "Concerns secrets or privacy"},
    {"unlawful", "违反法律法规或公序良俗", "Against law or public morals"},
    {"too_vague", "诉求不明确且无法补充", "Too vague and cannot be completed"},
    {"already_handled", "同一事项已办结且无新事实", "Handled before, no new facts"},
    {"test", "测试工单", "A test of the line"},
}};

// N2: why a unit gives a ticket back (退单).
inline constexpr std::array<Reason, 5> return_reasons{{
    {"not_our_duty", "不属于本单位职责", "Not within our duties"},
    {"not_our_area", "不属于本辖区", "Not within our area"},
    {"other_level", "应由上级或下级单位办理", "For another level of government"},
    {"several_units", "需多部门联合办理", "Needs several departments together"},
    {"more_information", "信息不足，无法办理", "Too little information to act"},
}};

// N3: objective causes for which a ticket may be parked (挂账).
inline constexpr std::array<Reason, 6> suspend_reasons{{
    {"season",
     "受季节、气候影响，暂不具备施工或办理条件",
     "Season or weather: work is not possible yet"},
    {"works", "已列入工程计划，须待工程实施", "Planned works have to be carried out first"},
    {"litigation",
     "已进入诉讼、仲裁、复议程序，须待结果",
     "Waits for a court, arbitration or reconsideration"},
    {"higher_level",
     "须待上级政策、批复或资金到位",
     "Waits for a policy, approval or funds from above"},
    {"appraisal", "须待鉴定、检测、评估或公示期满", "Waits for an appraisal, test or public notice"
    },
    {"force_majeure", "不可抗力", "Force majeure"},
}};

constexpr const Reason* find_reason(const auto& reasons, std::string_view code) {
    for (const Reason& reason : reasons) {
        if (reason.code == code) return &reason;
    }
    return nullptr;
}

}  // namespace hotline::ticketing
