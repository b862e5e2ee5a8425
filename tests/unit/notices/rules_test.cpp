#include "ticketing/notices/rules.hpp"

#include "tests/unit/ticketing/stage.hpp"
#include "ticketing/notices/texts.hpp"
#include "ticketing/notices/told_by.hpp"

#include <doctest/doctest.h>

#include <algorithm>

// G18: what the administrator decides, and what it comes to.

namespace {

using namespace hotline::ticketing::notices;
using namespace std::chrono_literals;
using hotline::ticketing::Act;
using hotline::ticketing::Urgency;
using RuleChannel = hotline::ticketing::notices::Channel;

const Channels all_ways = Channels::of(
    {RuleChannel::live,
     RuleChannel::web_push,
     RuleChannel::wecom,
     RuleChannel::dingtalk,
     RuleChannel::sms,
     RuleChannel::email,
     RuleChannel::voice}
);
const Channels beyond_a_page{all_ways.bits & ~Channels::of({RuleChannel::live}).bits};

Rules without(ChannelRule line) {
    Rules rules;
    rules.lines = {line};
    return rules;
}

}  // namespace

TEST_CASE("G18: a line takes its channels from what it fits, and from nothing else") {
    const Rules rules = without(
        {Occasion::card_red,
         Standing::leader,
         Urgency::normal,
         Channels::of({RuleChannel::sms, RuleChannel::live})}
    );
    const auto left = [&](Occasion occasion, Standing standing, Urgency urgency) {
        return permitted(rules, occasion, standing, urgency, all_ways);
    };
    const auto fitting = left(Occasion::card_red, Standing::leader, Urgency::normal);
    CHECK_FALSE(fitting.has(RuleChannel::sms));
    CHECK(fitting.has(RuleChannel::live));  // an open page is never taken away
    CHECK(fitting.has(RuleChannel::wecom));
    CHECK(left(Occasion::card_red, Standing::handler, Urgency::normal) == all_ways);
    CHECK(left(Occasion::card_red, Standing::leader, Urgency::urgent) == all_ways);
    CHECK(left(Occasion::card_yellow, Standing::leader, Urgency::normal) == all_ways);
}

TEST_CASE("G18: a line that names nothing fits all but critical duties, and lines add up") {
    Rules rules = without({{}, {}, {}, Channels::of({RuleChannel::sms})});
    rules.lines.push_back({{}, {}, Urgency::normal, Channels::of({RuleChannel::email})});
    const auto duty = [&](Urgency urgency) {
        return permitted(rules, Occasion::assigned, Standing::handler, urgency, all_ways);
    };
    CHECK(duty(Urgency::critical) == all_ways);
    CHECK_FALSE(duty(Urgency::urgent).has(RuleChannel::sms));
    CHECK(duty(Urgency::urgent).has(RuleChannel::email));
    CHECK_FALSE(duty(Urgency::normal).has(RuleChannel::email));
}

TEST_CASE("G18: rules that leave a duty nothing but an open page are found") {
    CHECK_FALSE(silenced({}, all_ways));
    const auto found =
        silenced(without({Occasion::redo, {}, Urgency::urgent, beyond_a_page}), all_ways);
    REQUIRE(found);
    CHECK(found->occasion == Occasion::redo);
    CHECK(found->urgency == Urgency::urgent);
    // News may be left to the open page, and a server with no channel has nothing to lose.
    CHECK_FALSE(silenced(without({Occasion::remark, {}, {}, beyond_a_page}), all_ways));
    CHECK_FALSE(silenced(
        without({Occasion::redo, {}, {}, beyond_a_page}), Channels::of({RuleChannel::live})
    ));
}

TEST_CASE("G18: a course is foreseen to its end, under rules and by night") {
    const auto calendar = hotline::sla::test::china();
    const Case duty{Occasion::assigned, Standing::handler, Urgency::urgent};
    const auto by_day = foresee({}, duty, all_ways, calendar, stage::monday_nine);
    REQUIRE(by_day.steps.size() == 3);
    CHECK(by_day.steps[0].send.has(RuleChannel::web_push));
    CHECK(by_day.steps[1].at == stage::monday_nine + 15min);
    CHECK(by_day.steps[2].send.has(RuleChannel::sms));
    CHECK(by_day.ending == Ending::handed_on);
    CHECK(by_day.ended_at == stage::monday_nine + 45min);

    Rules rules = without({{}, {}, {}, Channels::of({RuleChannel::wecom, RuleChannel::dingtalk})});
    rules.pace.urgent = 5min;
    const auto changed = foresee(rules, duty, all_ways, calendar, stage::monday_nine);
    REQUIRE(changed.steps.size() == 2);
    CHECK(changed.ended_at == stage::monday_nine + 10min);

    rules.quiet_from = 8h;
    rules.quiet_to = 10h;
    const auto held = foresee(rules, duty, all_ways, calendar, stage::monday_nine);
    CHECK(held.steps.at(0).held);
    CHECK(held.steps.at(1).at == stage::monday_nine + 1h);
}

TEST_CASE("G16: every occasion is told to somebody, and everybody reads words in both languages") {
    for (const auto& [occasion, word] : names_of(Occasion{})) {
        const auto standings = standings_of(occasion);
        CHECK_FALSE(standings.empty());
        for (const Standing standing : standings) {
            for (const Language language : {Language::chinese, Language::english}) {
                const auto words = template_of(occasion, standing, language);
                CHECK_FALSE(words.title.empty());
                CHECK_FALSE(words.body.empty());
            }
        }
    }
    CHECK(all_cases().size() > 100);
}

TEST_CASE("G19: an endpoint that was switched off is news for a reader") {
    CHECK(standings_of(Occasion::webhook_off) == std::vector{Standing::reader});
    CHECK(weight_of(Occasion::webhook_off, Standing::reader) == Weight::news);
    CHECK_FALSE(is_of_a_ticket(Occasion::webhook_off));
    CHECK(told_by(Act::sign_for).empty());
}
