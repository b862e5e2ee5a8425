#pragma once

#include "ticketing/errors.hpp"

#include <filesystem>
#include <functional>
#include <string>

namespace hotline::crypto {

// The content of a secret file, made by `make` when it is not there yet. The file gets mode 0600,
// is complete and fsynced before it appears under its name, and of two servers starting at once
// both end up with the same content. Fails with `internal` (detail: path and reason) when it
// cannot be made, is empty, or when others than its owner may read it.
Result<std::string> load_or_create_key_file(
    const std::filesystem::path& path, const std::function<Result<std::string>()>& make
);

// A random 256-bit secret as 64 hexadecimal digits, kept in such a file (query codes, live
// tickets).
Result<std::string> load_or_create_secret(const std::filesystem::path& path);

}  // namespace hotline::crypto
