#include "ticketing/errors.hpp"

namespace hotline {

std::string_view name(ErrorCode code) {
    switch (code) {
        using enum ErrorCode;
        case malformed_json:
            return "malformed_json";
        case invalid_utf8:
            return "invalid_utf8";
        case validation_failed:
            return "validation_failed";
        case missing_field:
            return "missing_field";
        case wrong_type:
            return "wrong_type";
        case too_long:
            return "too_long";
        case too_short:
            return "too_short";
        case not_in_list:
            return "not_in_list";
        case invalid_format:
            return "invalid_format";
        case invalid_uscc:
            return "invalid_uscc";
        case unknown_division:
            return "unknown_division";
        case unknown_reference:
            return "unknown_reference";
        case rule_broken:
            return "rule_broken";
        case bad_request:
            return "bad_request";
        case header_too_large:
            return "header_too_large";
        case request_timeout:
            return "request_timeout";
        case method_not_allowed:
            return "method_not_allowed";
        case body_too_large:
            return "body_too_large";
        case unsupported_media_type:
            return "unsupported_media_type";
        case idempotency_key_missing:
            return "idempotency_key_missing";
        case idempotency_key_reused:
            return "idempotency_key_reused";
        case in_progress:
            return "in_progress";
        case not_authenticated:
            return "not_authenticated";
        case session_expired:
            return "session_expired";
        case wrong_credentials:
            return "wrong_credentials";
        case account_locked:
            return "account_locked";
        case password_change_required:
            return "password_change_required";
        case csrf_failed:
            return "csrf_failed";
        case origin_not_allowed:
            return "origin_not_allowed";
        case forbidden:
            return "forbidden";
        case not_found:
            return "not_found";
        case wrong_query_code:
            return "wrong_query_code";
        case rate_limited:
            return "rate_limited";
        case precondition_required:
            return "precondition_required";
        case stale_version:
            return "stale_version";
        case not_allowed_in_state:
            return "not_allowed_in_state";
        case guard_failed:
            return "guard_failed";
        case file_refused:
            return "file_refused";
        case queue_full:
            return "queue_full";
        case store_unavailable:
            return "store_unavailable";
        case deadline_exceeded:
            return "deadline_exceeded";
        case conflict:
            return "conflict";
        case internal:
            return "internal";
    }
    return "internal";
}

}  // namespace hotline
