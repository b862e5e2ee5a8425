#include "integrations/redis/intake_stream.hpp"

#include "integrations/redis/script.hpp"
#include "integrations/redis/stream_replies.hpp"

#include <algorithm>

namespace hotline::redis {

using boost::asio::awaitable;
using std::chrono::milliseconds;

namespace {

// Lua's unpack() stands on its C stack, which holds 8 000 values.
constexpr std::size_t script_arguments = 1000;

// "<stream id> <ticket number> <body hash>": the two first have no spaces, the hash may have.
Result<Appended> known_before(std::string_view record, std::string_view body_hash) {
    const auto first = record.find(' ');
    const auto second = record.find(' ', first == record.npos ? first : first + 1);
    if (second == record.npos) return odd_reply("append script");
    Appended appended;
    appended.stream_id = record.substr(0, first);
    appended.ticket_no = record.substr(first + 1, second - first - 1);
    appended.kind = record.substr(second + 1) == body_hash ? Appended::Kind::replayed
                                                           : Appended::Kind::other_body;
    return appended;
}

ticketing::Instant now() {
    return std::chrono::floor<milliseconds>(std::chrono::system_clock::now());
}

}  // namespace

IntakeStream::IntakeStream(Connection& commands, Connection& reader, IntakeSettings settings)
    : commands_(commands), reader_(reader), settings_(std::move(settings)) {}

awaitable<Result<Appended>> IntakeStream::append(
    IntakeKey key, std::string ticket_no, std::string payload
) {
    if (ticket_no.empty() || ticket_no.find(' ') != ticket_no.npos) {
        co_return fail(ErrorCode::internal, "ticket number is empty or has spaces");
    }
    std::string record = "idem:";
    record += ticketing::name(key.channel);
    record += ':' + key.idempotency_key;
    const std::string body_hash = key.body_hash;

    std::vector<std::string> arguments;
    arguments.push_back(std::to_string(settings_.key_lifetime.count()));
    arguments.push_back(ticket_no + ' ' + body_hash);
    const IntakeEntry entry{
        .key = std::move(key),
        .ticket_no = ticket_no,
        .payload = std::move(payload),
        .origin = settings_.origin,
        .accepted_at = now(),
    };
    for (std::string& field : encode_entry(entry)) arguments.push_back(std::move(field));

    std::vector<std::string> keys{settings_.stream, std::move(record)};
    std::vector<Command> then;
    if (settings_.replicas > 0) {
        then.push_back(command_of(
            "WAIT",
            std::to_string(settings_.replicas),
            std::to_string(settings_.replica_wait.count())
        ));
    }
    auto replies = co_await run_script(
        commands_, append_script, std::move(keys), std::move(arguments), std::move(then)
    );
    if (!replies) co_return std::unexpected(std::move(replies.error()));
    if (settings_.replicas > 0 && replies->back().integer < settings_.replicas) {
        co_return fail(ErrorCode::deadline_exceeded, "no replica confirmed the entry in time");
    }
    const auto& answer = replies->front().elements;
    if (answer.size() != 2) co_return odd_reply("append script");
    if (answer[0].text == "known") co_return known_before(answer[1].text, body_hash);
    co_return Appended{Appended::Kind::fresh, std::move(ticket_no), answer[1].text};
}

awaitable<Result<std::string>> IntakeStream::requeue(IntakeEntry entry) {
    Command command = command_of("XADD", settings_.stream, "*");
    for (std::string& field : encode_entry(entry)) command.push_back(std::move(field));
    auto reply = co_await commands_.command(std::move(command));
    if (reply) reply = unless_error(std::move(*reply));
    if (!reply) co_return std::unexpected(std::move(reply.error()));
    co_return std::move(reply->text);
}

awaitable<Result<void>> IntakeStream::ensure_group() {
    // From 0, never from $: what was accepted before the group was made is work, too.
    auto reply = co_await commands_.command(
        command_of("XGROUP", "CREATE", settings_.stream, settings_.group, "0", "MKSTREAM")
    );
    if (!reply) co_return std::unexpected(std::move(reply.error()));
    if (reply->is_error("BUSYGROUP")) co_return Result<void>{};
    if (auto good = unless_error(std::move(*reply)); !good) {
        co_return std::unexpected(std::move(good.error()));
    }
    co_return Result<void>{};
}

awaitable<Result<Reply>> IntakeStream::grouped(
    Connection& connection, Command command, milliseconds deadline
) {
    auto reply = co_await connection.command(command, deadline);
    if (reply && reply->is_error("NOGROUP")) {
        if (auto made = co_await ensure_group(); !made) {
            co_return std::unexpected(std::move(made.error()));
        }
        reply = co_await connection.command(std::move(command), deadline);
    }
    if (!reply) co_return reply;
    co_return unless_error(std::move(*reply));
}

awaitable<Result<std::vector<Delivery>>> IntakeStream::read_batch(
    std::string consumer, int count, milliseconds block
) {
    if (auto up = co_await reader_.wait_available(block); !up) {
        co_return std::unexpected(std::move(up.error()));
    }
    const auto wait = std::max(block, milliseconds(1));  // BLOCK 0 would wait for ever
    Command command = command_of(
        "XREADGROUP",
        "GROUP",
        settings_.group,
        std::move(consumer),
        "COUNT",
        std::to_string(count),
        "BLOCK",
        std::to_string(wait.count()),
        "STREAMS",
        settings_.stream,
        ">"
    );
    const auto deadline = wait + reader_.settings().command_deadline;
    auto reply = co_await grouped(reader_, std::move(command), deadline);
    if (!reply) co_return std::unexpected(std::move(reply.error()));
    auto entries = read_entries(*reply);
    if (!entries) co_return std::unexpected(std::move(entries.error()));
    co_return deliver(std::move(*entries));
}

awaitable<Result<std::vector<Delivery>>> IntakeStream::own_pending(
    std::string consumer, int count, std::string after
) {
    Command command = command_of(
        "XREADGROUP",
        "GROUP",
        settings_.group,
        std::move(consumer),
        "COUNT",
        std::to_string(count),
        "STREAMS",
        settings_.stream,
        std::move(after)
    );
    auto reply =
        co_await grouped(commands_, std::move(command), commands_.settings().command_deadline);
    if (!reply) co_return std::unexpected(std::move(reply.error()));
    auto entries = read_entries(*reply);
    if (!entries) co_return std::unexpected(std::move(entries.error()));
    co_return deliver(std::move(*entries));
}

awaitable<Result<Claimed>> IntakeStream::claim_stale(
    std::string consumer, milliseconds min_idle, int count
) {
    Claimed claimed;
    std::string cursor = "0-0";
    do {
        Command command = command_of(
            "XAUTOCLAIM",
            settings_.stream,
            settings_.group,
            consumer,
            std::to_string(min_idle.count()),
            cursor,
            "COUNT",
            std::to_string(count)
        );
        auto reply =
            co_await grouped(commands_, std::move(command), commands_.settings().command_deadline);
        if (!reply) co_return std::unexpected(std::move(reply.error()));
        if (reply->elements.size() < 2) co_return odd_reply("XAUTOCLAIM");
        auto entries = raw_entries(reply->elements[1]);
        if (!entries) co_return std::unexpected(std::move(entries.error()));
        for (RawEntry& entry : *entries) claimed.deliveries.push_back(deliver(std::move(entry)));
        if (reply->elements.size() > 2) {
            for (Reply& id : reply->elements[2].elements)
                claimed.lost.push_back(std::move(id.text));
        }
        // An empty page with a cursor is normal: one call looks at ten times COUNT entries.
        cursor = std::move(reply->elements[0].text);
    } while (cursor != "0-0" && claimed.deliveries.size() < static_cast<std::size_t>(count));
    co_return claimed;
}

awaitable<Result<std::vector<DeliveryCount>>> IntakeStream::delivery_counts(
    std::vector<std::string> ids
) {
    std::vector<Command> commands;
    for (const std::string& id : ids) {
        commands.push_back(command_of("XPENDING", settings_.stream, settings_.group, id, id, "1"));
    }
    const auto replies = co_await commands_.pipeline(std::move(commands));
    if (!replies) co_return std::unexpected(replies.error());
    std::vector<DeliveryCount> counts;
    for (const Reply& reply : *replies) {
        if (auto good = unless_error(reply); !good) co_return std::unexpected(good.error());
        for (const Reply& row : reply.elements) {
            if (row.elements.size() != 4) co_return odd_reply("XPENDING");
            counts.push_back(DeliveryCount{
                .id = row.elements[0].text,
                .consumer = row.elements[1].text,
                .idle = milliseconds(row.elements[2].integer),
                .count = static_cast<std::uint64_t>(row.elements[3].integer),
            });
        }
    }
    co_return counts;
}

awaitable<Result<std::uint64_t>> IntakeStream::acknowledge(std::vector<std::string> ids) {
    std::uint64_t acknowledged = 0;
    for (std::size_t from = 0; from < ids.size(); from += script_arguments) {
        const auto first = ids.begin() + static_cast<std::ptrdiff_t>(from);
        const auto count = std::min(script_arguments, ids.size() - from);
        std::vector<std::string> keys;
        keys.push_back(settings_.stream);
        std::vector<std::string> arguments;
        arguments.push_back(settings_.group);
        arguments.insert(arguments.end(), first, first + static_cast<std::ptrdiff_t>(count));
        const auto replies = co_await run_script(
            commands_, acknowledge_script, std::move(keys), std::move(arguments)
        );
        if (!replies) co_return std::unexpected(replies.error());
        acknowledged += static_cast<std::uint64_t>(replies->front().integer);
    }
    co_return acknowledged;
}

}  // namespace hotline::redis
