#include "sla/policy.hpp"
#include "small_city.hpp"
#include "tests/unit/sla/china_calendar.hpp"
#include "ticketing/router/route.hpp"
#include "ticketing/router/trace.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <string>

using namespace hotline::ticketing;
using small_city::add_official;
using small_city::id_of;

namespace {

Matter matter(std::string_view topic, std::string_view division) {
    Matter made;
    made.topic = topic;
    made.division = division;
    return made;
}

std::string lead_of(const RouteDecision& decision, const Directory& city) {
    const Unit* unit = city.unit(decision.lead);
    return unit ? unit->code : "";
}

std::string lead_of(const Matter& matter, const Enterprise* firm, const Directory& city) {
    return lead_of(route(matter, firm, city, {}), city);
}

bool gives_reason(const RouteDecision& decision, RouteRule rule, std::string_view code) {
    return std::ranges::any_of(decision.reasons, [&](const RouteReason& reason) {
        return reason.rule == rule && reason.code == code;
    });
}

Enterprise firm(std::string division, std::string zone = {}, std::string industry = {}) {
    Enterprise made;
    made.id = EnterpriseId{77};
    made.name = "某公司";
    made.division = std::move(division);
    made.zone = std::move(zone);
    made.industry = std::move(industry);
    return made;
}

}  // namespace

TEST_CASE("R6: zone before county before city, as far as each holds the power") {
    const Directory city = small_city::make();
    struct Row {
        std::string_view topic, division, lead;
    };
    for (const auto& row : {
             Row{"规划建设", "6105G1", "6105G1.zone_admin"},
             Row{"规划建设", "610526", "610526.housing"},
             Row{"规划建设", "610527", "city.housing"},
             Row{"规划建设", "", "city.housing"},
             Row{"规划建设", "610526102", "610526.housing"},
             Row{"用电", "610526", "city.state_grid"},
             Row{"市场竞争", "6105G1", "city.market"},
             Row{"没有的事项", "610526", "610526.gov_office"},
         }) {
        CAPTURE(row.topic);
        CAPTURE(row.division);
        CHECK(lead_of(matter(row.topic, row.division), nullptr, city) == row.lead);
    }
}

TEST_CASE("R6: the place of the matter goes before the place of registration") {
    const Directory city = small_city::make();
    const auto registered = firm("610526");
    CHECK(lead_of(matter("规划建设", ""), &registered, city) == "610526.housing");
    CHECK(lead_of(matter("规划建设", "6105G1"), &registered, city) == "6105G1.zone_admin");
    const auto in_zone = firm("610502", "6105G1");
    CHECK(lead_of(matter("规划建设", ""), &in_zone, city) == "6105G1.zone_admin");
}

TEST_CASE("R5: a word of the duty list's exceptions moves the power") {
    const Directory city = small_city::make();
    auto blocked = matter("规划建设", "610526");
    blocked.content = "村民到工地阻工";
    const auto decision = route(blocked, nullptr, city, {});
    CHECK(lead_of(decision, city) == "city.public_security");
    CHECK(gives_reason(decision, RouteRule::function, "exception"));
}

TEST_CASE("R17: who is asked to act gets it where the duty list gives him a part of it") {
    const Directory city = small_city::make();
    struct Row {
        std::string_view topic, division, asked, lead;
    };
    for (const auto& row : {
             Row{"规划建设", "610526", "city.public_security", "city.public_security"},
             Row{"规划建设", "6105G1", "city.housing", "city.housing"},
             Row{"用电", "6105G1", "6105G1.zone_admin", "6105G1.zone_admin"},
             Row{"规划建设", "610526", "city.housing", "610526.housing"},  // R6
             Row{"规划建设", "610526", "610526.market", "610526.housing"},
         }) {
        CAPTURE(row.topic);
        CAPTURE(row.asked);
        auto asking = matter(row.topic, row.division);
        asking.asked_unit = id_of(city, row.asked);
        const auto decision = route(asking, nullptr, city, {});
        CHECK(lead_of(decision, city) == row.lead);
        CHECK(gives_reason(decision, RouteRule::asked, "asked") == (row.asked != "610526.market"));
    }
}

TEST_CASE("R17: who gave it back is not asked through his counterpart either") {
    const Directory city = small_city::make();
    auto asking = matter("规划建设", "610526");
    asking.asked_unit = id_of(city, "city.public_security");
    const std::array refused{id_of(city, "city.public_security")};
    asking.refused_units = refused;
    CHECK(lead_of(asking, nullptr, city) == "610526.housing");
}

