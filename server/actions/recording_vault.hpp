#pragma once

#include "integrations/files/file_store.hpp"
#include "integrations/mysql/pool.hpp"
#include "integrations/mysql/recording_store.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/thread_pool.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace hotline::actions {

// Where recordings lie, encrypted piece by piece, each under a key of its own, which the row has
// sealed by the key file's (integrations/telephony, T47). On threads of its own; what is being sent
// is bounded, past it queue_full.
class RecordingVault {
public:
    // `key`: the content of the key file.
    RecordingVault(files::FileStore store, std::string key);

    // One recording as it comes. What was added is gone unless finish() said it is kept.
    class Incoming {
    public:
        // Some of it in memory, the rest on disk. Err: store_unavailable.
        boost::asio::awaitable<Result<void>> add(std::string_view bytes);
        // On disk, synced, when it returns: digest, sealed_key, bytes and seconds are the row's.
        // Err: file_refused (no recording), store_unavailable.
        boost::asio::awaitable<Result<void>> finish(mysql::Recording& row);

    private:
        friend class RecordingVault;
        struct State;
        explicit Incoming(std::shared_ptr<State> state);
        std::shared_ptr<State> state_;
        boost::asio::thread_pool* writing_ = nullptr;
        std::string key_;
    };
    // Err: store_unavailable.
    boost::asio::awaitable<Result<std::shared_ptr<Incoming>>> begin();

    // `length` bytes from `first` on, of the pieces they are in. Errors: queue_full,
    // store_unavailable, internal (gone, or not what was kept).
    using Bytes = std::shared_ptr<const std::string>;
    boost::asio::awaitable<Result<Bytes>> hand_out(
        mysql::Recording recording, std::uint64_t first, std::uint64_t length
    );

    boost::asio::awaitable<Result<bool>> remove(ticketing::Digest digest);

    // Removes what no row names and was not stored since `before`. Returns how many files went.
    boost::asio::awaitable<Result<std::uint64_t>> sweep(
        mysql::Pool& pool, std::chrono::system_clock::time_point before
    );

private:
    using Count = std::shared_ptr<std::atomic<std::size_t>>;

    files::FileStore store_;
    std::string key_;
    Count bytes_out_ = std::make_shared<std::atomic<std::size_t>>(0);
    boost::asio::thread_pool writing_{1};
    boost::asio::thread_pool reading_{2};
};

// Why a kept recording could not be read; "" when it could: there, of its length, and its key is
// this key file's. For `hotline-server check`.
Result<std::string> recording_fault(
    const files::FileStore& store, std::string_view key, const mysql::Recording& recording
);

}  // namespace hotline::actions
