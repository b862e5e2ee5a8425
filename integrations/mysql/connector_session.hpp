#pragma once

// Private to connection.cpp and statements.cpp, the only files that see the connector.

#include "integrations/mysql/connection.hpp"
#include "integrations/mysql/store_error.hpp"

#include <cppconn/exception.h>
#include <cppconn/prepared_statement.h>
#include <cppconn/statement.h>
#include <mysql_connection.h>

#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace hotline::mysql {

// Prepared statements by text, the least recently used ones closed when a bound is reached.
// A server allows 16 382 over all sessions by default.
class StatementCache {
public:
    static constexpr std::size_t limit = 200;
    // Each placeholder costs this side a kilobyte for as long as its statement is prepared. One
    // with more than that many is kept alone.
    static constexpr std::size_t placeholder_limit = 16'384;

    sql::PreparedStatement& get(sql::Connection& link, std::string_view text);
    void forget(std::string_view text);
    void clear();

private:
    struct Entry {
        std::string text;
        std::unique_ptr<sql::PreparedStatement> statement;
        std::size_t placeholders;
    };
    void make_room(std::size_t placeholders);

    std::list<Entry> by_use_;  // most recent first
    std::unordered_map<std::string_view, std::list<Entry>::iterator> by_text_;
    std::size_t placeholders_ = 0;
};

struct Connection::Impl {
    std::mutex socket_guard;  // interrupt() comes from another thread
    int socket = -1;
    std::unique_ptr<sql::mysql::MySQL_Connection> link;
    std::unique_ptr<sql::Statement> plain;  // text protocol: commands, DDL, streaming
    StatementCache prepared;
    std::uint64_t affected = 0;
    int doomed_by = 0;

    ~Impl();
    Error failed(int number, std::string_view message);

    // Runs `work` and turns what the connector throws into an Error; nothing gets past this.
    template <class F>
    auto guarded(F work) -> Result<decltype(work())> {
        try {
            if constexpr (std::is_void_v<decltype(work())>) {
                work();
                return {};
            } else {
                return work();
            }
        } catch (const sql::SQLException& error) {
            return std::unexpected(failed(error.getErrorCode(), error.what()));
        } catch (const std::exception& error) {
            return std::unexpected(failed(0, error.what()));
        }
    }
};

}  // namespace hotline::mysql
