#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace hotline::crypto {

// By what a telephone signs in at our exchange: 24 characters (144 bits) made from our own key,
// whose telephone it is and which number it has; nobody has to store it. Another `serial` is
// another password.
std::string telephone_password(
    std::string_view key, std::uint64_t account, std::string_view extension, std::uint32_t serial
);

}  // namespace hotline::crypto
