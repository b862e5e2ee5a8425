#pragma once

#include <boost/asio/ip/address.hpp>

namespace hotline::http_client {

// Whether an address is a host's on the public internet, and so safe to call on a stranger's word:
// not this machine, a private network, a link, a multicast group, nor an address that leads to one
// of them in disguise. After the IANA special-purpose address registries (RFC 6890 and its
// updates).
bool is_public(const boost::asio::ip::address& address);

}  // namespace hotline::http_client
