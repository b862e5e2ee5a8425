#include "server/api/progress_json.hpp"
#include "tests/integration/api/tickets_world.hpp"

#include <boost/json.hpp>

using namespace hotline;
using namespace hotline::test;
using ticketing::Role;

namespace {

std::string unit(const TicketsWorld& world, std::string_view code) {
    return std::to_string(world.small.unit(code).value);
}

// Handled by the county's housing bureau, in a town, and spoken about.
struct Handled : TicketsWorld {
    std::string number = accepted([](ticketing::Ticket& t) {
        t.division = "610526";
        t.town = "610526102";
    });
    Browser supervisor = person(Role::supervisor);
    Browser lead = person(Role::unit_clerk, small.unit("610526.housing"));

    Handled() {
        run("DELETE FROM ticket_charge");
        const auto dispatcher = person(Role::dispatcher);
        done(dispatcher, "dispatch", R"({"unit_id":)" + unit(*this, "610526.housing") + "}");
        done(lead, "sign_for");
        done(lead, "first_contact", R"({"contact_way":"phone","contact_result":"已说明"})");
    }

    boost::json::object done(
        const Browser& who, const std::string& action, const std::string& body = "{}"
    ) {
        const auto response = act(who, number, action, body);
        CAPTURE(response.body);
        REQUIRE(response.status == 200);
        return body_of(response);
    }
    std::size_t listed(const Browser& who, std::map<std::string, std::string> query) {
        return body_of(list(who, std::move(query))).at("items").as_array().size();
    }
    std::string progress(bool english = false) {
        const auto told = auth.pool.read_now([&](mysql::Connection& db) -> Result<std::string> {
            const auto stored = mysql::read_ticket(db, number);
            if (!stored) return std::unexpected(stored.error());
            const auto events = mysql::read_events(db, (*stored)->ticket.id);
            if (!events) return std::unexpected(events.error());
            return api::progress_json(
                (*stored)->ticket, *events, {}, *source.current(), auth.now, english
            );
        });
        REQUIRE(told);
        return *told;
    }
};

const boost::json::object& entry(
    const boost::json::object& ticket, const char* list, std::size_t at
) {
    return ticket.at(list).as_array().at(at).as_object();
}

}  // namespace

