#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace hotline::test {

// What one appellant was told of one appeal.
struct Told {
    std::string key;
    int status = 0;  // 201 or 202
    std::string ticket_no;
    std::chrono::milliseconds waited{};  // for the answer that settled it, from its own sending
    std::chrono::steady_clock::time_point at;  // when that attempt was sent
    int attempts = 0;
};

// One refusal: 503 and the like, or no answer at all (status 0).
struct Refused {
    int status = 0;
    std::chrono::milliseconds waited{};
    std::chrono::steady_clock::time_point at;
};

// Enterprises that send appeals at a steady pace, keep their own copy until it is answered 201 or
// 202 (same key, as the contract says), and write down what they were told, fsynced, before they go
// on. They know nothing of the stores.
class Appellants {
public:
    Appellants(std::uint16_t port, double per_second, std::filesystem::path list);
    ~Appellants();
    Appellants(const Appellants&) = delete;
    Appellants& operator=(const Appellants&) = delete;

    // No new appeals; those not yet answered are tried on for at most `patience`.
    void finish(std::chrono::seconds patience);

    // After finish().
    const std::vector<Told>& told() const { return told_; }
    const std::vector<Refused>& refused() const { return refused_; }
    const std::vector<std::string>& unanswered() const { return unanswered_; }
    // The list as it stands on disk.
    std::vector<Told> list_on_disk() const;

private:
    void live(unsigned who, std::chrono::nanoseconds pace);
    void note(Told told);
    bool try_again(Refused refused, const std::string& key);

    std::uint16_t port_;
    std::filesystem::path list_;
    int file_;
    std::atomic<bool> stopping_ = false;
    std::chrono::steady_clock::time_point give_up_;
    std::mutex mutex_;
    std::vector<Told> told_;
    std::vector<Refused> refused_;
    std::vector<std::string> unanswered_;
    std::vector<std::thread> threads_;
};

}  // namespace hotline::test
