#pragma once

#include "integrations/mysql/session_store.hpp"
#include "ticketing/types/ids.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <utility>

namespace hotline::auth {

// What the database last said about each token, and when. Thread-safe. Bounded: past `max_entries`
// those not confirmed for `keep` go, and if none do, all.
template <class T>
class TrustCache {
public:
    struct Entry {
        T value;
        ticketing::Instant confirmed;  // when the database said so
    };

    explicit TrustCache(std::chrono::milliseconds keep, std::size_t max_entries = 50'000)
        : keep_(keep), max_entries_(max_entries) {}

    std::optional<Entry> find(const mysql::TokenDigest& token) const {
        const std::scoped_lock lock(mutex_);
        const auto found = entries_.find(token);
        if (found == entries_.end()) return std::nullopt;
        return found->second;
    }

    // Rises with every erase. Read it before asking the database.
    std::uint64_t erasures() const {
        const std::scoped_lock lock(mutex_);
        return erasures_;
    }

    // Keeps nothing when something was erased since `erasures` was read: the answer may be older
    // than the revocation.
    void put(
        const mysql::TokenDigest& token,
        T value,
        ticketing::Instant confirmed,
        std::uint64_t erasures
    ) {
        const std::scoped_lock lock(mutex_);
        if (erasures != erasures_) return;
        if (entries_.size() >= max_entries_ && !entries_.contains(token)) make_room(confirmed);
        entries_.insert_or_assign(token, Entry{std::move(value), confirmed});
    }

    // Applies `change` to the value when it is still there.
    template <class F>
    void update(const mysql::TokenDigest& token, F change) {
        const std::scoped_lock lock(mutex_);
        const auto found = entries_.find(token);
        if (found != entries_.end()) change(found->second.value);
    }

    void erase(const mysql::TokenDigest& token) {
        const std::scoped_lock lock(mutex_);
        ++erasures_;
        entries_.erase(token);
    }

    template <class Predicate>
    void erase_if(Predicate matches) {
        const std::scoped_lock lock(mutex_);
        ++erasures_;
        std::erase_if(entries_, [&](const auto& item) { return matches(item.second.value); });
    }

private:
    // A digest's own bytes are as random as any hash of them.
    struct FirstBytes {
        std::size_t operator()(const mysql::TokenDigest& token) const {
            std::size_t out = 0;
            std::memcpy(&out, token.data(), sizeof out);
            return out;
        }
    };

    void make_room(ticketing::Instant now) {
        std::erase_if(entries_, [&](const auto& item) {
            return now - item.second.confirmed > keep_;
        });
        if (entries_.size() >= max_entries_) entries_.clear();
    }

    std::chrono::milliseconds keep_;
    std::size_t max_entries_;
    std::uint64_t erasures_ = 0;
    mutable std::mutex mutex_;
    std::unordered_map<mysql::TokenDigest, Entry, FirstBytes> entries_;
};

}  // namespace hotline::auth