TEST_CASE("T36 and T37 a hard case is planned and every unit reports its own milestone") {
    Handled world;
    const auto grid = world.person(Role::unit_clerk, world.small.unit("city.state_grid"));
    CHECK(world.show(grid, world.number).status == 404);
    world.done(
        world.lead,
        "add_co_unit",
        R"({"unit_id":)" + unit(world, "city.housing") + R"(,"reason":"需要协办"})"
    );
    world.done(world.supervisor, "hard_case", R"({"reason":"三家单位推诿"})");
    CHECK(world.listed(world.supervisor, {{"hard_case", "true"}}) == 1);
    const auto plan = [&](const std::string& milestones) {
        return R"({"held_on":"2026-03-02","unit_ids":[)" + unit(world, "city.housing") +
               R"(],"conclusion":"明确供电改造由电网负责","basis":"王副市长","milestones":[)" +
               milestones + "]}";
    };
    const std::string mine = R"({"text":"补齐施工图纸","unit_id":)" +
                             unit(world, "610526.housing") + R"(,"due_on":"2026-03-06"})";
    const std::string theirs = R"({"text":"完成线路改造","unit_id":)" +
                               unit(world, "city.state_grid") + R"(,"due_on":"2026-03-20"})";
    for (const auto& [body, field] : std::map<std::string, std::string>{
             {plan(R"({"text":"x","unit_id":4711,"due_on":"2026-03-06"})"), "milestones[0].unit_id"
             },
             {plan(R"({"text":"去做","unit_id":1,"due_on":"soon"})"), "milestones[0].due_on"},
             {plan(R"({"text":"去做","unit_id":1})"), "milestones[0].due_on"},
             {plan(R"({"text":"去做","unit_id":1,"due_on":"2026-03-06","by":"me"})"),
              "milestones[0].by"},
             {R"({"unit_ids":[4711]})", "unit_ids"},
             {R"({"unit_ids":[1]})", "held_on"},
         }) {
        const auto refused = world.act(world.supervisor, world.number, "plan_hard_case", body);
        CAPTURE(refused.body);
        CHECK(refused.status == 422);
        CHECK(refused.body.find('"' + field + '"') != std::string::npos);
    }
    const auto empty = world.act(world.supervisor, world.number, "plan_hard_case", plan(""));
    CHECK(empty.status == 409);
    CHECK(empty.body.find("一至十二个节点") != std::string::npos);

    const auto planned = world.done(world.supervisor, "plan_hard_case", plan(mine + "," + theirs));
    CHECK(text(entry(planned, "meetings", 0).at("conclusion")) == "明确供电改造由电网负责");
    CHECK(text(entry(planned, "meetings", 0).at("held_on")) == "2026-03-02");
    CHECK(text(entry(planned, "milestones", 1).at("unit_name")) == "国网公司");
    CHECK(text(entry(planned, "milestones", 1).at("due_at")) == text(planned.at("handle_due_at")));
    CHECK(planned.at("plan_days").as_int64() > 0);
    const auto seen = body_of(world.show(grid, world.number));
    CHECK(!entry(seen, "milestones", 0).contains("yours"));
    CHECK(entry(seen, "milestones", 1).at("yours").as_bool());
    CHECK(world.listed(grid, {{"charged", "true"}}) == 1);
    const auto official =
        world.person(Role::official, world.small.unit("city.state_grid"), world.small.stranger);
    CHECK(world.listed(official, {{"charged", "true"}}) == 1);
    CHECK(world.listed(world.supervisor, {{"charged", "true"}}) == 0);  // serves no unit

    world.done(grid, "meet_milestone", R"({"milestone":2,"result_text":"线路已改造完成"})");
    CHECK(world.listed(grid, {{"charged", "true"}}) == 0);
    CHECK(world.show(grid, world.number).status == 200);
    CHECK(
        world
            .act(
                grid,
                world.number,
                "meet_milestone",
                R"({"milestone":0,"result_text":"线路已改造"})"
            )
            .status == 422
    );
    const auto early = world.act(
        world.lead,
        world.number,
        "submit_result",
        R"({"outcome":"solved","result_text":"已全部完成","told_at":"2026-03-02T01:00:00Z"})"
    );
    CHECK(early.status == 409);
    const auto told = world.progress();
    CHECK(told.find("已召开联席会议") != std::string::npos);
    CHECK(told.find("计划中的一项工作已完成") != std::string::npos);
    CHECK(told.find("王副市长") == std::string::npos);
    CHECK(told.find("国网") == std::string::npos);
    const auto events =
        world.auth.run(world.tickets.events(world.to(world.supervisor, world.number)));
    CHECK(events.body.find("\"plan\"") == std::string::npos);
    CHECK(events.body.find("国网公司") != std::string::npos);  // charged_units, by name
}

