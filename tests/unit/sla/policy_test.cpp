#include "sla/policy.hpp"

#include "sla/policy_text.hpp"
#include "tests/unit/sla/china_calendar.hpp"

#include <doctest/doctest.h>

using namespace hotline::sla;
using namespace hotline::sla::test;
using std::chrono::hours;
using std::chrono::minutes;

namespace {

using enum ClockKind;

const Policy& usual() {
    static const Policy policy = default_policy();
    return policy;
}

constexpr Grading of(
    AppealType type, Urgency urgency = Urgency::normal, Complexity complexity = Complexity::simple
) {
    return {type, urgency, complexity};
}

std::optional<Limit> in_office(Grading grading, ClockKind kind, Round round = Round::first) {
    return limit_for(usual(), grading, kind, round, at(2026, 11, 23, 10), china());
}

}  // namespace

TEST_CASE("S11: the default limits by grading and step") {
    struct Row {
        const char* what;
        Grading grading;
        std::optional<Limit> sign, window, contact, feedback, handle, redo;
    };
    const Row rows[] = {
        {"critical",
         of(AppealType::complaint, Urgency::critical),
         natural_minutes(15),
         natural_minutes(30),
         natural_minutes(30),
         natural_hours(2),
         natural_hours(24),
         natural_hours(24)},
        {"urgent",
         of(AppealType::help, Urgency::urgent),
         natural_minutes(30),
         natural_hours(2),
         natural_hours(2),
         natural_hours(24),
         working_days(3),
         working_days(1)},
        {"consult",
         of(AppealType::consult),
         working_days(1),
         working_days(1),
         working_hours(2),
         {},
         working_days(2),
         working_days(1)},
        {"help",
         of(AppealType::help),
         working_hours(4),
         working_days(1),
         natural_hours(2),
         {},
         working_days(5),
         working_days(3)},
        {"suggestion",
         of(AppealType::suggestion),
         working_hours(4),
         working_days(1),
         natural_hours(2),
         {},
         working_days(5),
         working_days(3)},
        {"complaint",
         of(AppealType::complaint),
         working_hours(4),
         working_days(1),
         working_days(1),
         {},
         working_days(10),
         working_days(5)},
        {"report",
         of(AppealType::report),
         working_hours(4),
         working_days(1),
         working_days(1),
         {},
         working_days(10),
         working_days(5)},
        {"complex",
         of(AppealType::consult, Urgency::normal, Complexity::complex),
         working_days(1),
         working_days(2),
         natural_hours(2),
         {},
         working_days(15),
         working_days(5)},
    };
    for (const auto& row : rows) {
        CAPTURE(row.what);
        CHECK(in_office(row.grading, sign_for) == row.sign);
        CHECK(in_office(row.grading, return_window) == row.window);
        CHECK(in_office(row.grading, first_contact) == row.contact);
        CHECK(in_office(row.grading, feedback) == row.feedback);
        CHECK(in_office(row.grading, handle) == row.handle);
        CHECK(in_office(row.grading, handle, Round::redo) == row.redo);
    }
}

TEST_CASE("S11: praise is only passed on within two working days and reviewed, however it is graded"
) {
    for (const auto& [urgency, urgency_word] : names_of(Urgency{})) {
        for (const auto& [complexity, complexity_word] : names_of(Complexity{})) {
            const auto praise = of(AppealType::praise, urgency, complexity);
            CHECK(in_office(praise, handle) == working_days(2));
            CHECK(in_office(praise, review) == working_days(1));
            for (const auto kind : {sign_for, return_window, first_contact, feedback, callback}) {
                CHECK_FALSE(in_office(praise, kind).has_value());
            }
        }
    }
}

TEST_CASE("S11: urgency stands above complexity, complexity above type") {
    const auto both = of(AppealType::help, Urgency::critical, Complexity::complex);
    CHECK(in_office(both, handle) == natural_hours(24));
    const auto complex = of(AppealType::complaint, Urgency::normal, Complexity::complex);
    CHECK(in_office(complex, handle) == working_days(15));
}

TEST_CASE("S11: the centre dispatches within 30 minutes in office hours, within 2 hours otherwise"
) {
    const auto limit = [](Instant when) {
        return limit_for(usual(), of(AppealType::help), dispatch, Round::first, when, china());
    };
    CHECK(limit(at(2026, 11, 23, 9)) == natural_minutes(30));
    CHECK(limit(at(2026, 11, 23, 13)) == natural_hours(2));
    CHECK(limit(at(2026, 11, 22, 10)) == natural_hours(2));
    CHECK(in_office(of(AppealType::help), review) == working_days(1));
    CHECK(in_office(of(AppealType::help), callback) == working_days(2));
    CHECK(in_office(of(AppealType::help, Urgency::critical), ruling) == natural_minutes(30));
    CHECK(in_office(of(AppealType::help), entry) == natural_minutes(30));
}

