#pragma once

#include "integrations/mysql/insert_batch.hpp"
#include "integrations/mysql/param.hpp"
#include "integrations/mysql/rows.hpp"
#include "integrations/mysql/settings.hpp"
#include "ticketing/errors.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>

namespace hotline::mysql {

// One session with the server: utf8mb4, UTC, strict mode, READ COMMITTED. For one thread at a time.
// A job of the pool gets one by reference and keeps nothing of it. Errors: see store_error.hpp.
class Connection {
public:
    // Called once in main before any thread that uses MySQL starts; later calls do nothing. Leaves
    // SIGPIPE ignored (the client library does that anyway; the server wants the same).
    static void initialise_library();

    // store_unavailable when the server is away or refuses us. The calling thread must hold a
    // ThreadScope for as long as it uses the connection.
    static Result<Connection> open(const Settings& settings);

    Connection(Connection&&) noexcept;
    Connection& operator=(Connection&&) noexcept;
    ~Connection();

    // A statement without an answer. `sql` is a text of ours with one `?` per parameter.
    // Returns the number of rows it found (UPDATE: matched, whether or not a value changed).
    Result<std::uint64_t> execute(std::string_view sql, Params params = {});

    // A statement with an answer, read whole into memory.
    Result<Rows> query(std::string_view sql, Params params = {});

    // Reads without holding the answer in memory. The callback returns false to stop early. It must
    // not use this connection.
    using RowCallback = std::function<bool(const Row&)>;
    Result<void> for_each(std::string_view sql, Params params, const RowCallback& callback);

    // Inserts all rows of the batch; the count. A duplicate refuses the statement it is in, earlier
    // statements of the same batch stay in the open transaction: return the error to undo them.
    Result<std::uint64_t> insert(const InsertBatch& batch);

    std::uint64_t affected() const;  // of the last execute or insert
    std::uint64_t last_id();         // AUTO_INCREMENT value of the last INSERT (first of many)

    Result<void> begin();
    Result<void> commit();
    Result<void> rollback();
    bool alive();  // asks the server

    // From any thread, while this object lives: cuts the link, so that a statement which hangs on a
    // server that no longer answers ends now as lost instead of after read_timeout.
    void interrupt() noexcept;

    // The failure which makes the present transaction worthless (deadlock, lost link), 0 if none,
    // -1 when it has no number. Kept until begin() or rollback(): a job that overlooks such an
    // error still cannot commit half its work.
    int doomed_by() const;

private:
    struct Impl;
    explicit Connection(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

// The client library's per-thread state. Declare it before the thread's first Connection.
class ThreadScope {
public:
    ThreadScope();
    ~ThreadScope();
    ThreadScope(const ThreadScope&) = delete;
    ThreadScope& operator=(const ThreadScope&) = delete;
};

}  // namespace hotline::mysql
