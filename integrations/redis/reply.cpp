#include "integrations/redis/reply.hpp"

#include <algorithm>
#include <array>

namespace hotline::redis {

namespace {

std::string_view first_word(std::string_view text) {
    return text.substr(0, text.find(' '));
}

// Answers which say "not now" rather than "not like this".
constexpr std::array<std::string_view, 10> passing = {
    "LOADING",
    "READONLY",
    "MISCONF",
    "NOREPLICAS",
    "MASTERDOWN",
    "CLUSTERDOWN",
    "BUSY",
    "TRYAGAIN",
    "UNBLOCKED",
    "NOAUTH",
};

}  // namespace

bool Reply::is_error(std::string_view word) const {
    return kind == Kind::error && (word.empty() || first_word(text) == word);
}

Result<Reply> unless_error(Reply reply) {
    if (!reply.is_error()) return reply;
    if (reply.is_error("OOM")) return fail(ErrorCode::queue_full, std::move(reply.text));
    if (std::ranges::find(passing, first_word(reply.text)) != passing.end()) {
        return fail(ErrorCode::store_unavailable, std::move(reply.text));
    }
    return fail(ErrorCode::internal, std::move(reply.text));
}

}  // namespace hotline::redis
