#include "ticketing/notices/plan.hpp"

#include "tests/unit/ticketing/stage.hpp"
#include "ticketing/notices/texts.hpp"

#include <doctest/doctest.h>

#include <random>

// G9 to G17: by what, when, in which words.

namespace {

using namespace hotline::ticketing::notices;
using namespace std::chrono_literals;
using hotline::ticketing::Instant;
using hotline::ticketing::Urgency;
using NoticeChannel = hotline::ticketing::notices::Channel;
using enum NoticeChannel;

constexpr Instant nine = stage::monday_nine;
const Channels everything = Channels::of({live, web_push, wecom, dingtalk, sms, email, voice});

struct Planned {
    hotline::sla::Calendar calendar = hotline::sla::test::china();
    Preferences preferences;
    Pace pace;
    Channels reachable = everything;

    Step step(Course course, Instant now) const {
        return next_step(course, preferences, reachable, pace, calendar, now);
    }
    // Nobody ever answers and no channel takes anything: every time something is sent.
    std::vector<Instant> sent(Course course, Instant now, Step* last = nullptr) const {
        std::vector<Instant> times;
        for (int i = 0; i < 20; ++i) {
            const Step next = step(course, now);
            if (next.send != Channels{}) times.push_back(now);
            if (last != nullptr) *last = next;
            if (!next.next_at) return times;
            CHECK(*next.next_at > now);
            now = *next.next_at;
            course.rung = next.rung;
        }
        FAIL("a notice without end");
        return times;
    }
};

}  // namespace

TEST_CASE("G10, G13: a critical duty climbs every three minutes, by night as well, to the stand-in"
) {
    Planned plan;
    plan.preferences.wanted = {};  // asked of nobody
    const Course course{Occasion::critical_assigned, Standing::handler, Urgency::critical};
    const Instant night = nine + 15h;
    Step last;
    const auto times = plan.sent(course, night, &last);
    CHECK(times == std::vector<Instant>{night, night + 3min, night + 6min});
    CHECK(last.ending == Ending::handed_on);
    CHECK(last.ask_stand_in);
    const Step first = plan.step(course, night);
    CHECK(first.send == Channels::of({live, web_push, wecom, dingtalk}));
}

TEST_CASE("G13: a normal duty waits in office time") {
    const Planned plan;
    const Course course{Occasion::assigned, Standing::handler, Urgency::normal};
    Step last;
    // Monday 17:30: an hour of office time later it is Tuesday 09:30.
    const Instant evening = nine + 8h + 30min;
    const auto times = plan.sent(course, evening, &last);
    REQUIRE(times.size() == 3);
    CHECK(times[1] == nine + 24h + 30min);
    CHECK(times[2] == nine + 25h + 30min);
    CHECK(last.ask_stand_in);
}

TEST_CASE("G9: a word ends with the first channel that took it, news never costs an SMS") {
    const Planned plan;
    Course course{Occasion::card_red, Standing::handler, Urgency::normal};
    CHECK(plan.sent(course, nine) == std::vector<Instant>{nine, nine + 1min, nine + 2min});
    course.rung = 1;
    course.delivered = true;
    CHECK(plan.step(course, nine).ending == Ending::delivered);
    for (int o = 1; o <= 22; ++o) {
        const auto occasion = static_cast<Occasion>(o);
        if (weight_of(occasion) != Weight::news || occasion == Occasion::bulletin) continue;
        for (const Channels rung :
             ladder(occasion, Standing::handler, Urgency::critical, plan.preferences, everything)) {
            CHECK_FALSE(rung.has(sms));
            CHECK_FALSE(rung.has(voice));
        }
    }
    CHECK(weight_of(Occasion::assigned, Standing::card_owner) == Weight::news);
}

TEST_CASE("G10: what he has no address for or does not want is left out; nobody reached is told") {
    Planned plan;
    plan.reachable = Channels::of({live, sms});
    const Course course{Occasion::card_red, Standing::handler, Urgency::normal};
    CHECK(plan.sent(course, nine).size() == 2);
    plan.preferences.wanted = {};
    Step last;
    CHECK(plan.sent(course, nine, &last).empty());
    CHECK(last.ending == Ending::unreachable);
}

