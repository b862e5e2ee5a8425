#include "server/auth/query_guard.hpp"

#include "integrations/crypto/code.hpp"
#include "ticketing/ticket_number.hpp"

namespace hotline::auth {
namespace {

using namespace std::chrono_literals;
using SteadyClock = std::chrono::steady_clock;

constexpr int wrong_codes_per_hour = 5;
constexpr int questions_per_minute = 60;
constexpr std::size_t closed_at_most = 100'000;

}  // namespace

QueryGuard::QueryGuard(redis::Limits& limits, std::string secret)
    : limits_(limits), secret_(std::move(secret)) {}

boost::asio::awaitable<Result<void>> QueryGuard::admit(
    std::string ticket_no, std::string code, std::string address
) {
    const auto asked = co_await limits_.take("query:" + address, questions_per_minute, 1min);
    if (!asked.allowed) {
        co_return fail(ErrorCode::rate_limited, std::to_string(asked.wait.count()));
    }
    if (const auto wait = closed_for(ticket_no)) {
        co_return fail(ErrorCode::rate_limited, std::to_string(wait->count()));
    }
    const bool well_formed = ticketing::parse_ticket_number(ticket_no).has_value();
    const bool right = crypto::query_code_matches(secret_, ticket_no, code);
    if (well_formed && right) co_return Result<void>();
    const auto wrong = co_await limits_.take("code:" + ticket_no, wrong_codes_per_hour, 1h);
    if (!wrong.allowed) {
        close(ticket_no, wrong.wait);
        co_return fail(ErrorCode::rate_limited, std::to_string(wrong.wait.count()));
    }
    co_return fail(ErrorCode::wrong_query_code);
}

std::optional<std::chrono::seconds> QueryGuard::closed_for(const std::string& ticket_no) {
    const auto found = closed_.find(ticket_no);
    if (found == closed_.end()) return std::nullopt;
    const auto now = SteadyClock::now();
    if (now < found->second) return std::chrono::ceil<std::chrono::seconds>(found->second - now);
    closed_.erase(found);
    return std::nullopt;
}

void QueryGuard::close(const std::string& ticket_no, std::chrono::seconds wait) {
    const auto now = SteadyClock::now();
    if (closed_.size() >= closed_at_most) {
        std::erase_if(closed_, [now](const auto& entry) { return entry.second <= now; });
    }
    // Someone is closing numbers wholesale; the limit per address already holds him.
    if (closed_.size() < closed_at_most) closed_[ticket_no] = now + wait;
}

}  // namespace hotline::auth
