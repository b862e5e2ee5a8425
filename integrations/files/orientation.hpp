#pragma once

#include <string_view>

namespace hotline::files {

// How a JPEG's pixels have to be turned to stand upright: Exif's 1 to 8, 1 when nothing is said.
// All else that stands in the metadata is never read.
int orientation_of_jpeg(std::string_view bytes);

}  // namespace hotline::files
