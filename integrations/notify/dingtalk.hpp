#pragma once

#include "integrations/notify/platform.hpp"

#include <cstdint>
#include <string>

namespace hotline::notify {

struct DingtalkSettings {
    std::string base_url = "https://oapi.dingtalk.com";
    std::string app_key;
    std::string app_secret;
    std::int64_t agent_id = 0;
};

// 钉钉: a work notice (工作通知), an action card to one member.
Platform dingtalk(const DingtalkSettings& settings);

}  // namespace hotline::notify
