#include "ticketing/replay.hpp"

#include "tests/unit/ticketing/walk.hpp"
#include "ticketing/change_text.hpp"
#include "ticketing/lifecycle/logged_fields.hpp"
#include "ticketing/plan_text.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

using namespace hotline;
using namespace hotline::ticketing;

namespace {

// What the log must not hold is taken out of the ticket itself, so that the rest can be compared as
// a whole, without the list the replay works by.
Ticket without_the_unlogged(Ticket t) {
    t.number.clear();
    t.call_id.clear();
    t.created_by = {};
    t.visiting_official = {};
    t.appellant = {};
    t.enterprise = {};
    t.enterprise_name.clear();
    t.uscc.clear();
    t.title.clear();
    t.content.clear();
    t.place.clear();
    t.wanted.clear();
    t.amount_fen.reset();
    t.case_owner = {};
    t.route_trace.clear();
    if (t.survey) t.survey->reason.clear();
    t.clocks.clear();
    return t;
}

}  // namespace

TEST_CASE("property: replaying a ticket's log gives the ticket, but for what is personal") {
    const walk::World world;
    std::map<std::string, int> told;
    for (std::uint64_t seed = 1; seed <= 400; ++seed) {
        walk::Walk life(world, seed);
        for (int acts = 0; acts < 80; ++acts) {
            if (acts > 0 && !life.step()) break;
            const auto again = replayed(life.events());
            REQUIRE(again);
            CAPTURE(seed);
            CAPTURE(acts);
            CAPTURE(std::string(name(life.events().back().act)));
            CAPTURE(std::string(first_difference(life.ticket(), *again)));
            REQUIRE(without_the_unlogged(life.ticket()) == *again);
        }
        for (const Event& event : life.events()) {
            const auto changes = read_changes(event.changes);
            for (const Change& change : *changes) ++told[std::string(change.field)];
        }
    }
    // A field that never moved was not tried. These no act of the table moves.
    const std::set<std::string_view> never{
        "category", "complained_unit", "needs_entry", "repeat_count", "risk_flags"
    };
    for_each_logged([&](const auto& field) {
        CAPTURE(std::string(field.name));
        CHECK(told.contains(std::string(field.name)) != never.contains(field.name));
    });
}

TEST_CASE("the fields of the log stand in ascending order, each once") {
    std::vector<std::string_view> names;
    for_each_logged([&](const auto& field) { names.push_back(field.name); });
    CHECK(std::ranges::is_sorted(names));
    CHECK(std::set(names.begin(), names.end()).size() == names.size());
}

TEST_CASE("every field of the log is told at birth, read back, and missed when a row differs") {
    const walk::World world;
    Ticket born;
    born.id = {7};
    born.type = AppealType::complaint;
    born.channel = Channel::visit;
    born.category = "行业监管";
    born.risk_flags = 5;
    born.complained_unit = {4};
    born.needs_entry = true;
    born.repeat_count = 2;
    auto opened = open_ticket(born, Actor{.role = Role::system}, world.at(Instant{}));
    opened.event.seq = 1;
    auto again = replayed({&opened.event, 1});
    REQUIRE(again);
    CHECK(again->channel == Channel::visit);
    CHECK(again->risk_flags == 5);
    CHECK(first_difference(opened.after, *again) == "");
    const std::pair<std::string_view, void (*)(Ticket&)> altered[] = {
        {"id", [](Ticket& t) { t.id = {8}; }},
        {"state", [](Ticket& t) { t.state = State::closed; }},
        {"version", [](Ticket& t) { t.version = 2; }},
        {"accepted_at", [](Ticket& t) { t.accepted_at += std::chrono::hours{1}; }},
        {"urgency", [](Ticket& t) { t.urgency = Urgency::critical; }},
        {"satisfaction", [](Ticket& t) { t.survey = Survey{}; }},
        {"plan", [](Ticket& t) { t.milestones.emplace_back(); }},
        {"mediations", [](Ticket& t) { t.mediations.emplace_back(); }},
        {"return_basis", [](Ticket& t) { t.pending_return = PendingReturn{"", "x", {}}; }},
    };
    for (const auto& [field, alter] : altered) {
        Ticket row = opened.after;
        alter(row);
        CHECK(std::string(first_difference(row, *again)).find(field) == 0);
    }
}

