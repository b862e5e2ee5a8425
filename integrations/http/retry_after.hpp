#pragma once

#include "integrations/http/client.hpp"

#include <chrono>
#include <optional>

namespace hotline::http_client {

// How long an answer asks to wait: Retry-After in seconds or as a date (RFC 9110, section 10.2.3).
// Nothing when it does not say or says nonsense; a date gone by is no wait.
std::optional<std::chrono::seconds> retry_after(
    const Answer& answer, std::chrono::sys_time<std::chrono::seconds> now
);

}  // namespace hotline::http_client
