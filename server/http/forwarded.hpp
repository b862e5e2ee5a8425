#pragma once

#include "server/http/framing.hpp"
#include "ticketing/errors.hpp"

#include <boost/asio/ip/address.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::http {

// Addresses and CIDR blocks, v4 and v6. An IPv4-mapped IPv6 address counts as the IPv4 one.
class AddressSet {
public:
    // Err: invalid_format with the offending entry as detail.
    static Result<AddressSet> parse(const std::vector<std::string>& entries);

    bool contains(const boost::asio::ip::address& address) const;

private:
    struct Block {
        boost::asio::ip::address_v6::bytes_type prefix{};
        unsigned bits = 128;
    };
    static std::optional<Block> parse_block(std::string_view entry);

    std::vector<Block> blocks_;
};

// Where a request really came from.
struct Origin {
    std::string address;  // no port; IPv4-mapped addresses in IPv4 form
    bool secure = false;
    std::string request_id;  // empty: make one
};

std::string address_text(const boost::asio::ip::address& address);

// Behind a trusted proxy: the right-most X-Forwarded-For entry that is not itself a trusted proxy
// (an entry that is no address ends the search), X-Forwarded-Proto, and X-Request-Id when it is 1
// to 64 characters of [A-Za-z0-9._-]. Anybody else's headers are ignored: call it for trusted peers
// only.
Origin forwarded_origin(
    const AddressSet& proxies,
    const boost::asio::ip::address& peer,
    bool secure,
    const std::vector<RawField>& fields
);

}  // namespace hotline::http
