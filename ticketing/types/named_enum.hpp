#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

namespace hotline::ticketing {

// The names of an enum as they stand in the API and in the event log. One table gives both
// directions; `names_of(E{})` is found by argument-dependent look-up beside each enum.
template <class E, std::size_t N>
using NameTable = std::array<std::pair<E, std::string_view>, N>;

template <class E>
constexpr std::string_view name(E value) {
    for (const auto& [candidate, text] : names_of(E{})) {
        if (candidate == value) return text;
    }
    return {};
}

template <class E>
constexpr std::optional<E> from_name(std::string_view text) {
    for (const auto& [candidate, candidate_text] : names_of(E{})) {
        if (candidate_text == text) return candidate;
    }
    return std::nullopt;
}

}  // namespace hotline::ticketing
