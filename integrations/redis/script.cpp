#include "integrations/redis/script.hpp"

#include <iterator>

namespace hotline::redis {

namespace {

Command call(
    std::string_view verb,
    std::string_view what,
    const std::vector<std::string>& keys,
    const std::vector<std::string>& arguments
) {
    Command command;
    command.reserve(3 + keys.size() + arguments.size());
    command.emplace_back(verb);
    command.emplace_back(what);
    command.push_back(std::to_string(keys.size()));
    command.insert(command.end(), keys.begin(), keys.end());
    command.insert(command.end(), arguments.begin(), arguments.end());
    return command;
}

}  // namespace

boost::asio::awaitable<Result<std::vector<Reply>>> run_script(
    Connection& connection,
    const Script& script,
    std::vector<std::string> keys,
    std::vector<std::string> arguments,
    std::vector<Command> then
) {
    for (const bool known : {true, false}) {
        std::vector<Command> commands;
        commands.push_back(
            known ? call("EVALSHA", script.sha, keys, arguments)
                  : call("EVAL", script.text, keys, arguments)
        );
        commands.insert(commands.end(), then.begin(), then.end());
        auto replies = co_await connection.pipeline(std::move(commands));
        if (!replies) co_return std::unexpected(std::move(replies.error()));
        if (known && replies->front().is_error("NOSCRIPT")) continue;
        auto first = unless_error(std::move(replies->front()));
        if (!first) co_return std::unexpected(std::move(first.error()));
        replies->front() = std::move(*first);
        co_return std::move(*replies);
    }
    co_return fail(ErrorCode::internal, "script neither known nor accepted");
}

}  // namespace hotline::redis
