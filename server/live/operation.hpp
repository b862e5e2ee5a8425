#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::live {

enum class Op { subscribe, unsubscribe, ping };

// What a client may say.
struct Operation {
    Op op = Op::ping;
    std::vector<std::string> topics;
    std::optional<std::string> since;
};

// Nothing for anything that is not exactly such an operation: other JSON, unknown ops, more than 64
// topics, topics or ids of 0 or over 128 bytes. Unknown members are ignored.
std::optional<Operation> parse_operation(std::string_view text);

}  // namespace hotline::live
