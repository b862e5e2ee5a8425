#include "server/city/demo_articles.hpp"

#include "server/city/import/csv.hpp"
#include "ticketing/knowledge/index.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace hotline;
using namespace hotline::ticketing::knowledge;

namespace {

// The demonstration articles by their titles, as `seed` lays them down.
struct Demonstration {
    ArticleIndex index;
    std::vector<std::string> titles;

    Demonstration() {
        const auto records = city::parse_csv(city::demo_articles);
        REQUIRE(records);
        for (std::size_t i = 1; i < records->size(); ++i) {
            const auto& cells = (*records)[i].cells;
            ArticleText text;
            text.title = cells[0];
            for (std::string_view rest = cells[1]; !rest.empty();) {
                const auto end = std::min(rest.find('|'), rest.size());
                text.questions.emplace_back(rest.substr(0, end));
                rest.remove_prefix(std::min(end + 1, rest.size()));
            }
            text.answer = cells[2];
            text.topic = cells[5];
            index.add(text);
            titles.push_back(text.title);
        }
        index.build();
    }

    std::string best(std::string_view asked) const {
        const auto found = index.find(asked, {.least = least_suggested});
        return found.empty() ? "" : titles[found.front().article];
    }
};

struct Asked {
    std::string_view text;
    std::string_view title;  // how the article's begins
};

// In the words of callers, none of them a form of an article.
constexpr Asked questions[] = {
    {"你好，我新开了个小厂子，想装个电表，电力局收不收钱", "小微企业新装用电"},
    {"我们是小规模纳税人，一个季度开了二十八万的票，增值税要不要交", "小规模纳税人"},
    {"小微企业所得税现在是百分之几", "小型微利企业"},
    {"研发费用加计扣除的比例是多少，怎么报", "研发费用"},
    {"我们去年没裁员，听说有稳岗返还，请问怎么领", "企业怎么领失业保险"},
    {"新招的工人还在试用期，社保什么时候办", "新员工入职"},
    {"工人上班路上摔伤了，工伤认定多久之内申请", "职工受伤"},
    {"公司资金困难，住房公积金能不能先缓一缓", "企业经营困难"},
    {"厂里缺工人，哪里能免费登招聘信息", "企业招工"},
    {"离职员工要去劳动仲裁，过了一年还能告吗，仲裁时效多长", "劳动争议"},
    {"一家国企欠我们货款半年了不给，到哪里投诉", "大型企业或机关"},
    {"想申请创业担保贷款，小微企业最高额度多少", "小微企业创业担保"},
    {"请问注册一个公司要准备什么材料，营业执照几天能拿到", "办营业执照"},
    {"想开个小饭馆，食品经营许可证到哪儿办", "开餐馆"},
    {"公司不干了，想办简易注销，公示几天", "公司不经营"},
    {"因为地址联系不上被列入经营异常名录，怎么移出来", "异常名录"},
    {"商会每年硬要收会费，不交不行吗，这算强制收费吗", "行业协会"},
    {"投标保证金交了五个点，是不是太高了，最多多少", "投标保证金"},
    {"车间扩建两百平，要不要办施工许可证", "多大的工程"},
    {"厂房的不动产权证办了一个多月没下来，正常多久", "厂房办不动产"},
    {"我们新上一条生产线，环评做报告表还是登记表", "项目环评"},
    {"排污许可证和排污登记有什么区别，我们该办哪个", "企业要办排污"},
    {"酒店下月开业，消防检查找哪个部门办", "商场酒店"},
    {"执法人员来检查不出示证件，我能拒绝吗", "执法人员上门"},
    {"市场局罚了我两万，不服可以行政复议吗，期限多长", "对行政处罚"},
    {"蓝牌小货车跑运输要营运证吗，四吨半以下的", "四吨半"},
    {"想打一眼井取水，取水许可证怎么申请", "企业打井"},
    {"合作社买农机，购置补贴怎么申请", "买农机"},
    {"出口退税申报半个月了还没到账", "出口退税"},
    {"不知道公司能享受哪些惠企政策，在哪里查", "惠企政策"},
};

// Nothing to be answered from an article.
constexpr std::string_view other_matters[] = {
    "蒲城县孙镇我公司昨天夜里突然停电三次，电炉铁水凝固，损失十几万，请马上派人抢修",
    "隔壁工地半夜施工噪音太大，工人没法休息",
    "镇上修路把我们厂门口堵了，货车进不来",
    "办事大厅的工作人员态度恶劣，推诿扯皮",
    "有人天天堵在厂门口闹事，不让货车出去",
    "感谢帮扶干部帮我们解决了大问题",
    "建议在开发区开通一条公交线路方便职工上下班",
    "自来水浑浊发黄，已经三天了",
};

}  // namespace

TEST_CASE("K12 the demonstration articles answer what callers ask in their own words") {
    const Demonstration base;
    std::size_t right = 0;
    for (const auto& [text, title] : questions) {
        const std::string best = base.best(text);
        CAPTURE(text);
        CHECK((best.empty() || best.starts_with(title)));
        right += best.starts_with(title) ? 1 : 0;
    }
    // "装个电表" shares no word with any form of its article.
    CHECK(right == std::size(questions) - 1);
}

TEST_CASE("K12 what is no question of the demonstration articles is answered by none") {
    const Demonstration base;
    for (const std::string_view text : other_matters) {
        CAPTURE(text);
        CHECK(base.best(text) == "");
    }
}
