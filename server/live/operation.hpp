#pragma once

#include "server/live/presence.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::live {

enum class Op { subscribe, unsubscribe, at, ping };

// What a client may say.
struct Operation {
    Op op = Op::ping;
    std::vector<std::string> topics;
    std::optional<std::string> since;
    bool lines = false;          // subscribe: takes several events in one message, one a line
    std::optional<Place> place;  // Op::at: nothing, nowhere any more
};

// Nothing for anything that is not exactly such an operation: other JSON, unknown ops, more than 64
// topics, topics, ids or tickets of 0 or over 128 bytes. Unknown members are ignored.
std::optional<Operation> parse_operation(std::string_view text);

}  // namespace hotline::live
