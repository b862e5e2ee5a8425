#pragma once

#include "tests/stand_ins/http_stand_in.hpp"

#include <deque>
#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace hotline::test {

// What 企业微信 and 钉钉 have in common: a token for a secret, and errcode in each answer.
class PlatformStandIn {
public:
    // The token given out so far is taken for expired from now on.
    void expire_token();
    // The next message is answered with this errcode instead of its own; several queue up.
    void fail_next(long errcode);
    void admit(const std::string& member);

    unsigned tokens_fetched() const;
    // The bodies of the messages that were taken, in order.
    std::vector<std::string> messages() const;
    std::string base_url() const { return http_.url(); }
    HttpStandIn& http() { return http_; }

protected:
    PlatformStandIn();
    virtual ~PlatformStandIn() = default;

    virtual Reply answer(const Seen& seen) = 0;
    Reply grant(bool secret_is_right, long errcode_if_not);
    bool holds_token(const Seen& seen) const;
    // Takes the message, unless it is to fail.
    long take(const Seen& seen);
    bool is_member(const std::string& member) const;

    static Reply error(long errcode, const std::string& message);

private:
    mutable std::mutex mutex_;
    unsigned tokens_ = 0;
    bool expired_ = false;
    std::deque<long> failures_;
    std::set<std::string> members_;
    std::vector<std::string> messages_;
    HttpStandIn http_;  // last: it asks the others
};

// developer.work.weixin.qq.com: gettoken, message/send.
class WecomStandIn : public PlatformStandIn {
public:
    static constexpr const char* corp_id = "ww0123456789abcdef";
    static constexpr const char* secret = "the application's secret";
    static constexpr std::int64_t agent_id = 1000002;

private:
    Reply answer(const Seen& seen) override;
    Reply send(const Seen& seen);
};

// open.dingtalk.com: gettoken, topapi/message/corpconversation/asyncsend_v2.
class DingtalkStandIn : public PlatformStandIn {
public:
    static constexpr const char* app_key = "dingabcdef0123456789";
    static constexpr const char* app_secret = "the application's secret";
    static constexpr std::int64_t agent_id = 987654321;

private:
    Reply answer(const Seen& seen) override;
    Reply send(const Seen& seen);
};

}  // namespace hotline::test
