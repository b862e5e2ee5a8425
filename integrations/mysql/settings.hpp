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
    std::chrono::milliseconds away_limit{2000};  // a job waits no longer once the server is away
    std::chrono::milliseconds probe_every{1000};
};

}  // namespace hotline::mysql
