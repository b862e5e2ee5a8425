#pragma once

#include "integrations/mysql/call_store.hpp"
#include "ticketing/json_text.hpp"

namespace hotline::api {

// Adds "recording" (schema Recording) of a call that is over and was answered: what there is, or
// why there is none. For whoever may hear it (A18).
void add_recording(ticketing::JsonObject& out, const mysql::PhoneCall& call);

}  // namespace hotline::api