TEST_CASE("R17: praise goes to whom it praises, a complaint never to whom it blames") {
    const Directory city = small_city::make();
    auto thanks = matter("作风效能", "610526");
    thanks.type = AppealType::praise;
    thanks.asked_unit = id_of(city, "610526.market");
    const auto praised = route(thanks, nullptr, city, {});
    CHECK(lead_of(praised, city) == "610526.market");
    CHECK(gives_reason(praised, RouteRule::asked, "praised"));
    auto complaint = matter("规划建设", "610526");
    complaint.type = AppealType::complaint;
    complaint.asked_unit = complaint.complained_unit = id_of(city, "610526.housing");
    CHECK(lead_of(complaint, nullptr, city) == "city.housing");
}

TEST_CASE("R7: the trade decides where the duty list leaves it open") {
    const Directory city = small_city::make();
    const auto farm = firm("610526", {}, "A"), works = firm("610526", {}, "C");
    CHECK(lead_of(matter("政策兑现", ""), &farm, city) == "610526.agriculture");
    CHECK(lead_of(matter("政策兑现", ""), &works, city) == "610526.industry");
    CHECK(lead_of(matter("政策兑现", ""), nullptr, city) == "city.industry");
}

TEST_CASE("R3: who is complained about does not get it, it goes one level up") {
    const Directory city = small_city::make();
    struct Row {
        std::string_view complained, topic, lead;
    };
    for (const auto& row : {
             Row{"610526.housing", "规划建设", "city.housing"},
             Row{"city.housing", "规划建设", "610526.gov_office"},
             Row{"610526.gov_office", "规划建设", "city.housing"},
             Row{"610526.gov_office", "作风效能", "city.gov_office"},
             Row{"city.gov_office", "作风效能", "centre.hotline"},
         }) {
        CAPTURE(row.complained);
        auto complaint = matter(row.topic, "610526");
        complaint.type = AppealType::complaint;
        complaint.complained_unit = id_of(city, row.complained);
        const auto decision = route(complaint, nullptr, city, {});
        CHECK(lead_of(decision, city) == row.lead);
        CHECK(gives_reason(decision, RouteRule::conflict, "complained_about"));
    }
}

TEST_CASE("R3, R4: the card's official follows, but not when his unit is complained about") {
    Directory city = small_city::make();
    const auto owner = add_official(city, "610526.housing", "甲");
    city.cards[77] = {owner};
    city.index();
    const auto enterprise = firm("610526");
    auto complaint = matter("市场竞争", "610526");
    CHECK(route(complaint, &enterprise, city, {}).case_owner == owner);
    complaint.complained_unit = id_of(city, "610526.housing");
    const auto barred = route(complaint, &enterprise, city, {});
    CHECK_FALSE(barred.case_owner);
    CHECK(gives_reason(barred, RouteRule::conflict, "owner_barred"));
}

TEST_CASE("R4: the owner handles only what is his unit's, else he only follows") {
    Directory city = small_city::make();
    const auto owner = add_official(city, "610526.housing", "甲");
    const auto other = add_official(city, "610526.market", "乙");
    city.cards[77] = {owner};
    city.index();
    const auto enterprise = firm("610526");
    const auto own = route(matter("规划建设", ""), &enterprise, city, {});
    CHECK(own.case_owner == owner);
    CHECK(own.official == owner);
    const auto foreign = route(matter("市场竞争", ""), &enterprise, city, {});
    CHECK(foreign.case_owner == owner);
    CHECK(foreign.official == other);
    CHECK(gives_reason(foreign, RouteRule::contact_card, "owner_elsewhere"));
}

TEST_CASE("R4: on leave or with a full desk the owner's deputy steps in, then the unit's others") {
    Directory city = small_city::make();
    const auto owner = add_official(city, "610526.housing", "甲");
    const auto deputy = add_official(city, "610526.housing", "乙");
    const auto third = add_official(city, "610526.housing", "丙");
    city.officials[0].deputy = deputy;
    city.cards[77] = {owner};
    city.index();
    const auto enterprise = firm("610526");
    const auto build = matter("规划建设", "");
    CHECK(route(build, &enterprise, city, {{owner.value, {15, 0}}}).official == deputy);
    city.officials[0].on_leave = true;
    CHECK(route(build, &enterprise, city, {}).official == deputy);
    CHECK(route(build, &enterprise, city, {{deputy.value, {15, 0}}}).official == third);
}

