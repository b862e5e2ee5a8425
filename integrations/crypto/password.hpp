#pragma once

#include "ticketing/errors.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace hotline::crypto {

// Cost of one argon2id (RFC 9106) hash. The default is above OWASP's floor of 19 MiB and two passes
// and takes 30 to 60 ms of one core. Changing it needs no migration: see needs_rehash().
struct PasswordCost {
    std::uint32_t passes = 3;
    std::uint32_t memory_kib = 32 * 1024;
};

// The PHC string "$argon2id$v=19$m=…,t=…,p=1$salt$hash": it carries its own version and cost.
// Blocks for the whole cost: call on a CPU pool. Fails with `internal` when memory is out.
Result<std::string> hash_password(std::string_view password, const PasswordCost& cost);

// True when the password made the hash. False for a malformed hash. As slow as hash_password().
bool verify_password(std::string_view password, const std::string& hash);

// True when the hash was made at another cost than `cost` and should be remade at this log-in.
bool needs_rehash(const std::string& hash, const PasswordCost& cost);

}  // namespace hotline::crypto
