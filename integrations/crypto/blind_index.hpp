#pragma once

#include "ticketing/errors.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace hotline::crypto {

// Stands for a number in an index that is not to hold it: the first sixteen bytes of an
// HMAC-SHA-256. Without the key nobody can try all numbers against the index; with 2^64 tries two
// numbers would meet, and who finds a ticket looks at its own number as well.
class BlindIndex {
public:
    static Result<BlindIndex> open(const std::filesystem::path& key_file);
    explicit BlindIndex(std::string key);

    // `kind` keeps equal digits of different meaning apart.
    std::string key_of(std::string_view kind, std::string_view number) const;

    // Tells one key from another and nothing else of it; 32 hexadecimal digits.
    const std::string& edition() const { return edition_; }

private:
    std::string key_;
    std::string edition_;
};

}  // namespace hotline::crypto
