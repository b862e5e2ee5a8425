#pragma once

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>

#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::http_client {

// Whether an address is of a private network: private use, shared by carriers, unique local (RFC
// 1918, 6598, 4193). Never this machine, a link, or what has no host of its own.
bool is_private(const boost::asio::ip::address& address);

// Systems of the own network that may be called although their addresses are not public. Only
// whoever runs the machine says so: it is read from the configuration file.
class Inside {
public:
    // Networks ("10.20.0.0/16"), addresses, names and ".suffixes". Err: the entry that is none, or
    // a network that is not private as a whole.
    static std::expected<Inside, std::string> parse(const std::vector<std::string>& entries);

    // Whether the server called `host` may be called at this address: the address is in one of the
    // networks, or the name is listed and the address is private.
    bool admits(const std::string& host, const boost::asio::ip::address& address) const;

private:
    std::vector<boost::asio::ip::network_v4> v4_;
    std::vector<boost::asio::ip::network_v6> v6_;
    std::vector<std::string> names_;
};

}  // namespace hotline::http_client
