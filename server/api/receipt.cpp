#include "server/api/receipt.hpp"

#include "server/http/problem_texts.hpp"
#include "ticketing/json_text.hpp"

namespace hotline::api {
namespace {

using ticketing::JsonObject;

std::string warnings_json(const std::vector<FieldError>& warnings, bool english) {
    std::string items = "[";
    for (const FieldError& warning : warnings) {
        if (items.size() > 1) items += ',';
        items += JsonObject()
                     .text("field", warning.field)
                     .text("code", name(warning.code))
                     .text("message", http::field_message(warning, english))
                     .str();
    }
    return items + "]";
}

}  // namespace

std::string receipt_json(
    const actions::Receipt& receipt, const std::vector<FieldError>& warnings, bool english
) {
    const bool committed = receipt.status == actions::Receipt::Status::committed;
    JsonObject out;
    out.text("ticket_no", receipt.ticket_no);
    out.text("query_code", receipt.query_code);
    out.text("status", committed ? "committed" : "queued");
    if (receipt.replayed) out.raw("replayed", "true");
    if (!warnings.empty()) out.raw("warnings", warnings_json(warnings, english));
    return out.str();
}

http::Response receipt_response(
    const actions::Receipt& receipt,
    const std::vector<FieldError>& warnings,
    const http::Request& request
) {
    const bool committed = receipt.status == actions::Receipt::Status::committed;
    auto response =
        http::json(receipt_json(receipt, warnings, request.wants_english()), committed ? 201 : 202);
    const bool from_portal = request.path.starts_with("/api/v1/appeals");
    response.set(
        "location", (from_portal ? "/api/v1/appeals/" : "/api/v1/tickets/") + receipt.ticket_no
    );
    return response;
}

}  // namespace hotline::api
