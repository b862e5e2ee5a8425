#pragma once

#include "server/cli/call_platform.hpp"
#include "server/cli/replay_file.hpp"
#include "server/cli/replay_people.hpp"
#include "ticketing/types/enterprise.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace hotline::cli {

// The three ways an appeal of a replay comes in, in turn: the portal without an account, a
// telephone call taken by an agent, an official's visit. They say what was said and who said it,
// nothing of what is expected.
class Senders {
public:
    // Logs the agent, the official and the administrator in; the latter makes a token for call
    // events.
    static Result<Senders> ready(
        std::string_view url, const std::map<std::string, std::string>& passwords
    );

    // The ticket number.
    Result<std::string> send(
        std::size_t n,
        const ReplayAppeal& appeal,
        const std::optional<ticketing::Enterprise>& enterprise
    );

    // Revokes the token.
    void dismiss();

private:
    Senders(
        HttpClient stranger, CallPlatform platform, Person agent, Person official, Person admin
    );

    Result<void> call_event(const std::string& call, std::string_view type, std::string_view phone);
    Result<std::string> by_portal(const boost::json::object& body, const std::string& key);
    Result<std::string> by_call(
        boost::json::object body, const std::string& key, std::string_view phone
    );

    HttpClient stranger_;  // the portal needs no log-in
    CallPlatform platform_;
    Person agent_;
    Person official_;
    Person admin_;
    std::string run_;  // of this replay: keys and call ids of two never meet
    int sequence_ = 0;
};

}  // namespace hotline::cli
