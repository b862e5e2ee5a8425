#pragma once

#include "integrations/notify/platform.hpp"

#include <cstdint>
#include <string>

namespace hotline::notify {

struct WecomSettings {
    std::string base_url = "https://qyapi.weixin.qq.com";
    std::string corp_id;
    std::string secret;  // of the application
    std::int64_t agent_id = 0;
};

// 企业微信: an application's text card to one member.
Platform wecom(const WecomSettings& settings);

}  // namespace hotline::notify
