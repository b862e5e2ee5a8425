#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace hotline::bench {

// A bare connection to Redis over its socket, for what a benchmark asks beside the load.
class RedisProbe {
public:
    explicit RedisProbe(const std::filesystem::path& socket);
    ~RedisProbe();
    RedisProbe(const RedisProbe&) = delete;
    RedisProbe& operator=(const RedisProbe&) = delete;

    // An inline command whose answer is an integer; throws std::runtime_error on anything else.
    std::uint64_t integer(const std::string& command);

private:
    int fd_;
};

// XADDs per second of redis-benchmark with `clients` connections of one outstanding command each
// and `payload` bytes per entry; the stream is deleted afterwards. 0 when redis-benchmark is
// missing.
double xadd_per_second(
    const std::filesystem::path& socket, int clients, int pipeline, std::size_t payload
);

}  // namespace hotline::bench
