#include "server/calendar/evaluator.hpp"

#include "server/calendar/versions.hpp"

#include <doctest/doctest.h>

#include <ostream>
#include <string>

using namespace hotline;
using calendar::Evaluator;

namespace {

Evaluator evaluator() {
    return Evaluator{[] { return calendar::delivered_calendar(); }};
}

std::string ask(const std::string& line) {
    return evaluator().answer(line);
}

// A question about a calendar with the usual hours on Monday and Saturday, and what is added to it.
std::string with(const std::string& question, const std::string& more = "") {
    return "{" + question +
           R"(,"calendar":{"week":{"mon":[["09:00","12:00"],["14:00","18:00"]],)"
           R"("sat":[["20:00","24:00"]]})" +
           more + "}}";
}

bool refuses(const std::string& answer, const std::string& why) {
    CAPTURE(answer);
    return answer.contains(R"("error":")") && answer.contains(why);
}

}  // namespace

TEST_CASE("the delivered calendar answers where a question brings none") {
    CHECK(
        ask(R"({"id":1,"op":"add","start":"2026-09-30T15:20:00","seconds":25200})") ==
        R"({"id":1,"at":"2026-10-08T15:20:00"})"
    );
    CHECK(
        ask(R"({"id":"a","op":"add_workdays","date":"2025-09-30","days":15})") ==
        R"({"id":"a","date":"2025-10-28"})"
    );
    CHECK(
        ask(R"({"id":null,"op":"is_workday","date":"2026-09-20"})") ==
        R"({"id":null,"workday":true})"
    );
    CHECK(
        ask(R"({"id":2,"op":"is_open","at":"2026-09-30T18:00:00"})") == R"({"id":2,"open":false})"
    );
}

TEST_CASE("S6: an answer through a year without notice is flagged") {
    CHECK(
        ask(R"({"id":1,"op":"add_workdays","date":"2026-12-11","days":15})") ==
        R"({"id":1,"date":"2027-01-01","beyond_known_calendar":true})"
    );
    CHECK(
        ask(R"({"id":1,"op":"next_open","at":"2026-12-31T18:00:00"})") ==
        R"({"id":1,"at":"2027-01-01T09:00:00","beyond_known_calendar":true})"
    );
}

TEST_CASE("S31: time ends at closing time; no time gives the next opening") {
    const auto add = [](const std::string& start, const std::string& seconds) {
        return ask(with(R"("op":"add","start":")" + start + R"(","seconds":)" + seconds));
    };
    CHECK(add("2026-11-23T14:00:00", "14400") == R"({"id":null,"at":"2026-11-23T18:00:00"})");
    CHECK(add("2026-11-23T14:00:00", "14401") == R"({"id":null,"at":"2026-11-28T20:00:01"})");
    CHECK(add("2026-11-28T23:00:00", "3600.0") == R"({"id":null,"at":"2026-11-29T00:00:00"})");
    CHECK(add("2026-11-23T12:00:00", "0") == R"({"id":null,"at":"2026-11-23T14:00:00"})");
    CHECK(add("2026-11-23T14:00:01", "0") == R"({"id":null,"at":"2026-11-23T14:00:01"})");
}

TEST_CASE("S32: in a pause no time counts, however pauses are written down") {
    const std::string pauses = R"("pauses":[["2026-11-23T15:00:30","2026-11-23T16:00:00"],)"
                               R"(["2026-11-23T08:00:00","2026-11-23T10:00:00"],)"
                               R"(["2026-11-23T09:30:00","2026-11-23T10:30:15"],)"
                               R"(["2026-11-23T17:00:00","2026-11-23T11:00:00"]])";
    const auto add = [&](const std::string& seconds) {
        return ask(
            with(R"("op":"add","start":"2026-11-23T09:00:00","seconds":)" + seconds + "," + pauses)
        );
    };
    CHECK(
        ask(with(
            R"("op":"between","start":"2026-11-23T00:00:00","end":"2026-11-24T00:00:00",)" + pauses
        )) == R"({"id":null,"seconds":16215})"
    );
    CHECK(add("0") == R"({"id":null,"at":"2026-11-23T10:30:15"})");
    CHECK(add("5385") == R"({"id":null,"at":"2026-11-23T12:00:00"})");
    CHECK(add("9015") == R"({"id":null,"at":"2026-11-23T15:00:30"})");
    CHECK(add("9016") == R"({"id":null,"at":"2026-11-23T16:00:01"})");
    CHECK(
        ask(with(R"("op":"between","start":"2026-11-23T15:00:00","end":"2026-11-23T10:00:00")")) ==
        R"({"id":null,"seconds":0})"
    );
}

