#pragma once

#include <string>
#include <string_view>

namespace hotline::ticketing {

// The name an attachment is shown and handed out under: what stands behind the last slash of the
// given one, without control characters, marks that turn the direction of writing, invisible ones,
// and what some system forbids; sixty characters at most; with the extension of what was found
// (".jpg"). "" or nothing usable: "file".
std::string tidy_file_name(std::string_view given, std::string_view extension);

}  // namespace hotline::ticketing
