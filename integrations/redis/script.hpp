#pragma once

#include "integrations/redis/connection.hpp"

#include <boost/asio/awaitable.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace hotline::redis {

// A Lua script embedded at build time from the .lua file of the same name, with its SHA-1.
struct Script {
    std::string_view sha;
    std::string_view text;
};

extern const Script acknowledge_script;
extern const Script append_script;
extern const Script reinject_script;
extern const Script take_script;

// EVALSHA; with the text once more when this Redis does not know the script yet. `then` goes out
// right behind it in the same pipeline (WAIT). Gives the script's reply and those of `then`.
boost::asio::awaitable<Result<std::vector<Reply>>> run_script(
    Connection& connection,
    const Script& script,
    std::vector<std::string> keys,
    std::vector<std::string> arguments,
    std::vector<Command> then = {}
);

}  // namespace hotline::redis
