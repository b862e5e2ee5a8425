#include "integrations/mysql/packed_lists.hpp"

#include <array>
#include <charconv>
#include <cstdint>

namespace hotline::mysql {
namespace {

using Instant = ticketing::Instant;

// Up to two numbers of one element; the count says how many there were.
struct Element {
    std::array<std::int64_t, 2> numbers{};
    std::size_t count = 0;
};

std::vector<Element> elements(std::string_view text) {
    std::vector<Element> found;
    const char* at = text.data();
    const char* const end = at + text.size();
    Element element;
    while (at < end) {
        std::int64_t number = 0;
        const auto [next, error] = std::from_chars(at, end, number);
        if (error == std::errc{} && element.count < element.numbers.size()) {
            element.numbers[element.count++] = number;
        }
        at = next;
        if (at == end || *at == ',') {
            if (element.count > 0) found.push_back(element);
            element = {};
        }
        if (at < end) ++at;
    }
    return found;
}

std::int64_t milliseconds(Instant at) {
    return at.time_since_epoch().count();
}

Instant instant(std::int64_t value) {
    return Instant{std::chrono::milliseconds{value}};
}

// Joins what `element` makes of each value.
template <class T, class F>
std::string joined(const std::vector<T>& values, F element) {
    std::string out;
    for (const T& value : values) {
        if (!out.empty()) out += ',';
        out += element(value);
    }
    return out;
}

}  // namespace

std::string pack_units(const std::vector<ticketing::UnitId>& units) {
    return joined(units, [](ticketing::UnitId id) { return std::to_string(id.value); });
}

std::vector<ticketing::UnitId> unpack_units(std::string_view text) {
    std::vector<ticketing::UnitId> units;
    for (const Element& e : elements(text)) {
        units.push_back({static_cast<std::uint64_t>(e.numbers[0])});
    }
    return units;
}

std::string pack_attempts(const std::vector<ticketing::CallbackAttempt>& attempts) {
    return joined(attempts, [](const ticketing::CallbackAttempt& attempt) {
        return std::to_string(milliseconds(attempt.at)) + (attempt.reached ? ":1" : ":0");
    });
}

std::vector<ticketing::CallbackAttempt> unpack_attempts(std::string_view text) {
    std::vector<ticketing::CallbackAttempt> attempts;
    for (const Element& e : elements(text)) {
        attempts.push_back({instant(e.numbers[0]), e.numbers[1] != 0});
    }
    return attempts;
}

}  // namespace hotline::mysql
