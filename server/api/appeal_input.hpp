#pragma once

#include "server/http/request.hpp"
#include "ticketing/errors.hpp"
#include "ticketing/types/appeal.hpp"

#include <cstddef>
#include <string>

namespace hotline::api {

// The longest body of a request with an appeal: 4 000 characters and their escapes.
inline constexpr std::size_t appeal_body = 64 * 1024;

// Which of the forms a body comes from; the agent's and the official's have more fields.
enum class AppealForm { portal, agent, visit };

// Body and Idempotency-Key → an appeal, shape only; ticketing::normalise checks the rules. All
// faults at once. The key is required: idempotency_key_missing.
Result<ticketing::Appeal> read_appeal(const http::Request& request, AppealForm form);

// The Idempotency-Key header, 8 to 200 printable ASCII characters.
Result<std::string> idempotency_key(const http::Request& request);

}  // namespace hotline::api
