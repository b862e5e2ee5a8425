#include "server/api/dto.hpp"

#include "server/calendar/local_text.hpp"
#include "ticketing/text.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace hotline::api {
namespace {

namespace json = boost::json;

bool is_json(const http::Request& request) {
    const auto type = request.header("content-type");
    if (!type) return false;
    const std::string_view media = type->substr(0, type->find(';'));
    return media.starts_with("application/json") &&
           media.find_first_not_of(' ', std::string_view("application/json").size()) ==
               std::string_view::npos;
}

Result<json::value> parse_body(const http::Request& request) {
    // Also what keeps a cross-site form from being taken for a request of ours.
    if (!is_json(request)) return fail(ErrorCode::unsupported_media_type, "application/json");
    if (!ticketing::is_clean_utf8(request.body)) return fail(ErrorCode::invalid_utf8);
    boost::system::error_code error;
    json::parse_options options;
    options.max_depth = 32;
    json::value value = json::parse(request.body, error, {}, options);
    if (error) return fail(ErrorCode::malformed_json);
    return value;
}

std::string bounds(const Range& range) {
    if (range.max == std::numeric_limits<std::int64_t>::max()) {
        return fmt::format("≥ {}", range.min);
    }
    return fmt::format("{}–{}", range.min, range.max);
}

std::optional<std::int64_t> whole_number(const json::value& value) {
    boost::system::error_code error;
    const auto number = value.to_number<std::int64_t>(error);
    if (error || !value.is_number()) return std::nullopt;
    return number;
}

template <class T>
std::optional<T> number_from(std::string_view text) {
    T value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

}  // namespace

Result<json::object> parse_object(const http::Request& request) {
    auto value = parse_body(request);
    if (!value) return std::unexpected(value.error());
    if (!value->is_object()) return fail(ErrorCode::wrong_type, "object");
    return std::move(value->as_object());
}

Result<json::array> parse_array(const http::Request& request) {
    auto value = parse_body(request);
    if (!value) return std::unexpected(value.error());
    if (!value->is_array()) return fail(ErrorCode::wrong_type, "array");
    return std::move(value->as_array());
}

std::optional<Error> refusal(std::vector<FieldError> errors) {
    if (errors.empty()) return std::nullopt;
    return Error{ErrorCode::validation_failed, {}, std::move(errors)};
}

Fields::Fields(const json::object& object, std::vector<FieldError>& errors, std::string path)
    : object_(object), errors_(errors), path_(std::move(path)) {}

void Fields::note(std::string_view field, ErrorCode code, std::string detail) {
    std::string path = path_.empty() ? std::string(field) : path_ + "." + std::string(field);
    errors_.push_back({std::move(path), code, std::move(detail)});
}

const json::value* Fields::find(std::string_view field) {
    asked_.emplace(field);
    const auto* value = object_.if_contains(field);
    return value == nullptr || value->is_null() ? nullptr : value;
}

std::optional<std::string> Fields::text(std::string_view field, TextLimits limits) {
    const auto* value = find(field);
    if (value == nullptr) return std::nullopt;
    if (!value->is_string()) {
        note(field, ErrorCode::wrong_type, "string");
        return std::nullopt;
    }
    std::string out(value->get_string());
    if (!ticketing::is_clean_utf8(out)) {
        note(field, ErrorCode::invalid_utf8);
        return std::nullopt;
    }
    const std::size_t length = ticketing::characters(out);
    if (length > limits.max) {
        note(field, ErrorCode::too_long, std::to_string(limits.max));
        return std::nullopt;
    }
    if (length < limits.min) {
        note(field, ErrorCode::too_short, std::to_string(limits.min));
        return std::nullopt;
    }
    return out;
}

std::string Fields::required_text(std::string_view field, TextLimits limits) {
    const auto* value = find(field);
    if (value == nullptr || (value->is_string() && value->get_string().empty())) {
        missing(field);
        return {};
    }
    return text(field, limits).value_or("");
}

std::optional<std::int64_t> Fields::integer(std::string_view field, Range range) {
    const auto* value = find(field);
    if (value == nullptr) return std::nullopt;
    const auto number = whole_number(*value);
    if (!number) {
        note(field, ErrorCode::wrong_type, "integer");
        return std::nullopt;
    }
    if (*number < range.min || *number > range.max) {
        note(field, ErrorCode::not_in_list, bounds(range));
        return std::nullopt;
    }
    return number;
}

std::int64_t Fields::required_integer(std::string_view field, Range range) {
    if (absent(field)) missing(field);
    return integer(field, range).value_or(0);
}

std::optional<double> Fields::real(std::string_view field, double min, double max) {
    const auto* value = find(field);
    if (value == nullptr) return std::nullopt;
    if (!value->is_number()) {
        note(field, ErrorCode::wrong_type, "number");
        return std::nullopt;
    }
    const auto number = value->to_number<double>();
    if (!std::isfinite(number) || number < min || number > max) {
        note(field, ErrorCode::not_in_list, fmt::format("{}–{}", min, max));
        return std::nullopt;
    }
    return number;
}

std::optional<bool> Fields::flag(std::string_view field) {
    const auto* value = find(field);
    if (value == nullptr) return std::nullopt;
    if (!value->is_bool()) {
        note(field, ErrorCode::wrong_type, "boolean");
        return std::nullopt;
    }
    return value->get_bool();
}

bool Fields::required_flag(std::string_view field) {
    if (absent(field)) missing(field);
    return flag(field).value_or(false);
}

std::optional<ticketing::Instant> Fields::instant(std::string_view field) {
    const auto given = text(field, {.min = 0, .max = 40});
    if (!given) return std::nullopt;
    const auto parsed = instant_from(*given);
    if (!parsed) note(field, ErrorCode::invalid_format, "date-time");
    return parsed;
}

std::optional<sla::LocalDay> Fields::day(std::string_view field) {
    const auto given = text(field, {.min = 0, .max = 20});
    if (!given) return std::nullopt;
    const auto parsed = calendar::date_of(*given);
    if (!parsed) note(field, ErrorCode::invalid_format, "date");
    return parsed;
}

ticketing::Instant Fields::required_instant(std::string_view field) {
    if (absent(field)) missing(field);
    return instant(field).value_or(ticketing::Instant{});
}

const json::array* Fields::array(std::string_view field, std::size_t max) {
    const auto* value = find(field);
    if (value == nullptr) return nullptr;
    if (!value->is_array()) {
        note(field, ErrorCode::wrong_type, "array");
        return nullptr;
    }
    if (value->get_array().size() > max) {
        note(field, ErrorCode::too_long, std::to_string(max));
        return nullptr;
    }
    return &value->get_array();
}

std::vector<Fields> Fields::objects(std::string_view field, std::size_t max) {
    const auto* items = array(field, max);
    std::vector<Fields> out;
    for (std::size_t i = 0; items != nullptr && i < items->size(); ++i) {
        const std::string entry = fmt::format("{}[{}]", field, i);
        if (const auto* object = (*items)[i].if_object()) {
            out.emplace_back(*object, errors_, path_.empty() ? entry : path_ + "." + entry);
        } else {
            note(entry, ErrorCode::wrong_type, "object");
        }
    }
    return out;
}

std::vector<std::int64_t> Fields::integers(std::string_view field, std::size_t max) {
    const auto* items = array(field, max);
    std::vector<std::int64_t> out;
    for (std::size_t i = 0; items != nullptr && i < items->size(); ++i) {
        const auto number = whole_number((*items)[i]);
        if (number && *number >= 1) {
            out.push_back(*number);
        } else {
            note(fmt::format("{}[{}]", field, i), ErrorCode::wrong_type, "integer");
        }
    }
    return out;
}

std::vector<std::string> Fields::texts(std::string_view field, std::size_t max) {
    const auto* items = array(field, max);
    std::vector<std::string> out;
    for (std::size_t i = 0; items != nullptr && i < items->size(); ++i) {
        if ((*items)[i].is_string()) {
            out.emplace_back((*items)[i].get_string());
        } else {
            note(fmt::format("{}[{}]", field, i), ErrorCode::wrong_type, "string");
        }
    }
    return out;
}

std::optional<Fields> Fields::object(std::string_view field) {
    const auto* value = find(field);
    if (value == nullptr) return std::nullopt;
    if (!value->is_object()) {
        note(field, ErrorCode::wrong_type, "object");
        return std::nullopt;
    }
    std::string path = path_.empty() ? std::string(field) : path_ + "." + std::string(field);
    return Fields(value->get_object(), errors_, std::move(path));
}

void Fields::refuse_others() {
    for (const auto& item : object_) {
        const std::string_view key = item.key();
        if (!asked_.contains(key)) {
            note(ticketing::first_characters(key, 60), ErrorCode::not_in_list, "unknown");
        }
    }
}

QueryFields::QueryFields(const http::Request& request, std::vector<FieldError>& errors)
    : request_(request), errors_(errors) {}

std::optional<std::string> QueryFields::text(const std::string& name, std::size_t max) {
    const auto found = request_.query.find(name);
    if (found == request_.query.end()) return std::nullopt;
    if (!ticketing::is_clean_utf8(found->second)) {
        errors_.push_back({name, ErrorCode::invalid_utf8, {}});
        return std::nullopt;
    }
    if (ticketing::characters(found->second) > max) {
        errors_.push_back({name, ErrorCode::too_long, std::to_string(max)});
        return std::nullopt;
    }
    return found->second;
}

std::optional<std::int64_t> QueryFields::integer(const std::string& name, Range range) {
    const auto given = text(name, 20);
    if (!given) return std::nullopt;
    const auto number = number_from<std::int64_t>(*given);
    if (!number) {
        errors_.push_back({name, ErrorCode::wrong_type, "integer"});
        return std::nullopt;
    }
    if (*number < range.min || *number > range.max) {
        errors_.push_back({name, ErrorCode::not_in_list, bounds(range)});
        return std::nullopt;
    }
    return number;
}

std::optional<bool> QueryFields::flag(const std::string& name) {
    const auto given = text(name, 10);
    if (!given) return std::nullopt;
    if (*given == "true") return true;
    if (*given == "false") return false;
    errors_.push_back({name, ErrorCode::wrong_type, "boolean"});
    return std::nullopt;
}

std::size_t QueryFields::limit(std::size_t otherwise, std::size_t max) {
    const auto given = integer("limit", {.min = 1, .max = static_cast<std::int64_t>(max)});
    return given ? static_cast<std::size_t>(*given) : otherwise;
}

Result<std::uint64_t> path_id(const http::Request& request, const std::string& name) {
    const auto found = request.params.find(name);
    if (found == request.params.end()) return fail(ErrorCode::not_found);
    const auto number = number_from<std::uint64_t>(found->second);
    if (!number || *number == 0) return fail(ErrorCode::not_found);
    return *number;
}

}  // namespace hotline::api
