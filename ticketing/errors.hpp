#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace hotline {

// Every failure a caller can meet, once. server/http/problem.cpp maps each to an HTTP status and to
// one sentence per language; name() is the stable identifier in problem+json ("code").
enum class ErrorCode {
    // the request
    malformed_json,     // the body is not one JSON value
    invalid_utf8,       // bytes that are not UTF-8, or a NUL character
    validation_failed,  // see Error::fields
    missing_field,      // field: required, absent or empty
    wrong_type,         // field: another JSON type was expected
    too_long,           // field: over its limit (detail: the limit)
    too_short,          // field: under its minimum
    not_in_list,        // field: not one of the permitted values
    invalid_format,     // field: pattern not matched (phone, date, code)
    invalid_uscc,       // field: not 18 characters of the GB 32100 alphabet
    unknown_division,   // field: no such county, town or zone
    unknown_reference,  // field: names a unit, official, ticket or call that is not there
    rule_broken,        // field: breaks a rule (detail: its sentence in the asker's language)
    bad_request,        // not proper HTTP (detail: the rule it breaks)
    header_too_large,
    request_timeout,  // the request came too slowly
    method_not_allowed,
    body_too_large,
    unsupported_media_type,
    idempotency_key_missing,
    idempotency_key_reused,  // same key, other body
    in_progress,             // the same key is being worked on
    // who asks
    not_authenticated,
    session_expired,
    wrong_credentials,
    account_locked,  // detail: seconds to wait
    password_change_required,
    csrf_failed,
    origin_not_allowed,
    forbidden,         // may know of it, may not do it
    not_found,         // is not there, or may not be known of
    wrong_query_code,  // public look-up: no such number, or wrong code (never told apart)
    rate_limited,      // detail: seconds to wait
    // the ticket
    precondition_required,  // If-Match missing
    stale_version,          // If-Match names another version than the current one
    not_allowed_in_state,   // the act has no transition from this state (detail: what is allowed)
    guard_failed,           // the transition exists, its guard refused (detail: which guard)
    file_refused,           // not a file we keep (detail: why)
    // the world
    queue_full,         // back-pressure; Retry-After
    store_unavailable,  // neither copy could be made, or the store is away
    deadline_exceeded,  // gave up waiting
    conflict,           // two writers met; ask again
    internal,  // a bug or an unknown answer of a foreign system; detail is for the log only
};

// Stable snake_case identifier, equal to the enumerator's name.
std::string_view name(ErrorCode code);

// One wrong field, by its path in the request ("enterprise.uscc").
struct FieldError {
    std::string field;
    ErrorCode code{};
    std::string detail;  // the limit, the permitted values; may be shown

    bool operator==(const FieldError&) const = default;
};

struct Error {
    ErrorCode code{};
    std::string
        detail;  // a machine word or number to complete the sentence; for `internal`: log only
    std::vector<FieldError> fields;

    bool operator==(const Error&) const = default;
};

template <class T>
using Result = std::expected<T, Error>;

inline std::unexpected<Error> fail(ErrorCode code, std::string detail = {}) {
    return std::unexpected(Error{code, std::move(detail), {}});
}

inline std::unexpected<Error> fail_field(
    std::string field, ErrorCode code, std::string detail = {}
) {
    return std::unexpected(Error{
        ErrorCode::validation_failed, {}, {FieldError{std::move(field), code, std::move(detail)}}
    });
}

}  // namespace hotline
