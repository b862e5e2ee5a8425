#pragma once

#include "integrations/files/file_type.hpp"

#include <optional>
#include <string_view>

// The formats that are told apart only by what stands inside: archives and media containers.
namespace hotline::files {

// A whole archive, from the first byte to the last, that holds an office document.
Checked<Format> format_of_zip(std::string_view bytes);

// ISO base media ("....ftyp") with sound and no moving pictures.
Checked<Format> format_of_mp4(std::string_view bytes);

// Matroska's web profile with sound only.
Checked<Format> format_of_webm(std::string_view bytes);

}  // namespace hotline::files
