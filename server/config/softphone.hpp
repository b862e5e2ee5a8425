#pragma once

#include "server/config/settings.hpp"

#include <string>
#include <string_view>

namespace hotline::config {

// What the passwords of telephones in browsers are made from.
inline std::string telephone_key_file(const SecretsSection& secrets) {
    return secrets.query_code_key_file + ".telephone";
}

// Where such a telephone signs in: the settings' address and its parts.
struct SoftphoneAddress {
    std::string url;     // empty: there are no such telephones
    std::string origin;  // "wss://host[:port]"
    std::string domain;  // the host alone
};

// `validation_failed` with a sentence: what is no address of the kind "wss://host[:port][/path]"
// would be one in nobody's browser, and must not get into a header.
Result<SoftphoneAddress> softphone_address(std::string_view url);

}  // namespace hotline::config
