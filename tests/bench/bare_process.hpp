#pragma once

#include "tests/bench/instance.hpp"

#include <cstdint>

namespace hotline::bench {

// The bare pipe as a process of its own, with its tables; both are gone with the object.
class BareProcess {
public:
    explicit BareProcess(const Instance& instance);
    ~BareProcess();
    BareProcess(const BareProcess&) = delete;
    BareProcess& operator=(const BareProcess&) = delete;

    std::uint16_t port() const { return port_; }
    pid_t process() const { return process_; }
    std::uint64_t tickets() const;  // written so far

private:
    const Instance& instance_;
    pid_t process_ = -1;
    int input_ = -1;
    std::uint16_t port_ = 0;
};

}  // namespace hotline::bench
