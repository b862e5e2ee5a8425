#include "integrations/redis/commit_notices.hpp"

#include <algorithm>

namespace hotline::redis {

namespace {

constexpr std::string_view outcomes = "ceod";

std::string channel_of(std::string_view server_id) {
    return "commit:" + std::string(server_id);
}

}  // namespace

std::string encode_notices(const std::vector<CommitNotice>& notices) {
    std::string text;
    for (const auto& [ticket_no, outcome] : notices) {
        text += static_cast<char>(outcome);
        text += ticket_no;
        text += '\n';
    }
    return text;
}

std::vector<CommitNotice> decode_notices(std::string_view text) {
    std::vector<CommitNotice> notices;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        const auto line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.size() < 2 || !outcomes.contains(line[0])) continue;
        notices.push_back(
            CommitNotice{std::string(line.substr(1)), static_cast<CommitOutcome>(line[0])}
        );
    }
    return notices;
}

CommitNotices::CommitNotices(
    Connection& commands, Connection& subscriber, std::string own_id, OnNotices on_notices
)
    : commands_(commands) {
    subscriber.subscribe(channel_of(own_id), [call = std::move(on_notices)](std::string payload) {
        call(decode_notices(payload));
    });
}

boost::asio::awaitable<Result<void>> CommitNotices::tell(
    std::string server_id, std::vector<CommitNotice> notices
) {
    if (notices.empty()) co_return Result<void>{};
    auto reply = co_await commands_.command(
        command_of("PUBLISH", channel_of(server_id), encode_notices(notices))
    );
    if (reply) reply = unless_error(std::move(*reply));
    if (!reply) co_return std::unexpected(std::move(reply.error()));
    co_return Result<void>{};
}

}  // namespace hotline::redis
