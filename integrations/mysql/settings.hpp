#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

namespace hotline::mysql {

// Where the server is and how long to wait for it. A non-empty `socket` wins over host and port.
struct Settings {
    std::string host = "127.0.0.1";
    std::uint16_t port = 3306;
    std::string socket;
    std::string user;
    std::string password;
    std::string schema;  // empty: connect without a default schema
    std::chrono::seconds connect_timeout{2};
    std::chrono::seconds read_timeout{30};  // also for writes; a longer statement counts as lost
};

struct PoolSettings {
    std::size_t threads = 8;        // each owns one connection
    std::size_t queue_limit = 512;  // waiting jobs per lane; past it ErrorCode::queue_full
    unsigned max_attempts = 5;      // of a whole transaction after a deadlock or a lost link
    // A session of the pool's own asks the server this often whether it is there. No answer within
    // the time-out: waiting and new jobs fail at once; twice running: running jobs are cut as well.
    std::chrono::milliseconds probe_every{500};
    std::chrono::seconds probe_timeout{1};
};

}  // namespace hotline::mysql