TEST_CASE(
    "R14: while the card's official is on leave his deputy follows, and nobody on leave handles"
) {
    Directory city = small_city::make();
    const auto owner = add_official(city, "610526.housing", "甲");
    const auto deputy = add_official(city, "610526.housing", "乙");
    city.officials[0].deputy = deputy;
    city.officials[0].on_leave = true;
    city.cards[77] = {owner};
    city.index();
    const auto enterprise = firm("610526");
    const auto build = matter("规划建设", "");
    const auto decision = route(build, &enterprise, city, {});
    CHECK(decision.case_owner == deputy);
    CHECK(decision.official == deputy);
    CHECK(gives_reason(decision, RouteRule::away, "deputy_follows"));
    // Both away: he follows once he is back, the unit's clerk assigns.
    city.officials[1].on_leave = true;
    const auto nobody = route(build, &enterprise, city, {});
    CHECK(nobody.case_owner == owner);
    CHECK_FALSE(nobody.official);
    CHECK_FALSE(gives_reason(nobody, RouteRule::away, "deputy_follows"));
}

TEST_CASE("R15: outside office hours what is urgent goes to who is on duty") {
    Directory city = small_city::make();
    const auto usual = add_official(city, "city.housing", "甲");
    const auto night = add_official(city, "city.housing", "乙");
    const auto second = add_official(city, "city.housing", "丙");
    const hotline::sla::LocalDay sunday{std::chrono::year{2026} / 3 / 1};
    const auto turn = [&](OfficialId official, int from, int to) {
        Turn made;
        made.unit = id_of(city, "city.housing");
        made.day = sunday;
        made.from = std::chrono::hours{from};
        made.to = std::chrono::hours{to};
        made.official = official;
        return made;
    };
    city.turns = {turn(night, 18, 32), turn(second, 20, 24)};
    city.index();
    const auto policy = hotline::sla::default_policy();
    const auto calendar = hotline::sla::test::china();
    auto urgent = matter("规划建设", "");
    urgent.urgency = Urgency::urgent;
    const auto chosen = [&](const Matter& asked, int hour, const Loads& loads = {}) {
        const auto at = hotline::sla::at_local(sunday, std::chrono::hours{hour});
        const Surroundings surroundings{city, policy, calendar, at};
        const auto decision = route(asked, nullptr, city, loads, {}, &surroundings);
        CHECK(
            gives_reason(decision, RouteRule::on_duty, "on_duty") == (decision.official != usual)
        );
        return decision.official;
    };
    CHECK(chosen(urgent, 17) == usual);
    CHECK(chosen(urgent, 18) == night);
    // The turn of the evening before runs until the next morning; a full desk is no excuse.
    CHECK(chosen(urgent, 31, {{night.value, {15, 0}}}) == night);
    CHECK(chosen(urgent, 32) == usual);
    // Two on duty: the one with less on his desk.
    CHECK(chosen(urgent, 21) == night);
    CHECK(chosen(urgent, 21, {{night.value, {3, 0}}}) == second);
    CHECK(chosen(matter("规划建设", ""), 21) == usual);
    city.officials[1].on_leave = true;
    city.index();
    CHECK(chosen(urgent, 19) == usual);
    // In office hours the usual way holds, turn or not.
    city.officials[1].on_leave = false;
    city.turns = {turn(night, 24, 48)};
    city.index();
    CHECK(chosen(urgent, 25) == night);
    CHECK(chosen(urgent, 34) == usual);
}

TEST_CASE("R4: without a card the official who brought the matter follows it") {
    Directory city = small_city::make();
    const auto visitor = add_official(city, "610526.market", "丁");
    city.index();
    auto visited = matter("规划建设", "610526");
    visited.visiting_official = visitor;
    const auto decision = route(visited, nullptr, city, {});
    CHECK(decision.case_owner == visitor);
    CHECK(gives_reason(decision, RouteRule::contact_card, "visitor_follows"));
}

TEST_CASE("R10: the lightest desk gets it; overdue weighs, experience helps, ids settle ties") {
    Directory city = small_city::make();
    const auto first = add_official(city, "610526.market", "甲");
    const auto second = add_official(city, "610526.market", "乙");
    city.index();
    auto fair = matter("市场竞争", "610526");
    CHECK(route(fair, nullptr, city, {}).official == first);
    CHECK(route(fair, nullptr, city, {{first.value, {3, 0}}}).official == second);
    CHECK(
        route(fair, nullptr, city, {{first.value, {3, 0}}, {second.value, {2, 2}}}).official ==
        first
    );
    // Equals take turns: who was given less lately, then the lower id.
    CHECK(
        route(
            fair, nullptr, city, {{first.value, {0, 0, 3}}, {second.value, {0, 0, 2}}}
        ).official == second
    );
    CHECK(
        route(
            fair, nullptr, city, {{first.value, {1, 0, 0}}, {second.value, {0, 0, 9}}}
        ).official == second
    );
    const std::array knows{second};
    fair.solved_before = knows;
    CHECK(route(fair, nullptr, city, {{second.value, {3, 0}}}).official == second);
}

