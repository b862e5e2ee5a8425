#pragma once

#include "integrations/mysql/pool.hpp"
#include "server/http/request.hpp"
#include "server/http/response.hpp"

#include <boost/asio/awaitable.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>

namespace hotline::auth {

// The small letters and digits of a UUID.
bool is_device_id(std::string_view text);
// X-Device, when it has the shape of one.
std::optional<std::string> device_of(const http::Request& request);

// L10: devices that were wiped, so that whatever they send is answered with it, whoever is logged
// in there. What another server wiped is known within a second. Event loop's thread only.
class WipedDevices {
public:
    explicit WipedDevices(mysql::Pool& pool) : pool_(pool) {}

    // 401 with the problem type /problems/device-wiped for a wiped device.
    std::optional<http::Response> refusal(const http::Request& request) const;

    void add(const std::string& id) { ids_.insert(id); }
    bool has(const std::string& id) const { return ids_.contains(id); }
    bool nothing() const { return ids_.empty(); }

    boost::asio::awaitable<void> run();

private:
    mysql::Pool& pool_;
    std::unordered_set<std::string> ids_;
};

}  // namespace hotline::auth
