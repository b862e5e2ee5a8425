#include "ticketing/similarity/signature.hpp"

#include <algorithm>
#include <cstring>
#include <limits>

namespace hotline::ticketing::similarity {
namespace {

struct Order {
    std::uint64_t factor = 1;
    std::uint64_t offset = 0;
};

// Mixes the bits of a counter (Vigna's splitmix64): the orders are fixed, and unlike one another.
constexpr std::uint64_t mixed(std::uint64_t n) {
    n = (n + 1) * 0x9E3779B97F4A7C15ULL;
    n = (n ^ (n >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    n = (n ^ (n >> 27U)) * 0x94D049BB133111EBULL;
    return n ^ (n >> 31U);
}

constexpr std::array<Order, signature_size> make_orders() {
    std::array<Order, signature_size> orders{};
    std::uint64_t n = 0;
    for (Order& order : orders) {
        order.factor = mixed(n++) | 1U;
        order.offset = mixed(n++);
    }
    return orders;
}

constexpr auto orders = make_orders();

}  // namespace

Signature signature_of(const Shingles& shingles) {
    std::array<std::uint32_t, signature_size> first{};
    first.fill(std::numeric_limits<std::uint32_t>::max());
    for (const std::uint64_t key : shingles.keys()) {
        for (std::size_t i = 0; i < signature_size; ++i) {
            const std::uint64_t place = key * orders[i].factor + orders[i].offset;
            first[i] = std::min(first[i], static_cast<std::uint32_t>(place >> 32U));
        }
    }
    Signature signature{};
    std::ranges::transform(first, signature.begin(), [](std::uint32_t place) {
        return static_cast<std::uint8_t>(place & 0xFFU);
    });
    return signature;
}

// Eight bytes at a time: a byte of the difference is zero where both agree.
unsigned agreements(const Signature& a, const Signature& b) {
    constexpr std::uint64_t low_bits = 0x7F7F7F7F7F7F7F7FULL;
    constexpr std::uint64_t ones = 0x0101010101010101ULL;
    std::uint64_t sums = 0;
    for (std::size_t at = 0; at < signature_size; at += sizeof(std::uint64_t)) {
        std::uint64_t x = 0;
        std::uint64_t y = 0;
        std::memcpy(&x, a.data() + at, sizeof x);
        std::memcpy(&y, b.data() + at, sizeof y);
        const std::uint64_t difference = x ^ y;
        const std::uint64_t different = ((difference & low_bits) + low_bits) | difference;
        sums += (~different >> 7U) & ones;
    }
    return static_cast<unsigned>((sums * ones) >> 56U);
}

double estimated(unsigned agreements) {
    constexpr double chance = 1.0 / 256;
    const double share = static_cast<double>(agreements) / signature_size;
    return std::max(0.0, (share - chance) / (1 - chance));
}

}  // namespace hotline::ticketing::similarity
