#pragma once

#include "ticketing/types/event.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace hotline::ticketing {

// The hash is a parameter so that the core links no library; the server passes SM3 (GB/T 32905).
using HashFunction = Digest (*)(std::span<const std::uint8_t> bytes);

// C1: the bytes an event is hashed over: the previous hash, then every field in the order of the
// struct, integers as eight bytes big-endian, texts with their length before them. Two different
// events never have the same bytes.
std::string canonical_bytes(const Event& event);

// C2: fills `previous` and `hash`. `previous` of the first event (seq 1) is all zero.
void seal(Event& event, const Digest& previous, HashFunction hash);

// C3: the first seq at which the chain is broken (gap, foreign ticket, wrong previous, wrong hash),
// or nothing.
std::optional<std::uint32_t> first_broken(std::span<const Event> events, HashFunction hash);

}  // namespace hotline::ticketing
