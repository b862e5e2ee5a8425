#pragma once

#include "tests/stand_ins/http_stand_in.hpp"

#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace hotline::test {

// An SMS or voice gateway as the default settings of [notify.sms] and [notify.voice] describe it:
// a bearer secret, JSON, and a code in the answer.
class GatewayStandIn {
public:
    static constexpr const char* secret = "the account's secret";

    GatewayStandIn();

    void forbid(const std::string& phone);  // a number that is none
    void limit(unsigned messages);          // to each number, from now on

    // What was taken, by number.
    std::map<std::string, std::vector<std::string>> taken() const;
    std::string url() const { return http_.url("/send"); }
    HttpStandIn& http() { return http_; }

private:
    Reply answer(const Seen& seen);
    Reply take(const std::string& phone, const std::string& body);

    mutable std::mutex mutex_;
    std::set<std::string> forbidden_;
    unsigned limit_ = ~0U;
    std::map<std::string, std::vector<std::string>> taken_;
    HttpStandIn http_;
};

}  // namespace hotline::test
