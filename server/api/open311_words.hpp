#pragma once

#include "integrations/open311/refusal.hpp"
#include "ticketing/errors.hpp"

#include <string>
#include <string_view>

namespace hotline::api {

// What Open311's answers say in words, in both languages.

// `what` names the fault: resource, jurisdiction, service, request, token, form, no_key, wrong_key,
// often, away.
open311::Refusal open311_refusal(int status, std::string_view what, bool english);

// What the rules of intake or the desk refused: one sentence for each field, named as GeoReport
// names it.
open311::Refusal open311_refusal(const Error& error, bool english);

// service_notice: how whoever filed it may follow it.
std::string open311_notice(std::string_view query_code, bool english);
std::string open311_key_service(bool english);

}  // namespace hotline::api