TEST_CASE("T38 and T39 mediation fails in the town and is agreed in the county") {
    Handled world;
    const auto town = world.person(Role::unit_clerk, world.small.unit("610526102.town_government"));
    const auto county = world.person(Role::unit_clerk, world.small.unit("610526.justice"));
    const std::string refer = R"({"parties_agree":true,"reason":"与分包商的工程款争议"})";
    const auto alone =
        world.act(world.lead, world.number, "refer_to_mediation", R"({"reason":"工程款"})");
    CHECK(alone.status == 409);
    CHECK(alone.body.find("双方自愿") != std::string::npos);
    const auto referred = world.done(world.lead, "refer_to_mediation", refer);
    CHECK(text(referred.at("state")) == "mediating");
    CHECK(text(entry(referred, "mediations", 0).at("unit_name")) == "孙镇人民政府");
    CHECK(text(referred.at("next_clock")) == "mediation");
    CHECK(world.listed(town, {{"charged", "true"}, {"state", "mediating"}}) == 1);
    CHECK(world.show(county, world.number).status == 404);
    CHECK(world.progress().find("正在由调解组织调解") != std::string::npos);
    const auto person = body_of(world.show(town, world.number)).at("appellant").as_object();
    CHECK(text(person.at("phone")) == "13800001111");

    world.done(
        town, "conclude_mediation", R"({"mediation_outcome":"failed","result_text":"双方差距较大"})"
    );
    CHECK(world.progress().find("调解未达成协议") != std::string::npos);
    world.done(world.lead, "refer_to_mediation", refer);
    const auto unkept = world.act(
        county,
        world.number,
        "conclude_mediation",
        R"({"mediation_outcome":"agreed","result_text":"分三期付清"})"
    );
    CHECK(unkept.status == 409);
    const auto agreed = world.done(
        county,
        "conclude_mediation",
        R"({"mediation_outcome":"agreed","result_text":"分三期付清","keeper":"分包商","keep_by":"2026-06-30"})"
    );
    CHECK(text(agreed.at("state")) == "handling");
    CHECK(text(entry(agreed, "mediations", 1).at("outcome")) == "agreed");
    CHECK(text(entry(agreed, "mediations", 1).at("keep_by")) == "2026-06-30");
    CHECK(world.progress().find("调解达成协议") != std::string::npos);
    CHECK(world.progress(true).find("Both sides agreed") != std::string::npos);
    CHECK(world.progress().find("分三期") == std::string::npos);
    const auto result = world.done(
        world.lead,
        "submit_result",
        R"({"outcome":"solved","result_text":"已按协议落实","told_at":"2026-03-02T01:00:00Z"})"
    );
    CHECK(text(result.at("result_basis")) == "调解协议：分三期付清（分包商，2026-06-30前履行）");
}

TEST_CASE("T39 one side that does not want mediation ends it, and the enterprise reads so") {
    Handled world;
    world.done(
        world.supervisor, "refer_to_mediation", R"({"parties_agree":true,"reason":"工程款争议"})"
    );
    world.done(
        world.supervisor,
        "conclude_mediation",
        R"({"mediation_outcome":"declined","result_text":"对方不愿到场"})"
    );
    CHECK(world.progress().find("有一方不愿调解") != std::string::npos);
    CHECK(world.progress(true).find("One side did not want mediation") != std::string::npos);
    CHECK(
        world
            .act(
                world.lead,
                world.number,
                "refer_to_mediation",
                R"({"parties_agree":true,"reason":"工程款"})"
            )
            .status == 409
    );
}

TEST_CASE("T23 the enterprise is told that somebody else does it anew") {
    Handled world;
    const auto reviewer = world.person(Role::reviewer);
    const std::string result =
        R"({"outcome":"solved","result_text":"许可证已发放","told_at":"2026-03-02T01:00:00Z"})";
    const std::string no =
        R"({"reached":true,"solved":"no","satisfaction":"dissatisfied","reasonable":true})";
    const auto discontent = [&] {
        world.done(reviewer, "review_pass");
        return world.done(reviewer, "callback", no);
    };
    world.done(world.lead, "submit_result", result);
    CHECK(text(discontent().at("unit_name")) == "蒲城县住建局");
    CHECK(world.progress().find("已记录您的评价，重新办理") != std::string::npos);
    world.done(world.lead, "submit_result", result);
    CHECK(text(discontent().at("unit_name")) == "市住建局");
    CHECK(world.progress().find("由上一级单位重新办理") != std::string::npos);
    CHECK(world.show(world.lead, world.number).status == 200);  // it helps now
}