TEST_CASE("S29, S30: hours of one date, days off and make-up days") {
    const auto workday = [](const std::string& date, const std::string& more) {
        return ask(with(R"("op":"is_workday","date":")" + date + "\"", more));
    };
    const std::string yes = R"({"id":null,"workday":true})", no = R"({"id":null,"workday":false})";
    CHECK(workday("2026-11-28", "") == yes);  // a Saturday that has hours
    CHECK(workday("2026-11-28", R"(,"working_weekdays":["mon"])") == no);
    CHECK(workday("2026-11-24", "") == no);
    CHECK(workday("2026-11-24", R"(,"workdays":["2026-11-24"])") == yes);
    CHECK(workday("2026-11-24", R"(,"workdays":["2026-11-24"],"holidays":["2026-11-24"])") == no);
    CHECK(workday("2026-11-24", R"(,"date_hours":{"2026-11-24":[["09:00","10:00"]]})") == yes);
    CHECK(
        workday(
            "2026-11-24",
            R"(,"date_hours":{"2026-11-24":[["09:00","10:00"]]},"working_weekdays":["mon"])"
        ) == no
    );
    CHECK(workday("2026-11-23", R"(,"date_hours":{"2026-11-23":[]})") == no);
    const auto open = [](const std::string& at, const std::string& more) {
        return ask(with(R"("op":"next_open","at":")" + at + "\"", more));
    };
    CHECK(  // a make-up Tuesday has Monday's hours
        open("2026-11-24T00:00:00", R"(,"workdays":["2026-11-24"])") ==
        R"({"id":null,"at":"2026-11-24T09:00:00"})"
    );
    CHECK(
        open(
            "2026-11-24T00:00:00",
            R"(,"workdays":["2026-11-24"],"date_hours":{"2026-11-24":[["10:00","11:00"]]})"
        ) == R"({"id":null,"at":"2026-11-24T10:00:00"})"
    );
    CHECK(  // nothing opens a day off
        open(
            "2026-11-23T00:00:00",
            R"(,"holidays":["2026-11-23"],"date_hours":{"2026-11-23":[["10:00","11:00"]]})"
        ) == R"({"id":null,"at":"2026-11-28T20:00:00"})"
    );
}

TEST_CASE("an offset from UTC changes no local answer") {
    for (const char* offset : {"0", "480", "-720", "345"}) {
        CHECK(
            ask(with(
                R"("op":"add","start":"2026-11-23T09:00:00","seconds":18000)",
                R"(,"tz_offset_minutes":)" + std::string{offset}
            )) == R"({"id":null,"at":"2026-11-23T16:00:00"})"
        );
    }
}

TEST_CASE("a calendar that never opens is answered, not searched for ever") {
    const auto never = [](const std::string& question, const std::string& calendar) {
        return ask("{" + question + R"(,"calendar":)" + calendar + "}");
    };
    const std::string empty = R"({"week":{}})";
    const std::string once = R"({"week":{},"date_hours":{"2026-11-24":[["09:00","10:00"]]}})";
    CHECK(refuses(never(R"("op":"next_open","at":"2026-11-23T00:00:00")", empty), "never"));
    CHECK(refuses(never(R"("op":"add","start":"2026-11-23T00:00:00","seconds":0)", empty), "never")
    );
    CHECK(refuses(never(R"("op":"add_workdays","date":"2026-11-23","days":1)", empty), "never"));
    CHECK(
        never(
            R"("op":"between","start":"2026-11-23T00:00:00","end":"2027-11-23T00:00:00")", empty
        ) == R"({"id":null,"seconds":0})"
    );
    CHECK(
        never(R"("op":"add","start":"2026-11-23T00:00:00","seconds":3600)", once) ==
        R"({"id":null,"at":"2026-11-24T10:00:00"})"
    );
    CHECK(
        refuses(never(R"("op":"add","start":"2026-11-23T00:00:00","seconds":3601)", once), "never")
    );
    CHECK(refuses(never(R"("op":"next_open","at":"2026-11-24T10:00:00")", once), "never"));
    CHECK(refuses(never(R"("op":"add_workdays","date":"2026-11-24","days":1)", once), "never"));
}

