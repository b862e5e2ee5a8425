#pragma once

#include "sla/calendar.hpp"
#include "ticketing/errors.hpp"

#include <boost/json/value.hpp>

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace hotline::calendar {

// Answers questions about a calendar, one JSON object a line, so that it can be held against
// another implementation. README.md lists the operations.
class Evaluator {
public:
    // `own` gives the calendar for cases that bring none; asked once when it has one.
    using Own = std::function<Result<sla::Calendar>()>;
    explicit Evaluator(Own own) : own_(std::move(own)) {}

    // The answer to one line, without line end: always one JSON object with the case's id, or null
    // where it has none.
    std::string answer(std::string_view line);
    // The answer to a line that was too long to be kept.
    static std::string too_long();

private:
    Result<std::string> findings(const boost::json::object& question);
    // The calendar of the case; built anew only when it differs from the last one.
    Result<const sla::Calendar*> calendar_of(const boost::json::object& question);

    Own own_;
    std::optional<sla::Calendar> own_calendar_;
    boost::json::value last_text_;
    std::optional<sla::Calendar> last_;
};

}  // namespace hotline::calendar