TEST_CASE("G12: quiet hours hold a normal matter until the shift, an urgent one until they end") {
    const Planned plan;
    const Instant late = nine + 14h;  // Monday 23:00
    Step step = plan.step({Occasion::assigned, Standing::handler, Urgency::normal}, late);
    CHECK(step.held);
    CHECK(step.next_at == nine + 23h + 30min);  // Tuesday 08:30
    step = plan.step({Occasion::assigned, Standing::handler, Urgency::urgent}, late);
    CHECK(step.next_at == nine + 22h);  // Tuesday 07:00
    const Instant friday_night = nine + 4 * 24h + 14h;
    step = plan.step({Occasion::remark, Standing::handler, Urgency::normal}, friday_night);
    CHECK(step.next_at == nine + 7 * 24h - 30min);  // Monday
    Planned awake;
    awake.preferences.quiet_from = awake.preferences.quiet_to;
    CHECK(awake.step({Occasion::remark, Standing::handler, Urgency::normal}, late).rung == 1);
}

TEST_CASE("G14: a newer notice takes an older one's place, but only a duty a duty's") {
    const auto handler = Standing::handler;
    CHECK(takes_the_place(Occasion::redo, handler, Occasion::assigned, handler, 2));
    CHECK_FALSE(takes_the_place(Occasion::remark, handler, Occasion::assigned, handler, 0));
    CHECK(takes_the_place(Occasion::urged, handler, Occasion::remark, handler, 0));
    CHECK_FALSE(takes_the_place(Occasion::urged, handler, Occasion::remark, handler, 1));
    CHECK_FALSE(takes_the_place(Occasion::remark, handler, Occasion::card_red, handler, 0));
}

TEST_CASE("G16: every text says the number and nothing else, in both languages") {
    for (const auto& [occasion, name] : names_of(Occasion{})) {
        for (int s = 1; s <= 11; ++s) {
            for (const auto language : {Language::chinese, Language::english}) {
                const auto standing = static_cast<Standing>(s);
                const Text text = text_of(occasion, standing, language, "WN1", 4);
                CHECK_FALSE(text.title.empty());
                CHECK(text.body.find('{') == std::string::npos);
                const bool general = occasion == Occasion::shift_summary ||
                                     occasion == Occasion::bulletin ||
                                     occasion == Occasion::webhook_off;
                CHECK((text.body.find("WN1") == std::string::npos) == general);
                const Text silent = text_of(occasion, standing, language, "", 4);
                CHECK(silent.body.find("WN1") == std::string::npos);
            }
        }
    }
    CHECK(
        text_of(Occasion::assigned, Standing::handler, Language::chinese, "WN1").body ==
        "工单WN1已派给您，请及时签收。"
    );
    CHECK(
        text_of(Occasion::shift_summary, Standing::reader, Language::english, "", 4).body ==
        "4 messages about your tickets came in since last night."
    );
}

TEST_CASE("G17: whatever is planned comes to an end with a reason") {
    std::mt19937 dice(7);
    for (int run = 0; run < 3000; ++run) {
        Planned plan;
        plan.reachable.bits = static_cast<std::uint32_t>(dice() & 0xFEU);
        plan.preferences.wanted.bits = static_cast<std::uint32_t>(dice() & 0xFEU);
        plan.preferences.quiet_from = std::chrono::minutes(dice() % 1440);
        plan.preferences.quiet_to = std::chrono::minutes(dice() % 1440);
        const Course course{
            static_cast<Occasion>(1 + dice() % 20),
            static_cast<Standing>(1 + dice() % 11),
            static_cast<Urgency>(1 + dice() % 3)
        };
        Step last;
        plan.sent(course, nine + std::chrono::minutes(dice() % 20000), &last);
        CHECK(last.ending != Ending::none);
        CHECK(last.ask_stand_in == (last.ending == Ending::handed_on));
    }
}