TEST_CASE("a log that is empty or altered is not replayed") {
    CHECK(replayed({}).error().detail == "0");
    const walk::World world;
    walk::Walk life(world, 3);
    REQUIRE(life.step());
    for (const auto* changes :
         {R"({"unit":["x")",
          R"({"unit":[null,"x"]})",
          R"({"designated":[false,3]})",
          R"({"type":["help","poem"]})",
          R"({"type":["help",7]})",
          R"({"topic":[null,7]})",
          R"({"closed_at":[null,true]})",
          R"({"co_units":[[],7]})",
          R"({"co_units":[[],["x"]]})",
          R"({"callback_attempts":[[],[7]]})",
          R"({"callback_attempts":[[],["x",true]]})",
          R"({"round":[1,null],"topic":[null,"用电"]})",
          R"({"round":[1,null]})"}) {
        auto events = life.events();
        events[1].changes = changes;
        CAPTURE(changes);
        CHECK(replayed(events).error().detail == "2");
    }
    auto events = life.events();
    events[1].changes = R"({"of_a_later_version":[1,2]})";
    CHECK(replayed(events));
}

TEST_CASE("a survey and a return are read back from any part that is told, and gone with any") {
    const auto after = [](const char* first, const char* then) {
        Event log[2];
        log[0].seq = 1;
        log[0].changes = first;
        log[1].seq = 2;
        log[1].changes = then;
        return replayed(log).value();
    };
    const auto told = [&](const char* part) { return after("{}", part); };
    CHECK(
        told(R"({"satisfaction":[null,"satisfied"]})").survey->satisfaction ==
        Satisfaction::satisfied
    );
    CHECK(told(R"({"solved":[null,"no"]})").survey->solved == Solved::no);
    CHECK(told(R"({"survey_at":[null,5]})").survey->at == Instant{std::chrono::milliseconds{5}});
    CHECK(told(R"({"survey_way":[null,"sms"]})").survey->way == "sms");
    const auto* survey = R"({"solved":[null,"no"]})";
    for (const auto* gone :
         {R"({"satisfaction":["satisfied",null]})",
          R"({"solved":["no",null]})",
          R"({"survey_at":[5,null]})",
          R"({"survey_way":["sms",null]})"}) {
        CAPTURE(gone);
        CHECK(after(survey, "{}").survey);
        CHECK_FALSE(after(survey, gone).survey);
    }
    const auto* pending = R"({"return_unit":[null,4]})";
    CHECK(after(pending, "{}").pending_return->suggested_unit == UnitId{4});
    CHECK_FALSE(after(pending, R"({"return_unit":[4,null]})").pending_return);
}

TEST_CASE("a plan and mediations in text: read back as they were, and nothing that is not ours") {
    const std::string hard = "第一行\n第二行\t\\末\\n";
    const Meeting meeting{
        sla::LocalDay{std::chrono::days{20'000}}, {{3}, {9}}, hard, "王副市长", {}
    };
    Milestone open;
    open.text = hard;
    Milestone met = open;
    met.state = MilestoneState::met;
    met.ended_at = Instant{std::chrono::milliseconds{-5}};
    met.report = "已完成";
    const std::vector meetings{meeting, Meeting{}};
    const std::vector milestones{open, met};
    const std::string plan = to_text(meetings, milestones);
    CHECK(plan_from(plan) == Plan{meetings, milestones});
    Mediation agreed;
    agreed.ended_at = Instant{};
    agreed.outcome = MediationOutcome::agreed;
    agreed.words = hard;
    agreed.keeper = "甲方";
    agreed.keep_by = sla::LocalDay{};
    const std::vector mediations{Mediation{}, agreed};
    const std::string text = to_text(mediations);
    CHECK(mediations_from(text) == mediations);
    CHECK(to_text({}, {}) == "");
    CHECK(plan_from("") == Plan{});
    CHECK(mediations_from("")->empty());
    for (const auto* wrong : {"x", "m", "s\t1", "\n", "m\t1\t\tx\ty\t0\t0"})
        CHECK(!plan_from(wrong));
    CHECK(!mediations_from(plan));
    CHECK(!plan_from(text));
    for (std::size_t length = 1; length < text.size(); ++length) {
        const auto cut = mediations_from(std::string_view{text}.substr(0, length));
        CHECK((!cut || *cut != mediations));
    }
}
