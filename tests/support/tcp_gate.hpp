#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <list>
#include <mutex>
#include <string>
#include <thread>

namespace hotline::test {

// A gate on 127.0.0.1 before a store (unix socket or TCP), to be sick on demand. Every setting acts
// at once on open connections too. The system under test must come back when the gate is well
// again.
class TcpGate {
public:
    explicit TcpGate(std::string unix_socket);
    TcpGate(std::string host, std::uint16_t port);
    ~TcpGate();
    TcpGate(const TcpGate&) = delete;
    TcpGate& operator=(const TcpGate&) = delete;

    std::uint16_t port() const { return port_; }

    void heal();                                 // pass everything again
    void refuse(bool on);                        // new connections are closed at once
    void black_hole(bool on);                    // nothing is passed, nothing is closed
    void delay(std::chrono::milliseconds each);  // every piece, in both directions
    void cut();                                  // close what is open now
    // Passes the request that contains `needle`, waits for the answer, swallows it and cuts: the
    // deed is done and nobody was told. Once.
    void cut_answer_to(std::string needle);

    unsigned connections() const { return connections_; }  // accepted so far

private:
    struct Pair;
    void accept_loop();
    void pump(Pair& pair);
    bool pass(Pair& pair, bool from_client);
    int connect_upstream() const;

    std::string unix_socket_;
    std::string upstream_host_;
    std::uint16_t upstream_port_ = 0;
    int listener_ = -1;
    std::uint16_t port_ = 0;
    std::atomic<bool> stopping_ = false;
    std::atomic<bool> refuse_ = false;
    std::atomic<bool> black_hole_ = false;
    std::atomic<std::chrono::milliseconds> delay_{};
    std::atomic<unsigned> connections_ = 0;
    std::mutex mutex_;
    std::string needle_;
    std::list<Pair> pairs_;
    std::thread acceptor_;
};

}  // namespace hotline::test
