#pragma once

#include "server/config/settings.hpp"

#include <string>

namespace hotline::config {

// What the keys of recordings are sealed under.
inline std::string recording_key_file(const SecretsSection& secrets) {
    return secrets.query_code_key_file + ".recording";
}

}  // namespace hotline::config
