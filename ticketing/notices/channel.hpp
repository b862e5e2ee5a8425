#pragma once

#include "ticketing/types/named_enum.hpp"

namespace hotline::ticketing::notices {

// By what a receiver is reached, the quickest first. Persisted numbers: never renumber.
enum class Channel {
    live = 1,      // an open page
    web_push = 2,  // RFC 8030, UnifiedPush as well
    wecom = 3,     // 企业微信
    dingtalk = 4,  // 钉钉
    sms = 5,
    email = 6,
    voice = 7,
};

constexpr auto names_of(Channel) {
    return NameTable<Channel, 7>{{
        {Channel::live, "live"},
        {Channel::web_push, "web_push"},
        {Channel::wecom, "wecom"},
        {Channel::dingtalk, "dingtalk"},
        {Channel::sms, "sms"},
        {Channel::email, "email"},
        {Channel::voice, "voice"},
    }};
}

}  // namespace hotline::ticketing::notices
