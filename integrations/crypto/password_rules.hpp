#pragma once

#include "ticketing/errors.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::crypto {

// What a new password must satisfy. The defaults follow GB/T 22239-2019 8.1.4.1 (complexity and
// periodic change), which for a public body outweighs the advice against composition rules.
struct PasswordRules {
    std::size_t min_length = 10;   // characters, not bytes
    std::size_t max_bytes = 256;   // bounds the work, not the imagination
    int min_classes = 3;           // of: lower case, upper case, digits, everything else
    bool refuse_common = true;     // the built-in list of breached and guessable ones
    bool refuse_user_name = true;  // as a part, either case
};

// Every rule broken, each as an error of the field `field`; empty = good. Details are the machine
// words "classes", "common" and "user_name", or the limit for too_short and too_long.
std::vector<FieldError> check_password(
    std::string_view password,
    std::string_view user_name,
    const PasswordRules& rules,
    const std::string& field
);

// True for the passwords attackers try first, also behind capitals, look-alike digits ("P@ssw0rd")
// and a tail of digits or signs ("Password2026!").
bool is_common_password(std::string_view password);

}  // namespace hotline::crypto
