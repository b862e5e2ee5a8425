#pragma once

#include "sla/names.hpp"

namespace hotline::ticketing {

// The names of an enum as they stand in the API and in the event log: one table per enum beside it,
// found by argument-dependent look-up of `names_of(E{})`.
template <class E, std::size_t N>
using NameTable = sla::NameTable<E, N>;

template <class E>
constexpr std::string_view name(E value) {
    return sla::word_of(value);
}

template <class E>
constexpr std::optional<E> from_name(std::string_view text) {
    return sla::value_of<E>(text);
}

}  // namespace hotline::ticketing
