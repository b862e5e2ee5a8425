#include "integrations/redis/live_bus.hpp"

#include "integrations/redis/stream_replies.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <utility>

namespace hotline::redis {

namespace asio = boost::asio;
using asio::awaitable;
using std::chrono::milliseconds;

namespace {

constexpr milliseconds block{2000};
constexpr milliseconds pause_after_error{100};
constexpr int read_count = 500;

LiveMessage message_of(RawEntry raw) {
    LiveMessage message{.id = std::move(raw.id), .topic = {}, .json = {}};
    for (auto& [field, value] : raw.fields) {
        if (field == "t") message.topic = std::move(value);
        if (field == "j") message.json = std::move(value);
    }
    return message;
}

std::vector<LiveMessage> messages_of(std::vector<RawEntry> raw) {
    std::vector<LiveMessage> messages;
    messages.reserve(raw.size());
    for (RawEntry& entry : raw) messages.push_back(message_of(std::move(entry)));
    return messages;
}

StreamId id_or_zero(const Reply* reply) {
    if (!reply) return {};
    return parse_stream_id(reply->text).value_or(StreamId{});
}

}  // namespace

bool is_gone(StreamId since, const FeedBounds& bounds) {
    if (since > bounds.last) return true;  // of a feed that was lost
    const bool dropped_some = bounds.added > bounds.length;
    return dropped_some && (bounds.length == 0 ? since < bounds.last : since < bounds.first);
}

LiveBus::LiveBus(
    Connection& commands, Connection& reader, std::string stream, std::uint64_t retained
)
    : commands_(commands), reader_(reader), stream_(std::move(stream)), retained_(retained) {}

awaitable<Result<std::vector<std::string>>> LiveBus::publish(std::vector<LiveMessage> messages) {
    std::vector<Command> commands;
    commands.reserve(messages.size());
    for (LiveMessage& message : messages) {
        Command command =
            command_of("XADD", stream_, "MAXLEN", "~", std::to_string(retained_), "*", "t");
        command.push_back(std::move(message.topic));
        command.emplace_back("j");
        command.push_back(std::move(message.json));
        commands.push_back(std::move(command));
    }
    auto replies = co_await commands_.pipeline(std::move(commands));
    if (!replies) co_return std::unexpected(std::move(replies.error()));
    std::vector<std::string> ids;
    ids.reserve(replies->size());
    for (Reply& reply : *replies) {
        auto id = unless_error(std::move(reply));
        if (!id) co_return std::unexpected(std::move(id.error()));
        ids.push_back(std::move(id->text));
    }
    co_return ids;
}

awaitable<Result<FeedBounds>> LiveBus::bounds(Connection& connection) {
    auto reply = co_await connection.command(command_of("XINFO", "STREAM", stream_));
    if (!reply) co_return std::unexpected(std::move(reply.error()));
    if (reply->is_error("ERR")) co_return FeedBounds{};  // nothing published yet
    if (auto good = unless_error(*reply); !good) co_return std::unexpected(good.error());
    FeedBounds found;
    const Reply* first = value_of(*reply, "first-entry");
    if (first && !first->elements.empty()) found.first = id_or_zero(&first->elements[0]);
    found.last = id_or_zero(value_of(*reply, "last-generated-id"));
    const Reply* added = value_of(*reply, "entries-added");
    const Reply* length = value_of(*reply, "length");
    if (added) found.added = static_cast<std::uint64_t>(added->integer);
    if (length) found.length = static_cast<std::uint64_t>(length->integer);
    co_return found;
}

awaitable<Result<std::vector<LiveMessage>>> LiveBus::read_after(std::string since) {
    Command command = command_of("XREAD", "COUNT", std::to_string(read_count), "BLOCK");
    command.push_back(std::to_string(block.count()));
    command.emplace_back("STREAMS");
    command.push_back(stream_);
    command.push_back(std::move(since));
    const auto deadline = block + reader_.settings().command_deadline;
    auto reply = co_await reader_.command(std::move(command), deadline);
    if (reply) reply = unless_error(std::move(*reply));
    if (!reply) co_return std::unexpected(std::move(reply.error()));
    auto entries = read_entries(*reply);
    if (!entries) co_return std::unexpected(std::move(entries.error()));
    co_return messages_of(std::move(*entries));
}

// After each handshake: is the place still in the feed? The first time it becomes the feed's
// present end, as an id: "$" again and again would lose what comes between two reads.
awaitable<bool> LiveBus::resume() {
    if (!co_await reader_.wait_available(block)) co_return false;
    const auto handshake = reader_.counts().connects;
    if (handshake == checked_handshake_) co_return true;
    const auto now = co_await bounds(reader_);
    if (!now) co_return false;
    const bool gap = place_ && is_gone(*place_, *now);
    if (!place_ || gap) place_ = now->last;
    if (gap) on_gap_();
    checked_handshake_ = handshake;
    co_return true;
}

awaitable<bool> LiveBus::deliver_next() {
    if (!co_await resume()) co_return false;
    const auto messages = co_await read_after(to_string(*place_));
    if (!messages) co_return false;
    for (const LiveMessage& message : *messages) {
        if (stopped_) break;
        on_message_(message);
        place_ = parse_stream_id(message.id).value_or(*place_);
    }
    co_return true;
}

awaitable<void> LiveBus::run(OnMessage on_message, OnGap on_gap) {
    on_message_ = std::move(on_message);
    on_gap_ = std::move(on_gap);
    asio::steady_timer timer(co_await asio::this_coro::executor);
    while (!stopped_) {
        if (co_await deliver_next() || stopped_) continue;
        timer.expires_after(pause_after_error);
        co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
    }
}

void LiveBus::stop() {
    stopped_ = true;
    reader_.close();
}

awaitable<Result<Replayed>> LiveBus::replay(std::string since, std::size_t limit) {
    const auto place = parse_stream_id(since);
    if (!place) co_return std::unexpected(place.error());
    const auto now = co_await bounds(commands_);
    if (!now) co_return std::unexpected(now.error());
    Replayed replayed;
    replayed.gone = is_gone(*place, *now);
    if (replayed.gone) co_return replayed;
    auto reply = co_await commands_.command(
        command_of("XRANGE", stream_, '(' + since, "+", "COUNT", std::to_string(limit))
    );
    if (reply) reply = unless_error(std::move(*reply));
    if (!reply) co_return std::unexpected(std::move(reply.error()));
    auto entries = raw_entries(*reply);
    if (!entries) co_return std::unexpected(std::move(entries.error()));
    replayed.messages = messages_of(std::move(*entries));
    co_return replayed;
}

}  // namespace hotline::redis
