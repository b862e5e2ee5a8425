#include "ticketing/router/misroutes.hpp"

#include "small_city.hpp"
#include "ticketing/router/route.hpp"
#include "ticketing/router/trace.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

using namespace hotline;
using namespace hotline::ticketing;
using namespace std::chrono_literals;
using small_city::id_of;

namespace {

constexpr Instant today{std::chrono::sys_days{std::chrono::year{2026} / 9 / 1}};
constexpr UnitId list_says{1}, keeps{2}, third{3};

Instant days_ago(int days) {
    return today - std::chrono::days{days};
}

Misroute gave_back(UnitId unit, UnitId went_to, int days, std::string place = "610526") {
    return {"规划建设", std::move(place), unit, went_to, days_ago(days)};
}

Kept was_kept(UnitId unit, int days) {
    return {"规划建设", "610526", unit, days_ago(days)};
}

UnitId asked_instead(
    const std::vector<Misroute>& misroutes,
    const std::vector<Kept>& kept = {},
    UnitId unit = list_says
) {
    const auto instead = Misroutes{misroutes, kept, today}.instead_of("规划建设", "610526", unit);
    return instead ? instead->unit : UnitId{};
}

sla::Assignment sent(UnitId unit, int days) {
    sla::Assignment made;
    made.unit = unit.value;
    made.division = "610526";
    made.dispatched_at = days_ago(days);
    return made;
}

sla::Assignment sent_and_returned(UnitId unit, int days) {
    sla::Assignment made = sent(unit, days);
    made.returned_at = made.dispatched_at + 1h;
    made.return_approved = true;
    return made;
}

sla::TicketFacts facts_with(std::vector<sla::Assignment> assignments) {
    sla::TicketFacts facts;
    facts.topic = "规划建设";
    facts.assignments = std::move(assignments);
    return facts;
}

// Knows that 610526.housing gave such matters back and which unit kept them.
struct Taught {
    Directory city = small_city::make();
    UnitId housing = id_of(city, "610526.housing");
    UnitId grid = id_of(city, "city.state_grid");
    Misroutes misroutes = learned(grid);

    Misroutes learned(UnitId instead) const {
        const std::vector<Misroute> rows{
            gave_back(housing, instead, 9), gave_back(housing, instead, 3)
        };
        return {rows, {}, today};
    }
    static Matter building() {
        Matter matter;
        matter.topic = "规划建设";
        matter.division = "610526";
        return matter;
    }
    RouteDecision routed(const Matter& matter) const {
        return route(matter, nullptr, city, {}, misroutes);
    }
};

}  // namespace

TEST_CASE("R13: two approved returns of a kind to the same unit teach, fewer or scattered do not") {
    CHECK(asked_instead({gave_back(list_says, keeps, 9), gave_back(list_says, keeps, 3)}) == keeps);
    CHECK_FALSE(asked_instead({gave_back(list_says, keeps, 3)}));
    CHECK_FALSE(asked_instead({gave_back(list_says, keeps, 9), gave_back(list_says, third, 3)}));
    CHECK_FALSE(asked_instead({gave_back(list_says, keeps, 9), gave_back(list_says, {}, 3)}));
    CHECK_FALSE(
        asked_instead({gave_back(list_says, keeps, 9), gave_back(list_says, keeps, 3, "610527")})
    );
    // Of two units the one that got more, then the lower id.
    CHECK(
        asked_instead(
            {gave_back(list_says, third, 9),
             gave_back(list_says, third, 8),
             gave_back(list_says, keeps, 7),
             gave_back(list_says, keeps, 6),
             gave_back(list_says, third, 3)}
        ) == third
    );
    CHECK(
        asked_instead(
            {gave_back(list_says, third, 9),
             gave_back(list_says, third, 8),
             gave_back(list_says, keeps, 7),
             gave_back(list_says, keeps, 6)}
        ) == keeps
    );
}

