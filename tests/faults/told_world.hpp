#pragma once

#include "tests/faults/world.hpp"
#include "tests/stand_ins/gateway_stand_in.hpp"
#include "tests/stand_ins/platform_stand_in.hpp"
#include "tests/stand_ins/push_stand_in.hpp"

#include <chrono>
#include <map>
#include <string>
#include <vector>

namespace hotline::test {

// A hotline and the foreign systems it tells people by: push service, 企业微信, SMS gateway. Every
// official has an account, a subscribed telephone and no quiet hours.
class ToldWorld {
    TemporaryFolder secrets_;

public:
    PushStandIn push;
    WecomStandIn wecom;
    GatewayStandIn sms;
    World world;
    std::map<std::string, std::string> endpoints;  // by account

    ToldWorld();

    // So many of a hundred requests fail from now on.
    void fall_sick(unsigned percent);
    // Leases and back-offs run down; as if that time had passed.
    void time_passes(std::chrono::seconds time) const;
    // Nobody answers; as if the minutes until the next channel had passed.
    void nobody_answers() const;
    // What was accepted has become notices.
    bool settled() const;
    std::size_t count(const std::string& sql) const;

private:
    std::string secret(const std::string& name, const std::string& text) const;
    std::vector<std::string> settings() const;
    void give_everybody_a_phone();
};

}  // namespace hotline::test
