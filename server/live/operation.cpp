#include "server/live/operation.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

namespace hotline::live {

namespace {

namespace json = boost::json;

constexpr std::size_t max_topics = 64;
constexpr std::size_t max_name = 128;

std::optional<std::string> name_in(const json::value& value) {
    const auto* text = value.if_string();
    if (!text || text->empty() || text->size() > max_name) return std::nullopt;
    return std::string(*text);
}

bool read_topics(const json::object& from, Operation& into) {
    const auto* found = from.if_contains("topics");
    const auto* list = found ? found->if_array() : nullptr;
    if (!list || list->size() > max_topics) return false;
    for (const auto& value : *list) {
        auto topic = name_in(value);
        if (!topic) return false;
        into.topics.push_back(std::move(*topic));
    }
    return true;
}

bool read_since(const json::object& from, Operation& into) {
    const auto* found = from.if_contains("since");
    if (!found || found->is_null()) return true;
    into.since = name_in(*found);
    return into.since.has_value();
}

bool wants_lines(const json::object& from) {
    const auto* found = from.if_contains("lines");
    return found && found->is_bool() && found->get_bool();
}

bool read_place(const json::object& from, Operation& into) {
    const auto* ticket = from.if_contains("ticket");
    if (!ticket || ticket->is_null()) return true;
    auto name = name_in(*ticket);
    const auto* found = from.if_contains("doing");
    const auto* doing = found ? found->if_string() : nullptr;
    if (!name || !doing || (*doing != "viewing" && *doing != "editing")) return false;
    into.place = {std::move(*name), *doing == "editing" ? Doing::editing : Doing::viewing};
    return true;
}

}  // namespace

std::optional<Operation> parse_operation(std::string_view text) {
    json::parse_options options;
    options.max_depth = 4;
    json::error_code error;
    const auto value = json::parse(text, error, {}, options);
    const auto* object = error ? nullptr : value.if_object();
    const auto* found = object ? object->if_contains("op") : nullptr;
    const auto* op = found ? found->if_string() : nullptr;
    if (!op) return std::nullopt;

    Operation operation;
    if (*op == "ping") return operation;
    if (*op == "subscribe") {
        operation.op = Op::subscribe;
        operation.lines = wants_lines(*object);
        if (read_topics(*object, operation) && read_since(*object, operation)) return operation;
    } else if (*op == "unsubscribe") {
        operation.op = Op::unsubscribe;
        if (read_topics(*object, operation)) return operation;
    } else if (*op == "at") {
        operation.op = Op::at;
        if (read_place(*object, operation)) return operation;
    }
    return std::nullopt;
}

}  // namespace hotline::live