TEST_CASE("R13: what is known is told in the order of topic, place and unit") {
    const std::vector rows{
        gave_back(list_says, keeps, 9),
        gave_back(list_says, keeps, 3),
        gave_back(list_says, third, 9, "610527"),
        gave_back(list_says, third, 3, "610527"),
    };
    const auto known = Misroutes(rows, {}, today).known();
    REQUIRE(known.size() == 2);
    CHECK(known[0].unit == list_says);
    CHECK(known[0].instead == Misroutes::Instead{keeps, 2});
    CHECK(known[1].place == "610527");
    CHECK(known[1].instead == Misroutes::Instead{third, 2});
}

TEST_CASE("R13: only what a unit gave back since it last kept one of the kind counts") {
    const std::vector rows{gave_back(list_says, keeps, 9), gave_back(list_says, keeps, 3)};
    CHECK(asked_instead(rows, {was_kept(list_says, 10)}) == keeps);
    CHECK_FALSE(asked_instead(rows, {was_kept(list_says, 5)}));
    CHECK(asked_instead(rows, {was_kept(keeps, 1)}) == keeps);
}

TEST_CASE("R13: wrong learning heals: by two returns in a row of the unit learned, and by time") {
    std::vector rows{gave_back(list_says, keeps, 20), gave_back(list_says, keeps, 19)};
    rows.push_back(gave_back(keeps, third, 10));
    CHECK(asked_instead(rows) == keeps);
    rows.push_back(gave_back(keeps, third, 5));
    CHECK_FALSE(asked_instead(rows));
    CHECK(asked_instead(rows, {}, keeps) == third);
    // One kept between them shows that it holds the power after all.
    CHECK(asked_instead(rows, {was_kept(keeps, 7)}) == keeps);
    CHECK(
        asked_instead({gave_back(list_says, keeps, 89), gave_back(list_says, keeps, 1)}) == keeps
    );
    CHECK_FALSE(asked_instead({gave_back(list_says, keeps, 90), gave_back(list_says, keeps, 1)}));
}

TEST_CASE("R13: property: the same lessons in any order teach the same") {
    std::mt19937_64 engine{20261127};
    const auto below = [&](std::uint64_t n) { return engine() % n; };
    for (int round = 0; round < 300; ++round) {
        std::vector<Misroute> rows;
        std::vector<Kept> kept;
        for (std::uint64_t i = 0; i < 4 + below(12); ++i) {
            const UnitId from{1 + below(3)}, to{below(4)};
            const int day = static_cast<int>(below(110));
            if (from != to) rows.push_back(gave_back(from, to, day, below(3) ? "610526" : ""));
        }
        for (std::uint64_t i = 0; i < below(3); ++i) {
            kept.push_back(was_kept(UnitId{1 + below(3)}, static_cast<int>(below(110))));
        }
        const Misroutes first{rows, kept, today};
        std::ranges::shuffle(rows, engine);
        std::ranges::shuffle(kept, engine);
        REQUIRE(first == Misroutes{rows, kept, today});
        for (const std::uint64_t unit : {1, 2, 3}) {
            const auto instead = first.instead_of("规划建设", "610526", UnitId{unit});
            if (instead) REQUIRE(instead->unit != UnitId{unit});
        }
    }
}

TEST_CASE("R13: a ticket teaches who gave it back, who has it, and who answered it") {
    auto facts =
        facts_with({sent_and_returned(list_says, 9), sent_and_returned(third, 7), sent(keeps, 5)});
    auto lessons = lessons_of(facts);
    REQUIRE(lessons.misroutes.size() == 2);
    CHECK(lessons.misroutes[0].unit == list_says);
    CHECK(lessons.misroutes[1].unit == third);
    CHECK(lessons.misroutes[1].went_to == keeps);
    CHECK(lessons.misroutes[1].returned_at == days_ago(7) + 1h);
    CHECK_FALSE(lessons.kept);
    facts.submitted_at = days_ago(1);
    lessons = lessons_of(facts);
    REQUIRE(lessons.kept);
    CHECK(*lessons.kept == was_kept(keeps, 5));
    facts.topic = "其他";
    CHECK(lessons_of(facts).misroutes.empty());
    facts.topic = "规划建设";
    facts.excluded = sla::Exclusion::declined;
    CHECK(lessons_of(facts).misroutes.empty());
    CHECK_FALSE(lessons_of(facts).kept);
}