TEST_CASE("absurd questions are refused with what was expected") {
    const auto add = [](const std::string& seconds) {
        return ask(R"({"op":"add","start":"2026-11-23T09:00:00","seconds":)" + seconds + "}");
    };
    for (const char* seconds : {"-1", "1.5", "\"60\"", "null", "[]", "-1e300"}) {
        CHECK(refuses(add(seconds), "seconds"));
    }
    for (const char* seconds : {"1e300", "9223372036854775807", "18446744073709551615"}) {
        CHECK(refuses(add(seconds), "never"));
    }
    CHECK(refuses(ask(R"({"id":1,"op":"add","start":"2026-02-29T09:00:00","seconds":1})"), "start")
    );
    for (const char* time :
         {"2026-11-23",
          "2026-11-23T24:00:00",
          "2026-11-23T09:60:00",
          "2026-11-23T09:00:60",
          "2026-11-23T09:00:00Z",
          "2026-11-23 09:00:00",
          "0000-01-01T00:00:00",
          ""}) {
        CHECK(refuses(ask(R"({"op":"is_open","at":")" + std::string{time} + "\"}"), "at"));
    }
    CHECK(refuses(ask(R"({"op":"is_workday","date":20260101})"), "date"));
    CHECK(refuses(ask(R"({"op":"is_workday"})"), "date"));
    CHECK(refuses(ask(R"({"op":"leap","date":"2026-01-01"})"), "op"));
    CHECK(refuses(ask("[]"), "object"));
    CHECK(refuses(ask("{\"id\":1"), "not JSON"));
    CHECK(refuses(ask("\xFF"), "not JSON"));
    CHECK(refuses(ask(std::string(100'000, '[')), "not JSON"));
    CHECK(ask(R"({"id":{"a":[1]},"op":"leap"})").starts_with(R"({"id":{"a":[1]},"error":)"));
    CHECK(Evaluator::too_long() == R"({"id":null,"error":"the line is too long"})");
    for (const char* pauses :
         {"1", "[1]", "[[]]", R"([["2026-11-23T09:00:00"]])", R"([["2026-11-23T09:00:00","later"]])"
         }) {
        CHECK(refuses(
            ask(R"({"op":"between","start":"2026-11-23T09:00:00","end":"2026-11-23T09:00:00","pauses":)" +
                std::string{pauses} + "}"),
            "pauses"
        ));
    }
}

TEST_CASE("an absurd calendar is refused with the place") {
    const auto calendar = [](const std::string& text) {
        return ask(R"({"op":"is_workday","date":"2026-11-23","calendar":)" + text + "}");
    };
    CHECK(refuses(calendar("null"), "calendar"));
    CHECK(refuses(calendar("{}"), "week"));
    CHECK(refuses(calendar(R"({"week":[]})"), "week"));
    CHECK(refuses(calendar(R"({"week":{"monday":[]}})"), "week.monday"));
    CHECK(refuses(calendar(R"({"week":{"mon":{}}})"), "week.mon"));
    for (const char* hours :
         {"[1]",
          R"([["09:00"]])",
          R"([["09:00","25:00"]])",
          R"([["9:00","10:00"]])",
          R"([["09:00","09:00"]])",
          R"([["18:00","09:00"]])",
          R"([["09:00","24:01"]])",
          R"([["09:00","12:00"],["11:00","13:00"]])",
          R"([[540,720]])",
          R"([["09:60","12:00"]])"}) {
        CHECK(refuses(calendar(R"({"week":{"mon":)" + std::string{hours} + "}}"), "week.mon"));
    }
    CHECK(
        calendar(R"({"week":{"mon":[["14:00","18:00"],["09:00","12:00"]]}})") ==
        R"({"id":null,"workday":true})"
    );
    CHECK(refuses(calendar(R"({"week":{},"holidays":{}})"), "holidays"));
    CHECK(refuses(calendar(R"({"week":{},"holidays":["2026-02-30"]})"), "2026-02-30"));
    CHECK(refuses(calendar(R"({"week":{},"workdays":[7]})"), "workdays"));
    CHECK(refuses(calendar(R"({"week":{},"date_hours":[]})"), "date_hours"));
    CHECK(refuses(calendar(R"({"week":{},"date_hours":{"today":[]}})"), "date_hours.today"));
    CHECK(refuses(calendar(R"({"week":{},"date_hours":{"2026-01-01":1}})"), "2026-01-01"));
    CHECK(refuses(calendar(R"({"week":{},"working_weekdays":{}})"), "working_weekdays"));
    CHECK(refuses(calendar(R"({"week":{},"working_weekdays":["sunday"]})"), "working_weekdays"));
    for (const char* offset : {"1440", "-1440", "1.5", "\"480\""}) {
        CHECK(refuses(
            calendar(R"({"week":{},"tz_offset_minutes":)" + std::string{offset} + "}"),
            "tz_offset_minutes"
        ));
    }
    // The last of two equal keys counts, and a date may be named twice.
    CHECK(
        calendar(R"({"week":{"mon":[]},"week":{"mon":[["09:00","12:00"]]},"holidays":[]})") ==
        R"({"id":null,"workday":true})"
    );
    CHECK(
        calendar(R"({"week":{"mon":[["09:00","12:00"]]},"holidays":["2026-11-23","2026-11-23"]})"
        ) == R"({"id":null,"workday":false})"
    );
}

TEST_CASE("a calendar is remembered only as long as it stays the same") {
    auto one = evaluator();
    const std::string question = R"("op":"is_workday","date":"2026-11-24")";
    const std::string yes = R"({"id":null,"workday":true})", no = R"({"id":null,"workday":false})";
    CHECK(one.answer(with(question)) == no);
    CHECK(one.answer(with(question, R"(,"workdays":["2026-11-24"])")) == yes);
    CHECK(one.answer(with(question, R"(,"workdays":["2026-11-24"])")) == yes);
    CHECK(refuses(one.answer("{" + question + R"(,"calendar":{}})"), "week"));
    CHECK(one.answer("{" + question + "}") == yes);
    CHECK(one.answer(with(question)) == no);
}

TEST_CASE("without any calendar the reason is the answer") {
    Evaluator none{[]() -> Result<sla::Calendar> {
        return fail(ErrorCode::internal, "there is none");
    }};
    CHECK(
        none.answer(R"({"id":7,"op":"is_workday","date":"2026-11-24"})") ==
        R"({"id":7,"error":"there is none"})"
    );
}
