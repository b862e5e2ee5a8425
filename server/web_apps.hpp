#pragma once

#include "server/config/settings.hpp"
#include "server/http/static_files.hpp"
#include "ticketing/errors.hpp"

#include <optional>

namespace hotline {

// The five web apps; nothing without a build of them: the API alone is served then. internal: the
// build is not whole.
Result<std::optional<http::StaticFiles>> web_apps(const config::Settings& settings);

}  // namespace hotline
