#include "integrations/mysql/serial_lease.hpp"

#include <utility>

namespace hotline::mysql {

namespace {

struct Lease {
    std::string name;
    std::uint64_t count;

    Result<SerialBlock> operator()(Connection& connection) const {
        return lease_serials(connection, name, count);
    }
};

}  // namespace

Result<SerialBlock> lease_serials(
    Connection& connection, std::string_view name, std::uint64_t count
) {
    // One statement that makes or moves the row, and locks it, so that two servers cannot read the
    // same value.
    const auto moved = connection.execute(
        "INSERT INTO serial_lease (name, next_value) VALUES (?, 1 + ?) "
        "ON DUPLICATE KEY UPDATE next_value = next_value + ?",
        {name, count, count}
    );
    if (!moved) return std::unexpected(moved.error());
    const auto rows =
        connection.query("SELECT next_value FROM serial_lease WHERE name = ? FOR UPDATE", {name});
    if (!rows) return std::unexpected(rows.error());
    if (rows->empty()) return fail(ErrorCode::internal, "serial_lease: row is gone");
    return SerialBlock{rows->front().unsigned_integer(0) - count, count};
}

SerialSource::SerialSource(std::string name, std::uint64_t block_size)
    : name_(std::move(name)), block_size_(block_size) {}

std::optional<std::uint64_t> SerialSource::take() {
    const std::lock_guard lock{mutex_};
    if (blocks_.empty()) return std::nullopt;
    SerialBlock& block = blocks_.front();
    const std::uint64_t serial = block.first++;
    --left_;
    if (--block.count == 0) blocks_.pop_front();
    return serial;
}

std::uint64_t SerialSource::left() const {
    const std::lock_guard lock{mutex_};
    return left_;
}

std::uint64_t SerialSource::blocks_wanted() const {
    const std::uint64_t enough = 2 * block_size_ + block_size_ / 2;
    const std::uint64_t stock = left();
    return stock >= enough ? 0 : (enough - stock + block_size_ - 1) / block_size_;
}

void SerialSource::add(SerialBlock block) {
    if (block.count == 0) return;
    const std::lock_guard lock{mutex_};
    blocks_.push_back(block);
    left_ += block.count;
}

boost::asio::awaitable<Result<void>> refill(Pool& pool, SerialSource& source) {
    for (std::uint64_t wanted = source.blocks_wanted(); wanted > 0; --wanted) {
        Lease lease{source.name(), source.block_size()};
        const auto block = co_await pool.transact(std::move(lease), Lane::background);
        if (!block) co_return std::unexpected(block.error());
        source.add(*block);
    }
    co_return Result<void>{};
}

Result<void> refill_now(Pool& pool, SerialSource& source) {
    for (std::uint64_t wanted = source.blocks_wanted(); wanted > 0; --wanted) {
        const auto block = pool.transact_now(Lease{source.name(), source.block_size()});
        if (!block) return std::unexpected(block.error());
        source.add(*block);
    }
    return {};
}

}  // namespace hotline::mysql
