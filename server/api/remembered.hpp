#pragma once

#include "ticketing/types/ids.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <unordered_map>

namespace hotline::api {

// Answers of the last few seconds by question. Bounded; for the I/O thread.
template <class T>
class Remembered {
public:
    Remembered(std::chrono::milliseconds keep, std::size_t most) : keep_(keep), most_(most) {}

    std::optional<T> find(const std::string& key, ticketing::Instant now) const {
        const auto found = entries_.find(key);
        const bool fresh = found != entries_.end() && found->second.at + keep_ > now;
        return fresh ? std::optional(found->second.value) : std::nullopt;
    }

    // `now` is when the question was asked, not when its answer came.
    void put(std::string key, T value, ticketing::Instant now) {
        if (now <= forgotten_) return;
        if (entries_.size() >= most_) {
            std::erase_if(entries_, [&](const auto& entry) {
                return entry.second.at + keep_ <= now;
            });
        }
        if (entries_.size() >= most_) entries_.clear();
        entries_.insert_or_assign(std::move(key), Entry{std::move(value), now});
    }

    // What is answered from has changed: no answer to a question of before is given again, nor one
    // that is still being made.
    void forget(ticketing::Instant now) {
        forgotten_ = now;
        entries_.clear();
    }

private:
    struct Entry {
        T value;
        ticketing::Instant at;
    };

    std::chrono::milliseconds keep_;
    std::size_t most_;
    ticketing::Instant forgotten_ = ticketing::Instant::min();
    std::unordered_map<std::string, Entry> entries_;
};

}  // namespace hotline::api