TEST_CASE("R13: who got his own return again, and an undone merger, teach nothing") {
    CHECK(lessons_of(facts_with({sent_and_returned(keeps, 9), sent(keeps, 5)})).misroutes.empty());
    auto unmerged = sent_and_returned(list_says, 9);
    unmerged.returned_at.reset();
    CHECK(lessons_of(facts_with({unmerged, sent(keeps, 5)})).misroutes.empty());
    const auto waiting = lessons_of(facts_with({sent_and_returned(list_says, 9)}));
    REQUIRE(waiting.misroutes.size() == 1);
    CHECK_FALSE(waiting.misroutes[0].went_to);
}

TEST_CASE("R13: the unit that keeps such matters is asked first, and the trace says why") {
    const Taught taught;
    const auto decision = taught.routed(Taught::building());
    CHECK(decision.lead == taught.grid);
    CHECK(decision.level == UnitLevel::central);
    REQUIRE(decision.units.size() > 2);
    CHECK(decision.units[0].unit == taught.grid);
    CHECK(decision.units[0].outcome == "chosen");
    const auto housing = std::ranges::find(decision.units, taught.housing, &UnitCandidate::unit);
    REQUIRE(housing != decision.units.end());
    CHECK(housing->outcome == "gave_back");
    CHECK(housing->score == doctest::Approx(0.4));
    CHECK(std::ranges::is_sorted(decision.units, std::greater{}, &UnitCandidate::score));
    const auto reason = std::ranges::find(decision.reasons, RouteRule::learned, &RouteReason::rule);
    REQUIRE(reason != decision.reasons.end());
    CHECK(
        sentence(reason->code, reason->inputs).zh ==
        "同一地区的此类事项近期派往蒲城县住建局，已有2次获准退回并由国网公司承办，现直接派往后者"
    );
    CHECK(outcome_word(housing->outcome).en == "gave such back");
    CHECK(render_trace(decision, taught.city).find(R"("rule":"R13")") != std::string::npos);
    // Another topic, another place: another kind.
    auto elsewhere = Taught::building();
    elsewhere.division = "6105G1";
    CHECK(taught.routed(elsewhere).lead == id_of(taught.city, "6105G1.zone_admin"));
}

TEST_CASE("R13: a ticket that just came back goes where its kind is kept") {
    const Taught taught;
    auto returned = Taught::building();
    const std::array refused{taught.housing};
    returned.refused_units = refused;
    returned.return_count = 1;
    CHECK(taught.routed(returned).lead == taught.grid);
    const std::array both{taught.housing, taught.grid};
    returned.refused_units = both;
    CHECK(taught.routed(returned).lead == id_of(taught.city, "city.housing"));
}

TEST_CASE("R3, R11, R13: conflict and refusal go before what was learned") {
    Taught taught;
    auto complaint = Taught::building();
    complaint.type = AppealType::complaint;
    complaint.complained_unit = taught.grid;
    CHECK(taught.routed(complaint).lead == taught.housing);
    // Complained of, the unit of the list teaches nothing either: the next above takes it.
    complaint.complained_unit = taught.housing;
    CHECK(taught.routed(complaint).lead == id_of(taught.city, "city.housing"));
    auto refused_before = Taught::building();
    const std::array refused{taught.grid};
    refused_before.refused_units = refused;
    CHECK(taught.routed(refused_before).lead == taught.housing);
    taught.city.units[taught.grid.value - 1].active = false;
    CHECK(taught.routed(Taught::building()).lead == taught.housing);
    taught.misroutes = taught.learned(UnitId{999});  // gone from the directory
    CHECK(taught.routed(Taught::building()).lead == taught.housing);
}