TEST_CASE("S13: how often and how far a limit may be extended") {
    const auto allowed = [](Grading grading) {
        const auto row = extension_for(usual(), grading);
        return std::pair{row.max_count, row.max_total_days};
    };
    CHECK(allowed(of(AppealType::help, Urgency::critical)) == std::pair{0, 0});
    CHECK(allowed(of(AppealType::help, Urgency::urgent)) == std::pair{0, 0});
    CHECK(allowed(of(AppealType::praise)) == std::pair{0, 0});
    CHECK(allowed(of(AppealType::consult)) == std::pair{1, 1});
    CHECK(allowed(of(AppealType::help)) == std::pair{1, 5});
    CHECK(allowed(of(AppealType::report)) == std::pair{1, 5});
    CHECK(
        allowed(of(AppealType::consult, Urgency::normal, Complexity::complex)) == std::pair{2, 15}
    );
    CHECK(extension_for(Policy{}, of(AppealType::help)) == ExtensionRow{});
}

TEST_CASE("S13: an extension is asked before 17:00 of the due day, or before an earlier due") {
    CHECK(extension_deadline(usual(), at(2026, 11, 23, 18)) == at(2026, 11, 23, 17));
    CHECK(extension_deadline(usual(), at(2026, 11, 23, 9, 30)) == at(2026, 11, 23, 9, 30));
}

TEST_CASE("a policy that says nothing gives no limit") {
    const Policy empty;
    CHECK(find_row(empty, of(AppealType::help), handle) == nullptr);
    CHECK_FALSE(
        limit_for(empty, of(AppealType::help), handle, Round::first, at(2026, 11, 23), china())
            .has_value()
    );
}

TEST_CASE("the default policy may be put in force") {
    CHECK(check(usual()).has_value());
    CHECK(usual().version == 1);
    CHECK(usual().max_redos == 2);
    CHECK(usual().callback_attempts == 3);
}

