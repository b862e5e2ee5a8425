#include "integrations/redis/durability.hpp"

#include <array>
#include <string_view>

namespace hotline::redis {

namespace {

struct Setting {
    std::string_view name;
    std::string_view needed;
};

constexpr std::array<Setting, 4> needed_settings = {{
    {"appendonly", "yes"},
    {"appendfsync", "always"},
    {"no-appendfsync-on-rewrite", "no"},  // "yes" suspends durability while the file is rewritten
    {"maxmemory-policy", "noeviction"},   // any other may throw accepted appeals away
}};

}  // namespace

boost::asio::awaitable<Result<void>> check_durable_settings(Connection& connection) {
    std::vector<Command> commands;
    for (const Setting& setting : needed_settings) {
        commands.push_back(command_of("CONFIG", "GET", std::string(setting.name)));
    }
    const auto replies = co_await connection.pipeline(std::move(commands));
    if (!replies) co_return std::unexpected(replies.error());
    for (std::size_t i = 0; i < needed_settings.size(); ++i) {
        const auto& [name, needed] = needed_settings[i];
        const Reply& reply = (*replies)[i];
        if (reply.elements.size() != 2) {
            co_return fail(
                ErrorCode::internal, "redis does not tell " + std::string(name) + ": " + reply.text
            );
        }
        if (const std::string& found = reply.elements[1].text; found != needed) {
            co_return fail(
                ErrorCode::internal,
                "redis setting " + std::string(name) + " is \"" + found + "\", must be \"" +
                    std::string(needed) + "\""
            );
        }
    }
    co_return Result<void>{};
}

}  // namespace hotline::redis
