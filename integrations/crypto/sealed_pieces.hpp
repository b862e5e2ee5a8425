#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hotline::crypto {

// Something long at rest, encrypted and authenticated in pieces (XChaCha20-Poly1305), so that any
// part of it can be read without the rest. Each has a key of its own, which makes the number of a
// piece its nonce: a piece at another's place, a missing or another last one is refused.
inline constexpr std::size_t piece_bytes = 64UZ * 1024;  // in clear; the last may be shorter
inline constexpr std::size_t piece_mark_bytes = 16;

std::string seal_piece(
    std::string_view key, std::uint64_t number, bool last, std::string_view clear
);
// Nothing when it was not sealed by this key as this piece, or was altered.
std::optional<std::string> open_piece(
    std::string_view key, std::uint64_t number, bool last, std::string_view sealed
);

// How many pieces so many bytes are, at least one, and how long they are sealed.
std::uint64_t pieces_of(std::uint64_t bytes);
std::uint64_t sealed_size(std::uint64_t bytes);

}  // namespace hotline::crypto
