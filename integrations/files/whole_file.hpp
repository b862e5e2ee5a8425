#pragma once

#include "integrations/files/descriptor.hpp"
#include "ticketing/errors.hpp"

#include <filesystem>
#include <string>
#include <string_view>

// Files that are read and written whole. Err: store_unavailable with path and reason.
namespace hotline::files {

Result<std::string> read_file(const std::filesystem::path& place);

// What an open file has, from where it stands; `place` is named in an error.
Result<std::string> read_opened(const Descriptor& file, const std::filesystem::path& place);

// A file that is not there yet, on disk when it returns; its folder is not synced.
Result<void> write_new(const std::filesystem::path& place, std::string_view bytes);

// All of it, to an open file; `place` is named in an error.
Result<void> write_all(
    const Descriptor& file, const std::filesystem::path& place, std::string_view bytes
);

// Written aside and renamed: who reads `place` finds the old bytes or the new ones, also after a
// crash. Folders that are missing are made.
Result<void> replace_file(const std::filesystem::path& place, std::string_view bytes);

}  // namespace hotline::files
