#include "server/calendar/evaluator.hpp"

#include "server/calendar/calendar_json.hpp"
#include "server/calendar/local_text.hpp"
#include "server/calendar/wrong.hpp"
#include "sla/calendar_pauses.hpp"
#include "sla/date_text.hpp"
#include "ticketing/json_text.hpp"

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parser.hpp>
#include <boost/json/serialize.hpp>

#include <fmt/format.h>

#include <array>
#include <cmath>

namespace hotline::calendar {
namespace {

namespace json = boost::json;
using sla::Calendar;
using sla::Instant;
using sla::LocalDay;
using sla::Span;
using std::chrono::milliseconds;
using std::chrono::seconds;

// More than there are seconds in the years 1 to 9999: no need to look further.
constexpr std::int64_t most_seconds = 400'000'000'000;
constexpr std::string_view never = "never, or not before the year 10000";

struct Question {
    const json::object& fields;
    const Calendar& calendar;
    bool own;  // the server's calendar: years without a notice are flagged (S6)
};

Instant instant_of(LocalSeconds local, const Calendar& calendar) {
    return Instant{local.time_since_epoch() - calendar.data().offset};
}

std::optional<LocalSeconds> local_time(const json::value* value) {
    const auto* text = value == nullptr ? nullptr : value->if_string();
    return text == nullptr ? std::nullopt : local_time_of(*text);
}

Result<Instant> instant(const Question& question, std::string_view key) {
    const auto time = local_time(question.fields.if_contains(key));
    if (!time) return wrong(key, "expected a local time such as 2026-09-30T15:20:00");
    return instant_of(*time, question.calendar);
}

Result<LocalDay> date(const Question& question, std::string_view key) {
    const auto* value = question.fields.if_contains(key);
    const auto* text = value == nullptr ? nullptr : value->if_string();
    const auto day = text == nullptr ? std::nullopt : date_of(*text);
    if (!day) return wrong(key, "expected a date such as 2026-09-30");
    return *day;
}

// A whole number from 0, also written as 60.0; whatever is larger than `most_seconds` is that.
Result<std::int64_t> amount(const Question& question, std::string_view key) {
    const auto* value = question.fields.if_contains(key);
    if (value != nullptr && value->is_uint64()) return most_seconds;
    if (value != nullptr && value->is_int64() && value->get_int64() >= 0) {
        return std::min(value->get_int64(), most_seconds);
    }
    if (value != nullptr && value->is_double()) {
        const double number = value->get_double();
        if (number >= 0 && std::trunc(number) == number) {
            return static_cast<std::int64_t>(std::min(number, double{most_seconds}));
        }
    }
    return wrong(key, "expected a whole number, 0 or more");
}

Result<std::vector<Span>> pauses(const Question& question) {
    const auto* value = question.fields.if_contains("pauses");
    if (value == nullptr) return std::vector<Span>{};
    const auto* list = value->if_array();
    if (list == nullptr) return wrong("pauses", "expected a list of [from, to]");
    std::vector<Span> spans;
    for (const auto& item : *list) {
        const auto* pair = item.if_array();
        if (pair == nullptr || pair->size() != 2) return wrong("pauses", "expected [from, to]");
        const auto from = local_time(&pair->front()), to = local_time(&pair->back());
        if (!from || !to) return wrong("pauses", "expected two local times");
        spans.push_back({instant_of(*from, question.calendar), instant_of(*to, question.calendar)});
    }
    return sla::joined(std::move(spans));
}

std::string flag(const Question& question, LocalDay first, LocalDay last) {
    if (!question.own || !question.calendar.beyond_known(first, last)) return {};
    return ",\"beyond_known_calendar\":true";
}

LocalSeconds local(const Question& question, Instant at) {
    const auto offset = question.calendar.data().offset;
    return LocalSeconds{std::chrono::floor<seconds>(at.time_since_epoch() + offset)};
}

LocalDay local_date(const Question& question, Instant at) {
    return std::chrono::floor<std::chrono::days>(local(question, at));
}

Result<std::string> instant_answer(
    const Question& question, Instant from, std::optional<Instant> at
) {
    if (!at || local_date(question, *at) > sla::last_known_day) return wrong("at", never);
    return fmt::format(
        "\"at\":\"{}\"{}",
        text_of(local(question, *at)),
        flag(question, local_date(question, from), local_date(question, *at))
    );
}

Result<std::string> add(const Question& question) {
    const auto start = instant(question, "start");
    if (!start) return std::unexpected(start.error());
    const auto length = amount(question, "seconds");
    if (!length) return std::unexpected(length.error());
    const auto spans = pauses(question);
    if (!spans) return std::unexpected(spans.error());
    const auto at = sla::find_end(question.calendar, *start, seconds{*length}, *spans);
    return instant_answer(question, *start, at);
}

Result<std::string> between(const Question& question) {
    const auto start = instant(question, "start");
    if (!start) return std::unexpected(start.error());
    const auto end = instant(question, "end");
    if (!end) return std::unexpected(end.error());
    const auto spans = pauses(question);
    if (!spans) return std::unexpected(spans.error());
    const milliseconds time = sla::working_time_between(question.calendar, *start, *end, *spans);
    return fmt::format(
        "\"seconds\":{}{}",
        time / seconds{1},
        flag(question, local_date(question, *start), local_date(question, *end))
    );
}

Result<std::string> next_open(const Question& question) {
    const auto at = instant(question, "at");
    if (!at) return std::unexpected(at.error());
    return instant_answer(question, *at, question.calendar.find_open(*at));
}

Result<std::string> is_open(const Question& question) {
    const auto at = instant(question, "at");
    if (!at) return std::unexpected(at.error());
    return fmt::format("\"open\":{}", question.calendar.is_open(*at));
}

Result<std::string> add_workdays(const Question& question) {
    const auto day = date(question, "date");
    if (!day) return std::unexpected(day.error());
    const auto count = amount(question, "days");
    if (!count) return std::unexpected(count.error());
    const auto due = *count == 0 ? *day : question.calendar.find_workday(*day, *count);
    if (!due) return wrong("date", never);
    return fmt::format("\"date\":\"{}\"{}", sla::date_text(*due), flag(question, *day, *due));
}

Result<std::string> is_workday(const Question& question) {
    const auto day = date(question, "date");
    if (!day) return std::unexpected(day.error());
    const auto works = question.calendar.is_workday(*day);
    return fmt::format("\"workday\":{}{}", works, flag(question, *day, *day));
}

using Operation = Result<std::string> (*)(const Question&);
constexpr std::array<std::pair<std::string_view, Operation>, 6> operations{{
    {"add", add},
    {"between", between},
    {"next_open", next_open},
    {"is_open", is_open},
    {"add_workdays", add_workdays},
    {"is_workday", is_workday},
}};

std::string refusal(std::string_view id, std::string_view why) {
    return fmt::format("{{\"id\":{},\"error\":{}}}", id, ticketing::json_string(why));
}

}  // namespace

std::string Evaluator::too_long() {
    return refusal("null", "the line is too long");
}

std::string Evaluator::answer(std::string_view line) {
    std::array<unsigned char, 16384> first_block;
    json::monotonic_resource memory(first_block.data(), first_block.size());
    json::parser parser(&memory);
    boost::system::error_code error;
    parser.write(line.data(), line.size(), error);
    if (error) return refusal("null", "not JSON: " + error.message());
    const json::value value = parser.release();
    const auto* object = value.if_object();
    if (object == nullptr) return refusal("null", "expected a JSON object");
    const auto* id_value = object->if_contains("id");
    const std::string id = id_value == nullptr ? "null" : json::serialize(*id_value);
    const auto found = findings(*object);
    if (!found) return refusal(id, found.error().detail);
    return fmt::format("{{\"id\":{},{}}}", id, *found);
}

Result<std::string> Evaluator::findings(const json::object& question) {
    const auto* op = question.if_contains("op");
    const auto* word = op == nullptr ? nullptr : op->if_string();
    for (const auto& [name, operation] : operations) {
        if (word == nullptr || *word != name) continue;
        const auto calendar = calendar_of(question);
        if (!calendar) return std::unexpected(calendar.error());
        return operation({question, **calendar, own_calendar_ && *calendar == &*own_calendar_});
    }
    return wrong("op", "expected add, between, next_open, is_open, add_workdays or is_workday");
}

Result<const Calendar*> Evaluator::calendar_of(const json::object& question) {
    const auto* text = question.if_contains("calendar");
    if (text == nullptr) {
        if (!own_calendar_) {
            auto own = own_();
            if (!own) return std::unexpected(own.error());
            own_calendar_ = std::move(*own);
        }
        return &*own_calendar_;
    }
    if (last_ && last_text_ == *text) return &*last_;
    auto data = calendar_data(*text);
    if (!data) return std::unexpected(data.error());
    auto built = Calendar::build_any(std::move(*data));
    if (!built) return wrong("calendar", "contradicts itself");
    last_text_ = json::value(*text, json::storage_ptr{});
    last_ = std::move(*built);
    return &*last_;
}

}  // namespace hotline::calendar
