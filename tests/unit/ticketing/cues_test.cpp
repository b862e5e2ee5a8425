#include "ticketing/cues.hpp"

#include "small_city.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

using namespace hotline::ticketing;
using small_city::id_of;

namespace {

struct Reading {
    Directory city = small_city::make();
    CueReader reader{city};

    Cues operator()(std::string_view title, std::string_view content, std::string_view home = {})
        const {
        return reader.read(title, content, home);
    }
};

}  // namespace

TEST_CASE("Q1: a longer word hides the shorter one inside it") {
    const Reading read;
    const auto cues = read("", "施工许可一直没批");
    CHECK(cues.topic == "规划建设");
    CHECK(std::ranges::count(cues.found, "施工") == 0);
    CHECK(std::ranges::count(cues.found, "施工许可") == 1);
}

TEST_CASE("Q2: nothing known gives the topic for everything else, without confidence") {
    const Reading read;
    const auto cues = read("有件事情要反映", "事情经过我想当面和领导说一下。");
    CHECK(cues.topic == "其他");
    CHECK(cues.topic_confidence == 0);
    CHECK(cues.clarify);
    CHECK(read("", "你好").clarify);
    CHECK_FALSE(read(
                    "",
                    "蒲城县孙镇的厂子去年十月开始施工，工地上的围墙被隔壁推倒，"
                    "双方谈了三次没有结果，想请政府出面说句公道话。"
    )
                    .clarify);
    CHECK_FALSE(read("", "停电").clarify);
}

TEST_CASE("Q2: more evidence gives more confidence") {
    const Reading read;
    const double little = read("", "施工").topic_confidence;
    const double much = read("", "施工许可没有批，工地干不了").topic_confidence;
    CHECK(little > 0);
    CHECK(much > little);
    CHECK(much <= 1);
}

TEST_CASE("Q3: places are told by full and short names, the first named of equals wins") {
    const Reading read;
    CHECK(read("", "蒲城县的厂").division == "610526");
    CHECK(read("", "我厂在白水，客户在蒲城").division == "610527");
    CHECK(read("", "渭南高新区停电").division == "6105G1");
    CHECK(read("", "没有说在哪里").division.empty());
}

TEST_CASE("Q3: a bare zone is the city's own unless a county is named that has one itself") {
    const Reading read;
    CHECK(read("", "高新区停电").division == "6105G1");
    CHECK(read("", "临渭区高新区停电").division == "6105G1");
    CHECK(read("", "蒲城县高新区停电").division == "610526");
    CHECK(read("", "我们是西安高新区的").division.empty());
}

TEST_CASE("Q3: a town gives its county; towns of one name need the county or the firm's own") {
    const Reading read;
    CHECK(read("", "在孙镇开厂").division == "610526");
    CHECK(read("", "在孙镇开厂").town == "610526102");
    CHECK(read("", "在罕井开厂").town.empty());
    CHECK(read("", "蒲城罕井的厂").town == "610526101");
    CHECK(read("", "城关街道的店").town.empty());
    CHECK(read("", "白水县城关街道的店").town == "610527001");
    CHECK(read("", "城关街道的店", "610526").town == "610526001");
    CHECK(read("", "白水县孙镇路口").division == "610527");
}

TEST_CASE("Q4: urgency by what happened; a question is not urgent for mentioning it") {
    const Reading read;
    CHECK(read("", "突然停电，请协调").urgency == Urgency::urgent);
    CHECK(read("", "全线停产，请协调").urgency == Urgency::critical);
    CHECK(read("", "请问停电怎么查询通知").urgency == Urgency::normal);
    CHECK(read("", "火灾隐患整改后申请复查").urgency == Urgency::normal);
}

TEST_CASE("Q4: the type comes from the words people use") {
    const Reading read;
    CHECK(read("", "请问如何申请奖补？").type == AppealType::consult);
    CHECK(read("", "投诉工地噪声").type == AppealType::complaint);
    CHECK(read("", "举报某公司虚假宣传").type == AppealType::report);
    CHECK(read("", "建议增设公交站").type == AppealType::suggestion);
    CHECK(read("", "非常感谢，特此表扬").type == AppealType::praise);
    CHECK(read("", "变压器").type == AppealType::help);
}

