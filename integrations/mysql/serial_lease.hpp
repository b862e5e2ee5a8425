#pragma once

#include "integrations/mysql/connection.hpp"
#include "integrations/mysql/pool.hpp"
#include "ticketing/errors.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace hotline::mysql {

// Serials [first, first + count), ours for ever: what is not used is lost, never given out twice.
struct SerialBlock {
    std::uint64_t first;
    std::uint64_t count;
};

// Inside a transaction: the next block of the named sequence, which begins at 1. When the COMMIT's
// outcome is unknown the block must not be used; lease another.
Result<SerialBlock> lease_serials(
    Connection& connection, std::string_view name, std::uint64_t count
);

// Hands out serials without I/O, from blocks leased ahead: numbering goes on while MySQL is away.
// Thread-safe. Somebody calls refill() now and then; it leases nothing while the stock is good.
class SerialSource {
public:
    SerialSource(std::string name, std::uint64_t block_size = 10'000);

    std::optional<std::uint64_t> take();  // empty: the stock is used up and MySQL is away
    std::uint64_t left() const;

    // Blocks to lease so that two full ones wait behind the one in use; it asks when that one is
    // half used, not at its end.
    std::uint64_t blocks_wanted() const;
    void add(SerialBlock block);

    const std::string& name() const { return name_; }
    std::uint64_t block_size() const { return block_size_; }

private:
    const std::string name_;
    const std::uint64_t block_size_;
    mutable std::mutex mutex_;
    std::deque<SerialBlock> blocks_;
    std::uint64_t left_ = 0;
};

boost::asio::awaitable<Result<void>> refill(Pool& pool, SerialSource& source);
Result<void> refill_now(Pool& pool, SerialSource& source);  // blocking

}  // namespace hotline::mysql
