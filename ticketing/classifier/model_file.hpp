#pragma once

#include "ticketing/classifier/model.hpp"
#include "ticketing/errors.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::ticketing::classifier {

// The bytes of a model file (README.md, "The file"); the same models give the same bytes.
std::string to_bytes(std::span<const Model> models);

// Fails with invalid_format and a sentence about what is wrong: no model file, another version, cut
// off, damaged. A file that passes its checksum is still read with every bound checked.
Result<std::vector<Model>> from_bytes(std::string_view bytes);

}  // namespace hotline::ticketing::classifier
