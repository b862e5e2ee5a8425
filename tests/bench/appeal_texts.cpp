#include "tests/bench/appeal_texts.hpp"

#include <array>
#include <string_view>

namespace hotline::bench {
namespace {

struct Matter {
    std::string_view title;
    std::string_view words;
};

constexpr std::array matters{
    Matter{"厂区频繁停电", "今天上午供电断了三次，电炉里的铁水凝住了，请尽快安排抢修并说明原因。"},
    Matter{"变压器增容无人答复", "现有变压器容量不够，增容申请递交两个月没有人到现场勘查。"},
    Matter{"自来水压力太小", "每到晚上水压不足，锅炉不敢开，影响订单交付，希望查明管网情况。"},
    Matter{"天然气突然停供", "凌晨没有通知就停气，窑炉一降温就会开裂，损失很大，请马上恢复。"},
    Matter{"暖气不热", "供暖开始十天了，办公楼室温只有十一度，热力公司一直没有来人。"},
    Matter{"扩建缺用地指标", "旁边二十亩工业用地的指标批不下来，设备已经订好，等着开工。"},
    Matter{"不动产证办不下来", "厂房竣工八年，因为历史原因没有办理登记，银行不接受抵押。"},
    Matter{"施工许可证审批慢", "图纸审查已经通过，施工许可证两个月没有批复，请协调。"},
    Matter{"环评手续咨询", "准备增加一间喷漆房，想咨询环境影响评价要做报告表还是备案。"},
    Matter{"消防验收没有人来", "资料提交四十天，没有人到现场检查，开业日期一拖再拖。"},
    Matter{"银行抽贷", "银行口头答应续贷，还款以后不再放款，资金链就要断了。"},
    Matter{"增值税留抵退税", "三月份申请的留抵退税至今没有到账，窗口说还在审核。"},
    Matter{"社保增员流程", "请问公司给新员工办理社保登记，在网上要走什么流程？"},
    Matter{"招不到熟练工", "车间缺五十名缝纫工，工资不低也没有人来，请帮忙对接。"},
    Matter{"学校拖欠装修款", "工程验收两年，合同尾款一直没有支付，多次催要没有结果。"},
    Matter{"施工单位拖欠工资", "分包单位没有给工人发工资，三十多名工人到厂里讨要说法。"},
    Matter{"门前道路破损", "园区主路坑洼积水，货车过不来，运输成本涨了不少。"},
    Matter{"重复检查太多", "一个月里来了五个部门检查同样的内容，生产受到很大影响。"},
    Matter{"乱收费", "协会要求入会才给盖章，每年收取费用，希望查处。"},
    Matter{"惠企政策兑现", "去年评上专精特新，奖补资金到现在没有拨付，请问什么时候兑现？"},
    Matter{"快递不进园区", "做电商的货要自己跑十几公里寄出，希望协调设立揽收点。"},
    Matter{"噪声扰民投诉", "隔壁工地夜里施工，宿舍里的工人没法休息，请管一管。"},
    Matter{"商标被冒用", "市场上出现仿冒我们商标的包装，请市场监管部门查处。"},
    Matter{"营业执照变更", "法定代表人变更材料退回三次，每次要求都不一样，请讲清楚。"},
    Matter{"医保缴费基数", "今年缴费基数调整以后多扣了钱，请问怎么申请更正？"},
    Matter{"货运车辆限行", "冷链车白天不能进城，生鲜损耗大，希望办理通行证。"},
    Matter{"污水管网不通", "园区污水井满溢，物业和管委会互相推，已经半个月了。"},
    Matter{"网络宽带中断", "光缆被挖断三天，收银系统不能用，运营商说不知道何时修好。"},
    Matter{"出口退税进度", "申报资料齐全，退税一直显示受理中，想了解进度。"},
    Matter{"人才公寓申请", "引进的工程师符合条件，申请人才公寓半年没有结果。"},
};

struct Place {
    std::string_view county;
    std::string_view town;
};

constexpr std::array places{
    Place{"临渭区", "杜桥街道"},
    Place{"华州区", "赤水镇"},
    Place{"潼关县", "城关街道"},
    Place{"大荔县", "许庄镇"},
    Place{"合阳县", "黑池镇"},
    Place{"澄城县", "韦庄镇"},
    Place{"蒲城县", "孙镇"},
    Place{"白水县", "杜康镇"},
    Place{"富平县", "庄里镇"},
    Place{"韩城市", "龙门镇"},
    Place{"华阴市", "罗敷镇"},
    Place{"渭南高新区", ""},
    Place{"渭南经开区", ""},
};

constexpr std::array firms{
    "食品", "机械", "陶瓷", "农业", "纺织", "化工", "物流", "建材", "包装", "果业"
};

constexpr std::array endings{
    "我们是本地企业，员工一百多人，希望得到帮助。",
    "此前打过单位电话，没有人接，也去过窗口，让等通知。",
    "请在三个工作日内给一个明确的说法，谢谢。",
    "如果再拖下去，这个季度的订单就要违约，损失会更大。",
    "有合同、照片和往来函件，可以随时提供。",
};

// Mixes the bits of a counter (Vigna's splitmix64), so that neighbours differ in everything.
std::uint64_t mixed(std::uint64_t n) {
    n += 0x9e3779b97f4a7c15U;
    n = (n ^ (n >> 30U)) * 0xbf58476d1ce4e5b9U;
    n = (n ^ (n >> 27U)) * 0x94d049bb133111ebU;
    return n ^ (n >> 31U);
}

template <class List>
const auto& pick(const List& list, std::uint64_t bits) {
    return list[bits % list.size()];
}

std::string content_of(std::uint64_t n) {
    const std::uint64_t bits = mixed(n);
    const Matter& matter = pick(matters, bits);
    const Place& place = pick(places, bits >> 8U);
    std::string text;
    text.append("我们是").append(place.county).append(place.town);
    text.append(pick(firms, bits >> 16U))
        .append("公司第")
        .append(std::to_string(n))
        .append("号车间，");
    text.append(matter.words);
    if ((bits >> 24U) % 3 == 0) {
        text.append("涉及金额").append(std::to_string(1 + (bits >> 26U) % 300)).append("万元。");
    }
    const std::uint64_t more = (bits >> 36U) % 4;
    for (std::uint64_t i = 0; i < more; ++i) text.append(pick(endings, (bits >> 40U) + i));
    return text;
}

std::string fields(std::uint64_t n) {
    const std::uint64_t bits = mixed(n);
    const auto [title, content] = appeal_text(n);
    std::string text = R"({"title":")" + title + R"(","content":")" + content;
    text.append(R"(","appellant":{"name":"王)").append(std::to_string(bits % 1000));
    text.append(R"(","phone":"139)")
        .append(std::to_string(10'000'000 + (bits >> 32U) % 80'000'000));
    text.append(R"(","role_in_firm":"经理"})");
    return text;
}

}  // namespace

AppealText appeal_text(std::uint64_t n) {
    return {std::string(pick(matters, mixed(n)).title), content_of(n)};
}

std::string appeal_body(std::uint64_t n) {
    return fields(n) + "}";
}

std::string ticket_body(std::uint64_t n) {
    return fields(n) + R"(,"channel":"phone"})";
}

std::string word_to_search(std::uint64_t n) {
    return std::string(pick(matters, mixed(n)).title);
}

}  // namespace hotline::bench
