#include "server/http/problem_texts.hpp"
#include "server/http/response.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <charconv>
#include <string>
#include <utility>

namespace hotline::http {

namespace {

namespace json = boost::json;

// Seconds: those the error names, else the code's own.
int retry_after(const ProblemText& text, std::string_view detail) {
    if (text.retry_after == 0) return 0;
    int seconds = 0;
    const auto [end, error] =
        std::from_chars(detail.data(), detail.data() + detail.size(), seconds);
    const bool named = error == std::errc{} && end == detail.data() + detail.size();
    return named && seconds > 0 ? seconds : text.retry_after;
}

json::array words_of(std::string_view list) {
    json::array result;
    while (!list.empty()) {
        const auto end = list.find_first_of(", ");
        if (end != 0) result.emplace_back(list.substr(0, end));
        if (end == std::string_view::npos) break;
        list.remove_prefix(end + 1);
    }
    return result;
}

json::array field_errors(const Error& error, bool english) {
    json::array result;
    for (const auto& field : error.fields) {
        result.push_back(json::object{
            {"field", field.field},
            {"code", name(field.code)},
            {"message", field_message(field, english)},
        });
    }
    return result;
}

}  // namespace

Response problem(const Request& request, const Error& error) {
    const bool english = request.wants_english();
    const auto& text = problem_text(error.code);
    // The detail of `internal` is for the log only; others show it where their sentence has a
    // place.
    std::string_view detail;
    if (error.code != ErrorCode::internal) detail = error.detail;

    json::object body{
        {"type", "urn:hotline:problem:" + std::string(name(error.code))},
        {"title", english ? text.title.en : text.title.zh},
        {"status", text.status},
        {"code", name(error.code)},
        {"detail", complete(english ? text.advice.en : text.advice.zh, detail)},
    };
    if (!request.request_id.empty()) body["request_id"] = request.request_id;
    const int wait = retry_after(text, detail);
    if (wait > 0) body["retry_after"] = wait;
    if (error.code == ErrorCode::not_allowed_in_state && !detail.empty()) {
        body["allowed_actions"] = words_of(detail);
    }
    if (!error.fields.empty()) body["errors"] = field_errors(error, english);

    Response response;
    response.status = text.status;
    response.set("content-type", "application/problem+json; charset=utf-8")
        .set("cache-control", "no-store")
        .set("content-language", english ? "en" : "zh-CN");
    if (wait > 0) response.set("retry-after", std::to_string(wait));
    response.body = json::serialize(body);
    return response;
}

Response problem(const Request& request, ErrorCode code, std::string detail) {
    return problem(request, Error{code, std::move(detail), {}});
}

}  // namespace hotline::http
