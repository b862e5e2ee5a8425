#include "server/api/reveal_wish.hpp"

#include "server/api/dto.hpp"
#include "server/auth/query_guard.hpp"
#include "ticketing/json_text.hpp"
#include "ticketing/masking.hpp"
#include "ticketing/text.hpp"

#include <algorithm>

namespace hotline::api {
namespace {

constexpr int reveals_per_hour = 30;

std::string listed(std::span<const std::string_view> names) {
    std::string text;
    for (const auto one : names) {
        if (!text.empty()) text += ", ";
        text += one;
    }
    return text;
}

}  // namespace

std::string RevealWish::detail() const {
    ticketing::JsonObject out;
    return out.text("field", field).text("reason", ticketing::masked_text(reason)).str();
}

Result<RevealWish> read_wish(
    const http::Request& request, std::span<const std::string_view> fields_known
) {
    const auto body = parse_object(request);
    if (!body) return std::unexpected(body.error());
    std::vector<FieldError> errors;
    Fields fields(*body, errors);
    RevealWish wish;
    wish.field = fields.required_text("field", {.min = 1, .max = 40});
    wish.reason = ticketing::tidied(fields.required_text("reason", {.min = 2, .max = 200}));
    const bool known = std::ranges::find(fields_known, wish.field) != fields_known.end();
    if (!wish.field.empty() && !known) {
        fields.note("field", ErrorCode::not_in_list, listed(fields_known));
    }
    fields.refuse_others();
    if (auto refused = refusal(std::move(errors))) return std::unexpected(std::move(*refused));
    return wish;
}

boost::asio::awaitable<Result<void>> take_reveal(redis::Limits& limits, ticketing::UserId user) {
    using namespace std::chrono_literals;
    std::string key = "reveal:" + std::to_string(user.value);
    const auto taken = co_await limits.take(std::move(key), reveals_per_hour, 1h);
    if (!taken.allowed) co_return fail(ErrorCode::rate_limited, std::to_string(taken.wait.count()));
    co_return Result<void>{};
}

}  // namespace hotline::api
