#pragma once

#include "integrations/redis/connection.hpp"
#include "integrations/redis/intake_entry.hpp"

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace hotline::redis {

struct IntakeSettings {
    std::string stream = "intake";
    std::string group = "tickets";
    std::string origin;  // this server's id
    std::chrono::milliseconds key_lifetime{std::chrono::days{7}};
    int replicas = 0;  // > 0: an append waits for that many replicas
    std::chrono::milliseconds replica_wait{500};
};

struct Appended {
    enum class Kind {
        fresh,       // now in the stream, on disk
        replayed,    // the key was accepted before, with the same body
        other_body,  // the key was accepted before, with another body (422)
    };
    Kind kind = Kind::fresh;
    std::string ticket_no;  // of the accepted one: not the caller's when replayed or other_body
    std::string stream_id;
};

struct Claimed {
    std::vector<Delivery> deliveries;
    std::vector<std::string> lost;  // pending, but gone from the stream: an incident, reconcile
};

struct DeliveryCount {
    std::string id;
    std::string consumer;
    std::chrono::milliseconds idle{};
    std::uint64_t count = 0;  // times handed out, the current one included
};

struct Outstanding {
    std::uint64_t length = 0;                // entries in the stream = accepted, not yet committed
    std::uint64_t pending = 0;               // of these handed out to consumers
    std::chrono::milliseconds oldest_age{};  // 0 when empty; by Redis's clock
};

// The queue of accepted appeals. Entries are removed only by acknowledge(), after COMMIT, so the
// stream's content is exactly the outstanding work. There is no trimming and no deleting of
// consumers: both destroy pending entries silently.
//
// Redis keeps what append() has answered on disk (appendfsync always). An append that fails with
// store_unavailable or deadline_exceeded is *unknown*: write the same key and number directly to
// MySQL, where the unique key makes the late twin a no-op.
class IntakeStream {
public:
    // `commands` may be shared; `reader` must be this stream's own, since read_batch blocks it.
    // Both outlive the stream.
    IntakeStream(Connection& commands, Connection& reader, IntakeSettings settings);

    // --- accepting
    bool available() const noexcept { return commands_.available(); }
    // Checks the key and adds the entry in one step. `ticket_no` must not be empty.
    boost::asio::awaitable<Result<Appended>> append(
        IntakeKey key, std::string ticket_no, std::string payload
    );
    // Adds without looking at the key: entries mended and put back. Gives the stream id.
    boost::asio::awaitable<Result<std::string>> requeue(IntakeEntry entry);

    // --- consuming
    // Creates stream and group (from the first entry on) when missing. All reading members do it
    // themselves when Redis says NOGROUP.
    boost::asio::awaitable<Result<void>> ensure_group();
    // New entries, at most `count`; waits up to `block` (> 0) for the first. Empty when none came.
    // While Redis is away waits up to `block` for it, then store_unavailable: no spinning.
    boost::asio::awaitable<Result<std::vector<Delivery>>> read_batch(
        std::string consumer, int count, std::chrono::milliseconds block
    );
    // After a restart under the same consumer name: what was handed out and not acknowledged,
    // in pages after the id `after` ("0" first, then the last id of the page before).
    boost::asio::awaitable<Result<std::vector<Delivery>>> own_pending(
        std::string consumer, int count, std::string after
    );
    // Takes over what any consumer has held longer than `min_idle`, about `count` entries.
    boost::asio::awaitable<Result<Claimed>> claim_stale(
        std::string consumer, std::chrono::milliseconds min_idle, int count
    );
    // Ids that are not pending are left out.
    boost::asio::awaitable<Result<std::vector<DeliveryCount>>> delivery_counts(
        std::vector<std::string> ids
    );
    // Acknowledges and deletes in one step. Gives how many were still pending.
    boost::asio::awaitable<Result<std::uint64_t>> acknowledge(std::vector<std::string> ids);

    // --- watching
    boost::asio::awaitable<Result<std::uint64_t>> length();
    boost::asio::awaitable<Result<std::chrono::milliseconds>> oldest_age();
    boost::asio::awaitable<Result<Outstanding>> outstanding();
    // Entries older than `older_than` that were handed out once but are pending with nobody (a
    // consumer was deleted, an old file restored). At most `limit`.
    boost::asio::awaitable<Result<std::vector<Delivery>>> orphans(
        std::chrono::milliseconds older_than, std::size_t limit
    );
    // Puts an orphan back as a new entry, in one step; false when it is no orphan any more.
    boost::asio::awaitable<Result<bool>> reinject(std::string id);

private:
    boost::asio::awaitable<Result<Reply>> grouped(
        Connection& connection, Command command, std::chrono::milliseconds deadline
    );

    Connection& commands_;
    Connection& reader_;
    IntakeSettings settings_;
};

}  // namespace hotline::redis
