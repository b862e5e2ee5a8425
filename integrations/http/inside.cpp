#include "integrations/http/inside.hpp"

#include "integrations/http/url.hpp"

#include <algorithm>
#include <array>

namespace hotline::http_client {

namespace ip = boost::asio::ip;

namespace {

using V4 = ip::network_v4;
using V6 = ip::network_v6;

const std::array<V4, 4>& private_v4() {
    static const std::array<V4, 4> networks{
        ip::make_network_v4("10.0.0.0/8"),
        ip::make_network_v4("172.16.0.0/12"),
        ip::make_network_v4("192.168.0.0/16"),
        ip::make_network_v4("100.64.0.0/10"),
    };
    return networks;
}

const V6& unique_local() {
    static const V6 network = ip::make_network_v6("fc00::/7");
    return network;
}

bool within(const V4& outer, const V4& inner) {
    return inner.prefix_length() >= outer.prefix_length() &&
           V4(inner.address(), outer.prefix_length()).network() == outer.network();
}

bool within(const V6& outer, const V6& inner) {
    return inner.prefix_length() >= outer.prefix_length() &&
           V6(inner.address(), outer.prefix_length()).network() == outer.network();
}

bool is_private(const V4& network) {
    return std::ranges::any_of(private_v4(), [&](const V4& one) { return within(one, network); });
}

bool is_private(const V6& network) {
    return within(unique_local(), network);
}

// A name as parse_url() leaves one; digits and dots alone are an address that was mistyped.
bool is_name(const std::string& entry) {
    const std::string host = entry.starts_with('.') ? entry.substr(1) : entry;
    const auto url = parse_url("https://" + host);
    return url && url->host.size() == host.size() &&
           host.find_first_not_of("0123456789.") != std::string::npos;
}

// A network, or an address as the network of it alone.
template <class Network>
bool take(std::vector<Network>& into, const Network& network) {
    if (!is_private(network)) return false;
    into.push_back(network);
    return true;
}

}  // namespace

bool is_private(const ip::address& address) {
    return address.is_v4() ? is_private(V4(address.to_v4(), 32))
                           : is_private(V6(address.to_v6(), 128));
}

std::expected<Inside, std::string> Inside::parse(const std::vector<std::string>& entries) {
    Inside inside;
    for (const std::string& entry : entries) {
        boost::system::error_code none;
        bool taken = false;
        if (const auto address = ip::make_address(entry, none); !none) {
            taken = address.is_v4() ? take(inside.v4_, V4(address.to_v4(), 32))
                                    : take(inside.v6_, V6(address.to_v6(), 128));
        } else if (const auto v4 = ip::make_network_v4(entry, none); !none) {
            taken = take(inside.v4_, v4);
        } else if (const auto v6 = ip::make_network_v6(entry, none); !none) {
            taken = take(inside.v6_, v6);
        } else if (is_name(entry)) {
            inside.names_.push_back(entry);
            taken = true;
        }
        if (!taken) return std::unexpected(entry);
    }
    return inside;
}

bool Inside::admits(const std::string& host, const ip::address& address) const {
    if (!names_.empty() && host_admitted(names_, host) && is_private(address)) return true;
    if (address.is_v4()) {
        const V4 one(address.to_v4(), 32);
        return std::ranges::any_of(v4_, [&](const V4& network) { return within(network, one); });
    }
    const V6 one(address.to_v6(), 128);
    return std::ranges::any_of(v6_, [&](const V6& network) { return within(network, one); });
}

}  // namespace hotline::http_client
