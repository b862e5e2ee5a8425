#include "server/api/route_json.hpp"

#include "ticketing/router/trace.hpp"

#include <boost/json.hpp>

#include <vector>

namespace hotline::api {
namespace {

namespace json = boost::json;

std::string take_text(json::object& from, std::string_view key) {
    const json::value* found = from.if_contains(key);
    std::string text =
        found != nullptr && found->is_string() ? std::string(found->get_string()) : "";
    from.erase(key);
    return text;
}

std::vector<std::string> take_inputs(json::object& reason) {
    std::vector<std::string> inputs;
    if (const json::value* found = reason.if_contains("inputs"); found && found->is_array()) {
        for (const json::value& input : found->get_array()) {
            if (input.is_string()) inputs.emplace_back(input.get_string());
        }
    }
    reason.erase("inputs");
    return inputs;
}

// A trace of an earlier version brings its words and is left as it is.
void tell_reason(json::object& reason, bool english) {
    if (!reason.contains("inputs")) return;
    const auto inputs = take_inputs(reason);
    const json::value* code = reason.if_contains("code");
    if (code == nullptr || !code->is_string()) return;
    const auto words = ticketing::sentence(code->get_string(), inputs);
    reason["text"] = english ? words.en : words.zh;
}

void tell_candidate(json::object& candidate, bool english) {
    if (!candidate.contains("outcome")) return;
    const auto words = ticketing::outcome_word(take_text(candidate, "outcome"));
    candidate["text"] = english ? words.en : words.zh;
}

void tell_each(
    json::object& trace, std::string_view list, bool english, void (*tell)(json::object&, bool)
) {
    json::value* found = trace.if_contains(list);
    if (found == nullptr || !found->is_array()) return;
    for (json::value& entry : found->get_array()) {
        if (entry.is_object()) tell(entry.get_object(), english);
    }
}

}  // namespace

std::string route_json(std::string_view trace, bool english) {
    boost::system::error_code error;
    json::value read = json::parse(trace, error);
    if (error || !read.is_object()) return {};
    json::object& route = read.get_object();
    tell_each(route, "reasons", english, tell_reason);
    tell_each(route, "candidates", english, tell_candidate);
    tell_each(route, "units", english, tell_candidate);
    return json::serialize(read);
}

}  // namespace hotline::api
