#pragma once

#include "integrations/files/file_store.hpp"
#include "integrations/mysql/attachment_store.hpp"
#include "integrations/mysql/pool.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/thread_pool.hpp>

#include <atomic>
#include <cstddef>
#include <memory>
#include <string>

namespace hotline::actions {

// Takes files in and hands them out, on threads of its own: one that checks, draws and stores, so
// that one picture at most is unpacked at a time, and two that read. What waits and what is being
// sent is bounded; past it queue_full.
class FileDesk {
public:
    FileDesk(files::FileStore store, std::size_t max_file_bytes);

    std::size_t max_file_bytes() const { return max_file_bytes_; }
    const files::FileStore& store() const { return store_; }

    // The file is checked, redrawn if it is a picture, and on disk when this returns; the row tells
    // of it, without audience, author and number. `name`: as the sender calls it. Errors:
    // file_refused (detail: files::Refusal), queue_full, store_unavailable.
    boost::asio::awaitable<Result<mysql::Attachment>> take_in(std::string bytes, std::string name);

    // Errors: queue_full, store_unavailable, internal (a row promised it, and it is gone).
    using Bytes = std::shared_ptr<const std::string>;
    boost::asio::awaitable<Result<Bytes>> hand_out(ticketing::Digest digest);

    // Removes what no row names and nobody stored again since `before`: left behind by a
    // transaction that failed. Returns how many files went.
    boost::asio::awaitable<Result<std::uint64_t>> sweep(
        mysql::Pool& pool, std::chrono::system_clock::time_point before
    );

private:
    using Count = std::shared_ptr<std::atomic<std::size_t>>;

    files::FileStore store_;
    std::size_t max_file_bytes_;
    Count waiting_ = std::make_shared<std::atomic<std::size_t>>(0);
    Count bytes_out_ = std::make_shared<std::atomic<std::size_t>>(0);
    boost::asio::thread_pool drawing_{1};
    boost::asio::thread_pool reading_{2};
};

}  // namespace hotline::actions
