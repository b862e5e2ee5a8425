#pragma once

#include <string>
#include <string_view>

namespace hotline::crypto {

// The code an enterprise needs beside the ticket number to see its progress: six characters of a
// 32-letter alphabet without 0, O, 1 and I (30 bits), derived from the number, so every server
// knows it without a look-up and the answer can be given before the ticket is stored. The number
// itself is no secret; guessing is bounded by the rate limits of the public look-up.
std::string query_code(std::string_view secret, std::string_view ticket_no);

// Takes what people type: either case, spaces and hyphens ignored. Constant time in the code.
bool query_code_matches(
    std::string_view secret, std::string_view ticket_no, std::string_view presented
);

}  // namespace hotline::crypto
