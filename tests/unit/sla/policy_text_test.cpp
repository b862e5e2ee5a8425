#include "sla/policy_text.hpp"

#include <doctest/doctest.h>

#include <random>

using namespace hotline::sla;

TEST_CASE("the default policy survives being written and read") {
    const auto policy = default_policy();
    const auto read = parse_policy(to_text(policy));
    REQUIRE(read.has_value());
    CHECK(*read == policy);
}

TEST_CASE("every kind of line is read as written") {
    const auto read = parse_policy(
        "# a policy of one's own\r\n"
        "policy 12\n"
        "\n"
        "limit handle first urgent complex report 15wd outside 90wm warn 25% 2wd  # why\n"
        "limit feedback redo * * praise none\n"
        "\tlimit sign_for first * * * 45m warn 10% 0wd outside 4wh\n"
        "extension critical * * count 2 total 15wd\n"
        "alarm handle level_4 5wd\n"
        "set max_redos 3\n"
        "set extension_cut_off 960m"
    );
    REQUIRE(read.has_value());
    Policy expected;
    expected.version = 12;
    expected.limits = {
        {ClockKind::handle,
         Round::first,
         Urgency::urgent,
         Complexity::complex,
         AppealType::report,
         working_days(15),
         Limit{LimitUnit::working_minutes, 90},
         Warning{25, 2}},
        {ClockKind::feedback, Round::redo, {}, {}, AppealType::praise, {}, {}, {}},
        {ClockKind::sign_for,
         Round::first,
         {},
         {},
         {},
         natural_minutes(45),
         working_hours(4),
         Warning{10, 0}},
    };
    expected.extensions = {{Urgency::critical, {}, {}, 2, 15}};
    expected.escalation = {{ClockKind::handle, AlarmStep::level_4, 5}};
    expected.max_redos = 3;
    expected.extension_cut_off = std::chrono::hours{16};
    CHECK(*read == expected);
    CHECK(parse_policy(to_text(expected)).value() == expected);
}

TEST_CASE("a wrong line is refused with its number and reason") {
    struct Row {
        const char* line;
        const char* reason;
    };
    const Row rows[] = {
        {"grant everything", "unknown rule grant"},
        {"policy", "version number expected"},
        {"policy 0", "version number expected"},
        {"policy one", "version number expected"},
        {"policy 2 3", "too many words"},
        {"limit lunch first * * * 1h", "unknown clock"},
        {"limit handle second * * * 1h", "first or redo expected"},
        {"limit handle first hot * * 1h", "unknown urgency"},
        {"limit handle first * hard * 1h", "unknown complexity"},
        {"limit handle first * * poem 1h", "unknown appeal type"},
        {"limit handle first * * * 1y", "amount expected, such as 30m, 2h, 4wh or 5wd"},
        {"limit handle first * * * -1h", "amount expected, such as 30m, 2h, 4wh or 5wd"},
        {"limit handle first * * *", "amount expected, such as 30m, 2h, 4wh or 5wd"},
        {"limit handle first * * * 9999999999wd", "amount expected, such as 30m, 2h, 4wh or 5wd"},
        {"limit handle first * * * 1000000000wd", "amount expected, such as 30m, 2h, 4wh or 5wd"},
        {"limit handle first * * * 99999999h", "amount expected, such as 30m, 2h, 4wh or 5wd"},
        {"limit handle first * * * 99999999wh", "amount expected, such as 30m, 2h, 4wh or 5wd"},
        {"limit handle first * * * 1h outside", "amount expected after outside"},
        {"limit handle first * * * 1h warn 20", "percentage and working days expected after warn"},
        {"limit handle first * * * 1h warn 20% 1d",
         "percentage and working days expected after warn"},
        {"limit handle first * * * 1h warn 20% 1wd warn 20% 1wd", "unexpected word warn"},
        {"limit handle first * * * 1h outside 1h outside 1h", "unexpected word outside"},
        {"extension hot * * count 1 total 5wd", "unknown urgency"},
        {"extension * * * times 1 total 5wd", "count expected"},
        {"extension * * * count 1 sum 5wd", "total expected"},
        {"extension * * * count 1 total 5h", "count and total must be numbers, the total in wd"},
        {"extension * * * count x total 5wd", "count and total must be numbers, the total in wd"},
        {"extension * * * count 1 total 5wd more", "too many words"},
        {"alarm handle purple 1wd", "clock, step and working days expected"},
        {"alarm lunch red 1wd", "clock, step and working days expected"},
        {"alarm handle red", "clock, step and working days expected"},
        {"set patience 3", "unknown setting patience"},
        {"set max_redos many", "number expected"},
        {"set extension_cut_off 17", "minutes of the day expected"},
        {"set extension_cut_off 1441m", "minutes of the day expected"},
    };
    for (const auto& row : rows) {
        CAPTURE(row.line);
        const auto read =
            parse_policy(std::string{"policy 1\n"} + row.line + "\nset max_redos 2\n");
        REQUIRE_FALSE(read.has_value());
        CHECK(read.error() == PolicyTextError{2, row.reason});
    }
    CHECK(parse_policy("").error() == PolicyTextError{0, "no line policy N"});
    CHECK(parse_policy("set max_redos 2").error().line == 0);
}

TEST_CASE("property: mangled text is read or refused, and what is read can be written again") {
    std::mt19937 engine{7};
    const auto text = to_text(default_policy());
    for (int i = 0; i < 3'000; ++i) {
        auto mangled = text;
        for (int change = 0; change < 3; ++change) {
            const auto where = engine() % mangled.size();
            switch (engine() % 3) {
                case 0:
                    mangled[where] = static_cast<char>(engine() % 256);
                    break;
                case 1:
                    mangled.erase(where, engine() % 20);
                    break;
                default:
                    mangled.insert(where, mangled.substr(engine() % mangled.size(), 10));
            }
        }
        if (const auto read = parse_policy(mangled)) {
            CHECK(parse_policy(to_text(*read)).value() == *read);
        }
    }
}

TEST_CASE("S42: a line may be for one unit, and says so when written") {
    const std::string text =
        "policy 3\n"
        "limit handle first * * help 3wd warn 20% 1wd for city.housing\n"
        "limit sign_for first * * * 4wh for 610526.housing\n"
        "extension * * * count 1 total 5wd for city.housing\n"
        "alarm handle level_3 4wd for city.housing\n";
    const auto read = parse_policy(text);
    REQUIRE(read.has_value());
    CHECK(read->limits[0].unit == "city.housing");
    CHECK(read->limits[1].unit == "610526.housing");
    CHECK(read->extensions[0].unit == "city.housing");
    CHECK(read->escalation[0].unit == "city.housing");
    CHECK(to_text(*read).starts_with(text));
    CHECK(parse_policy(to_text(*read)).value() == *read);
}

TEST_CASE("S42: a line that names no unit after for, or more than one, is refused") {
    for (const std::string_view line :
         {"limit handle first * * * 5wd for",
          "limit handle first * * * 5wd for a b",
          "extension * * * count 1 total 5wd for",
          "extension * * * count 1 total 5wd at city.tax",
          "alarm handle level_3 4wd for",
          "alarm handle level_3 4wd for city.tax twice"}) {
        const auto read = parse_policy("policy 3\n" + std::string(line));
        REQUIRE_FALSE(read.has_value());
        CHECK(read.error().line == 2);
    }
}