TEST_CASE("Q6: a complaint about an office names it, an appeal that only mentions one does not") {
    const Reading read;
    const auto complaint = read("", "投诉蒲城县住建局工作人员推诿，不给办施工许可");
    CHECK(complaint.complained_unit == id_of(read.city, "610526.housing"));
    CHECK(complaint.confidential);
    CHECK(
        read("", "投诉县住建局推诿", "610526").complained_unit == id_of(read.city, "610526.housing")
    );
    CHECK(read("", "投诉市住建局推诿").complained_unit == id_of(read.city, "city.housing"));
    CHECK_FALSE(read("", "请蒲城县住建局帮助解决施工许可").complained_unit);
    CHECK_FALSE(read("", "投诉同行虚假宣传，请市监局查处").complained_unit);
}

TEST_CASE("Q14: whom the author asks to act is told, whom he blames or only mentions is not") {
    const Reading read;
    struct Row {
        std::string_view text, asked;
    };
    for (const auto& row : {
             Row{"施工围挡四个月没动静，请蒲城县住建局催一下", "610526.housing"},
             Row{"工地停电了，请工信局协调", "610526.industry"},
             Row{"市住建局说归县上，求县工信局帮忙", "610526.industry"},
             Row{"当初高新区管委会答应给厂房配套变压器", "6105G1.zone_admin"},
             Row{"表扬蒲城县住建局，办事真快，感谢", "610526.housing"},
             Row{"蒲城县住建局的窗口在几楼", ""},
             Row{"投诉蒲城县住建局工作人员推诿，请住建局改正", ""},
         }) {
        CAPTURE(row.text);
        CHECK(read("", row.text, "610526").asked_unit == id_of(read.city, row.asked));
    }
}

TEST_CASE("Q7: what is not for the hotline is hinted at, never decided") {
    const Reading read;
    REQUIRE(read("", "法院已立案，合同纠纷").decline.has_value());
    CHECK(read("", "法院已立案，合同纠纷").decline->code == "litigation");
    REQUIRE(read("", "西安市雁塔区的门店被查").decline.has_value());
    CHECK(read("", "西安市雁塔区的门店被查").decline->code == "outside_city");
    CHECK_FALSE(read("", "蒲城县的厂，客户在西安市").decline.has_value());
    CHECK_FALSE(read("", "施工许可没批").decline.has_value());
    REQUIRE(read("", "此事劳动仲裁委员会上周开庭审理").decline.has_value());
    CHECK(read("", "此事劳动仲裁委员会上周开庭审理").decline->code == "litigation");
    CHECK_FALSE(read("", "请问怎样去劳动仲裁").decline.has_value());
    CHECK(read("", "我们厂在宝鸡").decline.has_value());
    CHECK_FALSE(read("", "货要发到宝鸡").decline.has_value());
    CHECK(read("", "车间着火了，有人被困").emergency);
}

TEST_CASE("Q5, Q8: amounts and risks are noted") {
    const Reading read;
    const auto cues = read("", "拖欠工资28万元，几十名工人要上访，已联系记者，工地有安全隐患");
    CHECK(cues.amount_fen == 28'000'000);
    CHECK(cues.risk_flags == (risk_group | risk_media | risk_safety | risk_wages));
    CHECK(read("", "互相推诿，多个部门都不管").tangled);
}

TEST_CASE("suggestions fill what was left open and nothing else") {
    const Reading read;
    Appeal appeal;
    appeal.topic = "规划建设";
    appeal.type = AppealType::suggestion;
    appeal.division = "610527";
    apply(read("", "举报蒲城县孙镇停电，损失3万元"), appeal);
    CHECK(appeal.topic == "规划建设");
    CHECK(appeal.type == AppealType::suggestion);
    CHECK(appeal.division == "610527");
    CHECK(appeal.town.empty());
    CHECK(appeal.urgency == Urgency::urgent);
    CHECK(appeal.amount_fen == 3'000'000);
    CHECK(appeal.appellant.confidential);
}

TEST_CASE("any bytes are read without harm") {
    const Reading read;
    std::string bytes;
    for (int i = 0; i < 4000; ++i) bytes += static_cast<char>(i * 37 % 256);
    CHECK(read(bytes, bytes).topic == "其他");
}