TEST_CASE("R10: a full desk takes no more, and the unit's clerk assigns when all are full") {
    Directory city = small_city::make();
    const auto only = add_official(city, "610526.market", "甲");
    city.index();
    auto fair = matter("市场竞争", "610526");
    CHECK(route(fair, nullptr, city, {{only.value, {14, 0}}}).official == only);
    fair.urgency = Urgency::urgent;  // weighs two
    const auto full = route(fair, nullptr, city, {{only.value, {14, 0}}});
    CHECK_FALSE(full.official);
    CHECK(lead_of(full, city) == "610526.market");
    CHECK(gives_reason(full, RouteRule::load, "all_full"));
}

TEST_CASE("R11: a unit that returned it with approval is never asked again") {
    const Directory city = small_city::make();
    auto returned = matter("规划建设", "610526");
    const std::array once{id_of(city, "610526.housing")};
    returned.refused_units = once;
    returned.return_count = 1;
    CHECK(lead_of(returned, nullptr, city) == "city.housing");
    const std::array all{
        id_of(city, "610526.housing"), id_of(city, "city.housing"), id_of(city, "610526.gov_office")
    };
    returned.refused_units = all;
    returned.return_count = 3;
    const auto decision = route(returned, nullptr, city, {});
    CHECK(lead_of(decision, city) == "city.gov_office");
    CHECK(gives_reason(decision, RouteRule::returned, "designate"));
}

TEST_CASE("R8: helpers of the duty list and the unit of a second matter join") {
    const Directory city = small_city::make();
    auto outage = matter("用电", "610526");
    CHECK(
        route(outage, nullptr, city, {}).co_units ==
        std::vector{id_of(city, "city.development_reform")}
    );
    outage.second_topic = "市场竞争";
    const auto both = route(outage, nullptr, city, {});
    CHECK(both.co_units.size() == 2);
    CHECK(both.complexity == Complexity::complex);
    outage.complained_unit = id_of(city, "610526.market");
    CHECK(route(outage, nullptr, city, {}).co_units.size() == 1);
}

TEST_CASE("R12: hints to decline or to ask back are told, and the unit is found all the same") {
    const Directory city = small_city::make();
    auto hinted = matter("规划建设", "610526");
    hinted.decline = DeclineHint{"litigation", 0.8};
    const auto decision = route(hinted, nullptr, city, {});
    REQUIRE(decision.suggestions.size() == 1);
    CHECK(decision.suggestions[0].kind == RouteSuggestion::Kind::decline);
    CHECK(decision.suggestions[0].code == "litigation");
    CHECK(lead_of(decision, city) == "610526.housing");
}

TEST_CASE("every reason has a sentence and the trace tells them all") {
    Directory city = small_city::make();
    city.cards[77] = {add_official(city, "610526.market", "王\"五")};
    city.index();
    const auto enterprise = firm("610526");
    auto complaint = matter("规划建设", "");
    complaint.complained_unit = id_of(city, "610526.housing");
    complaint.emergency = complaint.clarify = true;
    complaint.return_count = 2;
    const auto decision = route(complaint, &enterprise, city, {});
    for (const auto& reason : decision.reasons) {
        CAPTURE(reason.code);
        const auto words = sentence(reason.code, reason.inputs);
        for (const auto& text : {words.zh, words.en}) {
            CHECK(text != reason.code);
            CHECK(text.find("{}") == std::string::npos);
        }
    }
    const auto trace = render_trace(decision, city);
    CHECK(trace.starts_with(R"({"reasons":[{"rule":"R1","code":"emergency_services","inputs":[]},)")
    );
    CHECK(trace.find(R"(王\"五)") != std::string::npos);
    CHECK(trace.find(R"("outcome":"chosen")") != std::string::npos);
    CHECK(trace.find(R"("suggested")") == std::string::npos);
    const auto cues = CueReader{city}.read("", "请问蒲城县停电");
    const auto explained = render_trace(decision, city, &cues);
    CHECK(
        explained.find(
            R"("suggested":{"type":"consult","topic":"用电","urgency":"normal","division":"610526",)"
            R"("words":["停电","请问"],"confidence":0.571)"
        ) != std::string::npos
    );
    CHECK(trace == render_trace(route(complaint, &enterprise, city, {}), city));
}

TEST_CASE("R9: a directory without any unit gives no lead instead of a crash") {
    Directory nothing;
    nothing.index();
    const auto decision = route(matter("规划建设", "610526"), nullptr, nothing, {});
    CHECK_FALSE(decision.lead);
    CHECK_FALSE(decision.official);
}

TEST_CASE("R12 why it may not be for this line is told in words") {
    const std::array litigation{std::string("litigation")};
    const auto told = sentence("decline", litigation);
    CHECK(told.zh.find("诉讼") != std::string::npos);
    CHECK(told.en.find("court") != std::string::npos);
    CHECK(told.en.find("litigation") == std::string::npos);
}
