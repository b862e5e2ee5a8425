#pragma once

#include "server/http/request.hpp"
#include "sla/local_time.hpp"
#include "ticketing/errors.hpp"
#include "ticketing/types/ids.hpp"
#include "ticketing/types/named_enum.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <cstdint>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::api {

// The body as one JSON object: at most 32 levels deep, UTF-8, no NUL (not even escaped). Errors:
// unsupported_media_type, invalid_utf8, malformed_json, wrong_type.
Result<boost::json::object> parse_object(const http::Request& request);
// The same for one JSON array.
Result<boost::json::array> parse_array(const http::Request& request);

// Nothing when `errors` is empty, else validation_failed with them.
std::optional<Error> refusal(std::vector<FieldError> errors);

// Characters, not bytes.
struct TextLimits {
    std::size_t min = 0;
    std::size_t max = 0;
};

struct Range {
    std::int64_t min = std::numeric_limits<std::int64_t>::min();
    std::int64_t max = std::numeric_limits<std::int64_t>::max();
};

// Reads one object's fields and notes every fault with its path ("appellant.phone"), so that the
// asker hears of all at once. What is faulty reads as empty: look at the errors before using
// anything. null reads as absent. The object and the errors outlive the reader.
class Fields {
public:
    Fields(
        const boost::json::object& object, std::vector<FieldError>& errors, std::string path = ""
    );

    // As it stands, not tidied. Required: absent or empty is missing_field.
    std::string required_text(std::string_view field, TextLimits limits);
    std::optional<std::string> text(std::string_view field, TextLimits limits);
    std::optional<std::int64_t> integer(std::string_view field, Range range = {});
    std::int64_t required_integer(std::string_view field, Range range = {});
    std::optional<double> real(std::string_view field, double min, double max);
    std::optional<bool> flag(std::string_view field);
    bool required_flag(std::string_view field);
    // RFC 3339 with an offset.
    std::optional<ticketing::Instant> instant(std::string_view field);
    ticketing::Instant required_instant(std::string_view field);
    // A calendar day of Weinan: "2026-11-23".
    std::optional<sla::LocalDay> day(std::string_view field);

    // One of the enum's names.
    template <class E>
    std::optional<E> name(std::string_view field) {
        const auto given = text(field, {.min = 0, .max = 100});
        if (!given) return std::nullopt;
        const auto value = ticketing::from_name<E>(*given);
        if (!value) not_in_list<E>(field);
        return value;
    }
    template <class E>
    E required_name(std::string_view field, E otherwise = {}) {
        if (absent(field)) missing(field);
        return name<E>(field).value_or(otherwise);
    }

    // A database identity: a whole number from 1.
    template <class Id>
    Id id(std::string_view field) {
        const auto value = integer(field, {.min = 1});
        return value ? Id{static_cast<std::uint64_t>(*value)} : Id{};
    }
    template <class Id>
    Id required_id(std::string_view field) {
        if (absent(field)) missing(field);
        return id<Id>(field);
    }
    template <class Id>
    std::vector<Id> ids(std::string_view field, std::size_t max) {
        std::vector<Id> out;
        for (const auto value : integers(field, max)) {
            out.push_back(Id{static_cast<std::uint64_t>(value)});
        }
        return out;
    }

    // The entries of an array of at most `max` short texts.
    std::vector<std::string> texts(std::string_view field, std::size_t max);

    std::optional<Fields> object(std::string_view field);
    // The entries of an array of at most `max` objects.
    std::vector<Fields> objects(std::string_view field, std::size_t max);
    bool has(std::string_view field) { return !absent(field); }

    // Notes every field nobody has asked for as not_in_list: a mistyped name must not pass
    // silently.
    void refuse_others();

    void note(std::string_view field, ErrorCode code, std::string detail = {});

private:
    const boost::json::value* find(std::string_view field);
    bool absent(std::string_view field) { return find(field) == nullptr; }
    void missing(std::string_view field) { note(field, ErrorCode::missing_field); }
    const boost::json::array* array(std::string_view field, std::size_t max);
    std::vector<std::int64_t> integers(std::string_view field, std::size_t max);

    template <class E>
    void not_in_list(std::string_view field) {
        std::string allowed;
        for (const auto& [value, text] : names_of(E{})) {
            if (!allowed.empty()) allowed += ", ";
            allowed += text;
        }
        note(field, ErrorCode::not_in_list, std::move(allowed));
    }

    const boost::json::object& object_;
    std::vector<FieldError>& errors_;
    std::string path_;
    std::set<std::string, std::less<>> asked_;
};

// Query parameters with the same errors; the field is the parameter's name.
class QueryFields {
public:
    QueryFields(const http::Request& request, std::vector<FieldError>& errors);

    std::optional<std::string> text(const std::string& name, std::size_t max);
    std::optional<std::int64_t> integer(const std::string& name, Range range = {});
    std::optional<bool> flag(const std::string& name);  // "true" or "false"
    // Page size: 1 to `max`.
    std::size_t limit(std::size_t otherwise, std::size_t max);

    template <class E>
    std::optional<E> name(const std::string& parameter) {
        const auto given = text(parameter, 100);
        if (!given || given->empty()) return std::nullopt;
        const auto value = ticketing::from_name<E>(*given);
        if (!value) errors_.push_back({parameter, ErrorCode::not_in_list, {}});
        return value;
    }

private:
    const http::Request& request_;
    std::vector<FieldError>& errors_;
};

// A positive number from a path segment, or not_found: what is no number is no object of ours.
Result<std::uint64_t> path_id(const http::Request& request, const std::string& name);

// RFC 3339 in UTC to the millisecond: "2026-11-23T08:00:00.123Z".
std::string to_text(ticketing::Instant instant);
std::optional<ticketing::Instant> instant_from(std::string_view text);

}  // namespace hotline::api
