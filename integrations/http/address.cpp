#include "integrations/http/address.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>

namespace hotline::http_client {

namespace ip = boost::asio::ip;

namespace {

struct Block {
    std::uint32_t first;
    int bits;
};

constexpr std::uint32_t v4(unsigned a, unsigned b, unsigned c = 0) {
    return (a << 24) | (b << 16) | (c << 8);
}

// Everything that is not globally reachable, and multicast.
constexpr Block special_v4[] = {
    {v4(0, 0), 8},           // this network
    {v4(10, 0), 8},          // private use
    {v4(100, 64), 10},       // shared by carriers
    {v4(127, 0), 8},         // loopback
    {v4(169, 254), 16},      // link local, cloud metadata
    {v4(172, 16), 12},       // private use
    {v4(192, 0, 0), 24},     // protocol assignments
    {v4(192, 0, 2), 24},     // documentation
    {v4(192, 88, 99), 24},   // 6to4 relays, retired
    {v4(192, 168), 16},      // private use
    {v4(198, 18), 15},       // benchmarks
    {v4(198, 51, 100), 24},  // documentation
    {v4(203, 0, 113), 24},   // documentation
    {v4(224, 0), 4},         // multicast
    {v4(240, 0), 4},         // reserved, broadcast
};

bool is_public_v4(std::uint32_t address) {
    return std::ranges::none_of(special_v4, [&](const Block& block) {
        return (address ^ block.first) >> (32 - block.bits) == 0;
    });
}

std::uint32_t word(const ip::address_v6::bytes_type& bytes, std::size_t at) {
    return (std::uint32_t{bytes[at]} << 24) | (std::uint32_t{bytes[at + 1]} << 16) |
           (std::uint32_t{bytes[at + 2]} << 8) | std::uint32_t{bytes[at + 3]};
}

bool is_public_v6(const ip::address_v6& address) {
    const auto bytes = address.to_bytes();
    const auto first = word(bytes, 0);
    // 64:ff9b::/96, how a network without IPv4 reaches it (RFC 6052): as public as what it names.
    if (first == 0x0064ff9b && word(bytes, 4) == 0 && word(bytes, 8) == 0) {
        return is_public_v4(word(bytes, 12));
    }
    // Only 2000::/3 is given out to hosts. This refuses ::1, ::, v4-mapped and v4-compatible
    // addresses, fc00::/7, fe80::/10, ff00::/8 and the local translation prefix 64:ff9b:1::/48.
    if (first >> 29 != 1) return false;
    if (first >> 9 == 0x20010000U >> 9) return false;  // 2001::/23: Teredo, ORCHID, benchmarks
    if (first == 0x20010db8) return false;             // documentation
    if (first >> 16 == 0x2002) return false;           // 6to4
    return first >> 12 != 0x3fff0;                     // documentation (RFC 9637)
}

}  // namespace

bool is_public(const ip::address& address) {
    return address.is_v4() ? is_public_v4(address.to_v4().to_uint())
                           : is_public_v6(address.to_v6());
}

}  // namespace hotline::http_client