TEST_CASE("a policy with a hole or a senseless number is refused") {
    const auto refused = [](auto change) {
        Policy policy = default_policy();
        change(policy);
        const auto checked = check(policy);
        REQUIRE_FALSE(checked.has_value());
        return checked.error();
    };
    const auto row_of = [](Policy& policy, ClockKind kind, Round round) -> PolicyRow& {
        for (auto& row : policy.limits) {
            if (row.kind == kind && row.round == round && row.type == AppealType::report)
                return row;
        }
        FAIL("no such row");
        return policy.limits.front();
    };
    CHECK(refused([&](Policy& p) {
              row_of(p, handle, Round::first).limit.reset();
          }) == PolicyError::no_handling_limit);
    CHECK(refused([&](Policy& p) {
              row_of(p, handle, Round::redo).limit.reset();
          }) == PolicyError::no_handling_limit);
    CHECK(refused([](Policy& p) { p.limits.clear(); }) == PolicyError::no_handling_limit);
    CHECK(refused([&](Policy& p) {
              row_of(p, sign_for, Round::first).limit->amount = 0;
          }) == PolicyError::bad_amount);
    CHECK(refused([&](Policy& p) {
              row_of(p, sign_for, Round::first).outside_office = natural_minutes(-1);
          }) == PolicyError::bad_amount);
    CHECK(refused([&](Policy& p) {
              row_of(p, handle, Round::first).warning = Warning{101, 1};
          }) == PolicyError::bad_warning);
    CHECK(refused([&](Policy& p) {
              row_of(p, handle, Round::first).warning = Warning{-1, 1};
          }) == PolicyError::bad_warning);
    CHECK(refused([&](Policy& p) {
              row_of(p, handle, Round::first).warning = Warning{20, -1};
          }) == PolicyError::bad_warning);
    CHECK(refused([](Policy& p) {
              p.extensions.front().max_count = -1;
          }) == PolicyError::bad_amount);
    CHECK(refused([](Policy& p) {
              p.extensions.front().max_total_days = -1;
          }) == PolicyError::bad_amount);
    CHECK(refused([](Policy& p) {
              p.escalation.front().working_days_after = -1;
          }) == PolicyError::bad_amount);
    CHECK(refused([](Policy& p) { p.max_redos = 0; }) == PolicyError::bad_amount);
    CHECK(refused([](Policy& p) { p.archive_days = 3'661; }) == PolicyError::bad_amount);
    CHECK(refused([&](Policy& p) {
              row_of(p, handle, Round::first).limit = working_days(3'661);
          }) == PolicyError::bad_amount);
    CHECK(refused([&](Policy& p) {
              row_of(p, handle, Round::first).limit = natural_hours(87'841);
          }) == PolicyError::bad_amount);
}

TEST_CASE("words of the gradings are stable, their numbers do not move") {
    CHECK(name(AppealType::suggestion) == "suggestion");
    CHECK(name(Urgency::critical) == "critical");
    CHECK(name(Complexity::complex) == "complex");
    CHECK(appeal_type_from_name("praise") == AppealType::praise);
    CHECK(urgency_from_name("urgent") == Urgency::urgent);
    CHECK(complexity_from_name("simple") == Complexity::simple);
    CHECK_FALSE(appeal_type_from_name("Praise").has_value());
    CHECK_FALSE(urgency_from_name("").has_value());
    CHECK(std::to_underlying(AppealType::consult) == 1);
    CHECK(std::to_underlying(AppealType::praise) == 6);
    CHECK(std::to_underlying(Urgency::critical) == 3);
    CHECK(std::to_underlying(Complexity::complex) == 2);
}

namespace {

// Housing must be quicker than everybody with requests for help and slower to be escalated.
Policy with_units() {
    const auto read = parse_policy(
        "policy 4\n"
        "limit handle first * * help 3wd for city.housing\n"
        "limit handle first * * help 2wd for 610526.housing\n"
        "limit handle first * * * 5wd\n"
        "limit handle redo * * * 2wd\n"
        "extension * * help count 3 total 9wd for city.housing\n"
        "extension * * * count 1 total 5wd\n"
        "alarm handle level_3 4wd for city.housing\n"
        "alarm handle level_3 2wd\n"
        "alarm handle level_4 5wd\n"
    );
    REQUIRE(read.has_value());
    return *read;
}

std::int32_t days(const Policy& policy, AppealType type) {
    return find_row(policy, of(type), ClockKind::handle)->limit->amount;
}

Policy lines_of(std::initializer_list<std::string_view> codes) {
    return for_unit(with_units(), codes);
}

}  // namespace

TEST_CASE("S42: lines of a unit hold for it and those below it, the first that fits decides") {
    const Policy everybody = lines_of({});
    CHECK(days(everybody, AppealType::help) == 5);
    CHECK(extension_for(everybody, of(AppealType::help)).max_count == 1);

    const Policy housing = lines_of({"city.housing"});
    CHECK(days(housing, AppealType::help) == 3);
    CHECK(days(housing, AppealType::consult) == 5);
    CHECK(extension_for(housing, of(AppealType::help)).max_total_days == 9);

    // The county's bureau stands below the city's, whose line was written first.
    CHECK(days(lines_of({"610526.housing", "city.housing"}), AppealType::help) == 3);
    CHECK(days(lines_of({"610526.housing"}), AppealType::help) == 2);
}

TEST_CASE("S42: a line of the ladder of a unit takes the place of everybody's") {
    const std::vector<EscalationRow> everybody{
        {ClockKind::handle, AlarmStep::level_3, 2}, {ClockKind::handle, AlarmStep::level_4, 5}
    };
    const std::vector<EscalationRow> housing{
        {ClockKind::handle, AlarmStep::level_3, 4}, {ClockKind::handle, AlarmStep::level_4, 5}
    };
    CHECK(lines_of({}).escalation == everybody);
    CHECK(lines_of({"city.housing"}).escalation == housing);
}

TEST_CASE("S42: without for_unit() no line of a single unit counts") {
    CHECK(days(with_units(), AppealType::help) == 5);
    CHECK(extension_for(with_units(), of(AppealType::help)).max_count == 1);
    CHECK(units_named(with_units()) == std::vector<std::string>{"610526.housing", "city.housing"});
}

TEST_CASE("S42: a policy that leaves tickets of one unit without an end is refused") {
    Policy policy = with_units();
    CHECK(check(policy).has_value());
    PolicyRow none;
    none.type = AppealType::help;
    none.unit = "city.tax";
    policy.limits.insert(policy.limits.begin(), none);
    CHECK(check(policy).error() == PolicyError::no_handling_limit);
}
