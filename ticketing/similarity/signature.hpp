#pragma once

#include "ticketing/similarity/shingles.hpp"

#include <array>
#include <cstdint>

namespace hotline::ticketing::similarity {

// A text in 48 bytes: of each of 48 orders of all pairs, the low byte of the text's first one (D3).
// Not persisted: made anew at every start.
inline constexpr std::size_t signature_size = 48;
using Signature = std::array<std::uint8_t, signature_size>;

Signature signature_of(const Shingles& shingles);

// At how many places two signatures agree.
unsigned agreements(const Signature& a, const Signature& b);

// The Jaccard likeness that so many agreements speak for, chance agreements taken off.
double estimated(unsigned agreements);

}  // namespace hotline::ticketing::similarity
