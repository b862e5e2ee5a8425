#pragma once

#include "server/config/settings.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace hotline::config {

// One setting: where it stands in the struct and what a number may be.
struct Declaration {
    std::string_view section;
    std::string_view key;
    std::variant<bool*, std::int64_t*, std::string*, std::vector<std::string>*> target;
    std::int64_t minimum = 0;
    std::int64_t maximum = 0;
};

// Every setting of `settings`, in the order of server/hotline.toml. The pointers live as long as it
// does.
std::vector<Declaration> declare(Settings& settings);

// HOTLINE_SERVER_PORT for [server] port, HOTLINE_NOTIFY_SMS_URL for [notify.sms] url.
std::string environment_name(const Declaration& declaration);

}  // namespace hotline::config
