#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

// Enums of this folder carry their stable words in a table `names_of(E{})`: pairs of value and
// word, found by argument-dependent look-up. The words stand in stored text and in the API.
namespace hotline::sla {

template <class E, std::size_t N>
using NameTable = std::array<std::pair<E, std::string_view>, N>;

// The stable word of `value`; "" for a number that is no value of the enum.
template <class E>
constexpr std::string_view word_of(E value) {
    for (const auto& [candidate, word] : names_of(E{})) {
        if (candidate == value) return word;
    }
    return {};
}

// The value called `word`; nothing for an unknown word. Case matters.
template <class E>
constexpr std::optional<E> value_of(std::string_view word) {
    for (const auto& [candidate, candidate_word] : names_of(E{})) {
        if (candidate_word == word) return candidate;
    }
    return std::nullopt;
}

}  // namespace hotline::sla
