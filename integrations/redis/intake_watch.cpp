// The watching half of IntakeStream: how much is outstanding, and what fell between the chairs.
#include "integrations/redis/intake_stream.hpp"
#include "integrations/redis/script.hpp"
#include "integrations/redis/stream_replies.hpp"

#include <algorithm>
#include <unordered_set>

namespace hotline::redis {

using boost::asio::awaitable;
using std::chrono::milliseconds;

namespace {

constexpr std::size_t page_size = 500;

milliseconds age_of(const Reply& first_entry, ticketing::Instant now) {
    const auto entries = raw_entries(first_entry);
    if (!entries || entries->empty()) return {};
    const auto id = parse_stream_id(entries->front().id);
    if (!id) return {};
    const auto then = milliseconds(static_cast<std::int64_t>(id->milliseconds));
    return std::max(milliseconds(0), now.time_since_epoch() - then);
}

StreamId next_after(StreamId id) {
    if (++id.counter == 0) ++id.milliseconds;
    return id;
}

// The last-delivered id of `group` in the reply of XINFO GROUPS.
Result<StreamId> last_delivered(const Reply& groups, std::string_view group) {
    for (const Reply& one : groups.elements) {
        const Reply* name = value_of(one, "name");
        const Reply* last = value_of(one, "last-delivered-id");
        if (name && last && name->text == group) return parse_stream_id(last->text);
    }
    return StreamId{};  // no group: nothing was delivered yet
}

struct Page {
    std::vector<RawEntry> unowned;
    StreamId last;  // looked at up to here
    bool end = false;
};

// XPENDING and XRANGE from the same place, taken in one transaction: no entry can be acknowledged
// or claimed between the two.
Result<Page> compare(const Reply& pending, const Reply& range) {
    auto entries = raw_entries(range);
    if (!entries) return std::unexpected(std::move(entries.error()));
    std::unordered_set<std::string> owned;
    for (const Reply& row : pending.elements) {
        if (row.elements.empty()) return odd_reply("XPENDING");
        owned.insert(row.elements[0].text);
    }
    Page page;
    page.end = entries->size() < page_size;
    if (entries->empty()) return page;
    auto last = parse_stream_id(entries->back().id);
    if (!last) return std::unexpected(last.error());
    if (pending.elements.size() == page_size) {  // cut short: nothing is known of what lies behind
        const auto known = parse_stream_id(pending.elements.back().elements[0].text);
        if (!known) return std::unexpected(known.error());
        page.end = page.end && *known >= *last;
        last = std::min(*last, *known);
    }
    page.last = *last;
    for (RawEntry& entry : *entries) {
        const auto id = parse_stream_id(entry.id);
        if (id && *id <= page.last && !owned.contains(entry.id)) {
            page.unowned.push_back(std::move(entry));
        }
    }
    return page;
}

}  // namespace

awaitable<Result<std::uint64_t>> IntakeStream::length() {
    auto reply = co_await commands_.command(command_of("XLEN", settings_.stream));
    if (reply) reply = unless_error(std::move(*reply));
    if (!reply) co_return std::unexpected(std::move(reply.error()));
    co_return static_cast<std::uint64_t>(reply->integer);
}

awaitable<Result<milliseconds>> IntakeStream::oldest_age() {
    const auto all = co_await outstanding();
    if (!all) co_return std::unexpected(all.error());
    co_return all->oldest_age;
}

awaitable<Result<Outstanding>> IntakeStream::outstanding() {
    std::vector<Command> commands;
    commands.push_back(command_of("XLEN", settings_.stream));
    commands.push_back(command_of("XPENDING", settings_.stream, settings_.group));
    commands.push_back(command_of("XRANGE", settings_.stream, "-", "+", "COUNT", "1"));
    commands.push_back(command_of("TIME"));
    const auto replies = co_await commands_.pipeline(std::move(commands));
    if (!replies) co_return std::unexpected(replies.error());
    Outstanding all;
    for (const std::size_t i : {0U, 2U, 3U}) {
        if (auto good = unless_error((*replies)[i]); !good) {
            co_return std::unexpected(good.error());
        }
    }
    all.length = static_cast<std::uint64_t>((*replies)[0].integer);
    // NOGROUP before the first reader came: nothing is pending.
    const Reply& pending = (*replies)[1];
    if (!pending.elements.empty()) {
        all.pending = static_cast<std::uint64_t>(pending.elements[0].integer);
    }
    const auto time = redis_time((*replies)[3]);
    if (!time) co_return std::unexpected(time.error());
    all.oldest_age = age_of((*replies)[2], *time);
    co_return all;
}

awaitable<Result<std::vector<Delivery>>> IntakeStream::orphans(
    milliseconds older_than, std::size_t limit
) {
    std::vector<Command> first;
    first.push_back(command_of("TIME"));
    first.push_back(command_of("XINFO", "GROUPS", settings_.stream));
    const auto start = co_await commands_.pipeline(std::move(first));
    if (!start) co_return std::unexpected(start.error());
    std::vector<Delivery> found;
    if ((*start)[1].is_error("ERR")) co_return found;  // no such stream
    const auto time = redis_time((*start)[0]);
    const auto delivered = last_delivered((*start)[1], settings_.group);
    if (!time) co_return std::unexpected(time.error());
    if (!delivered) co_return std::unexpected(delivered.error());

    const auto cut = std::max(milliseconds(0), time->time_since_epoch() - older_than);
    const StreamId until =
        std::min(*delivered, StreamId{static_cast<std::uint64_t>(cut.count()), 0});
    StreamId from;
    while (from <= until && found.size() < limit) {
        const std::string count = std::to_string(page_size);
        std::vector<Command> commands;
        commands.push_back(command_of("MULTI"));
        commands.push_back(command_of(
            "XPENDING", settings_.stream, settings_.group, to_string(from), to_string(until), count
        ));
        commands.push_back(command_of(
            "XRANGE", settings_.stream, to_string(from), to_string(until), "COUNT", count
        ));
        commands.push_back(command_of("EXEC"));
        const auto replies = co_await commands_.pipeline(std::move(commands));
        if (!replies) co_return std::unexpected(replies.error());
        const Reply& both = replies->back();
        if (auto good = unless_error(both); !good) co_return std::unexpected(good.error());
        if (both.elements.size() != 2) co_return odd_reply("EXEC");
        auto page = compare(both.elements[0], both.elements[1]);
        if (!page) co_return std::unexpected(std::move(page.error()));
        for (RawEntry& entry : page->unowned) {
            if (found.size() < limit) found.push_back(deliver(std::move(entry)));
        }
        if (page->end) break;
        from = next_after(page->last);
    }
    co_return found;
}

awaitable<Result<bool>> IntakeStream::reinject(std::string id) {
    std::vector<std::string> keys{settings_.stream};
    std::vector<std::string> arguments{settings_.group, std::move(id)};
    const auto replies =
        co_await run_script(commands_, reinject_script, std::move(keys), std::move(arguments));
    if (!replies) co_return std::unexpected(replies.error());
    co_return replies->front().integer == 1;
}

}  // namespace hotline::redis
