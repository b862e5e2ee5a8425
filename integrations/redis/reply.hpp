#pragma once

#include "ticketing/errors.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hotline::redis {

// One command: name and arguments, binary safe.
using Command = std::vector<std::string>;

// A command of its words. A function rather than braces, because g++ 12 cannot compile a braced
// list inside a co_await expression.
template <class... Words>
Command command_of(Words&&... words) {
    Command command;
    command.reserve(sizeof...(words));
    (command.emplace_back(std::forward<Words>(words)), ...);
    return command;
}

// What Redis answered (RESP2), owned by whoever holds it.
struct Reply {
    enum class Kind { nil, integer, string, status, error, array };

    Kind kind = Kind::nil;
    std::int64_t integer = 0;
    std::string text;             // string, status and error
    std::vector<Reply> elements;  // array

    bool is_nil() const { return kind == Kind::nil; }
    bool is_array() const { return kind == Kind::array; }
    bool is_text() const { return kind == Kind::string || kind == Kind::status; }
    // An error whose first word is `word` ("NOGROUP"); any error when `word` is empty.
    bool is_error(std::string_view word = {}) const;

    bool operator==(const Reply&) const = default;
};

// Turns an error reply into an Error and lets everything else pass:
// OOM → queue_full; LOADING, READONLY, MISCONF, NOREPLICAS … → store_unavailable (may be tried
// again); anything else → internal with Redis's own words in `detail`.
Result<Reply> unless_error(Reply reply);

}  // namespace hotline::redis
