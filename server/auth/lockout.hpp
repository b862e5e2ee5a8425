#pragma once

#include "server/auth/settings.hpp"
#include "ticketing/types/ids.hpp"

#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

namespace hotline::auth {

// What is known of one account's wrong passwords.
struct Tally {
    unsigned failures = 0;
    std::optional<ticketing::Instant> locked_until;

    bool operator==(const Tally&) const = default;
};

// How long the next attempt has to wait, rounded up; nothing when it may come now.
std::optional<std::chrono::seconds> wait_for(const Tally& tally, ticketing::Instant now);

// The tally if the attempt now made turns out wrong. It is stored before the password is looked at,
// so that many attempts at once cannot all start from the same count. After a full lock the count
// starts anew: a lock must not let strangers keep an account shut for ever.
Tally charged(const Tally& before, ticketing::Instant now, const LockRules& rules);

// Tallies of names that are no accounts, so that these lock just the same. In this process only;
// bounded: past the limit the whole of it is forgotten.
class StrangerTallies {
public:
    // Like charged() in place; gives the wait instead when the name is locked.
    std::optional<std::chrono::seconds> charge(
        const std::string& login, ticketing::Instant now, const LockRules& rules
    );

private:
    static constexpr std::size_t max_names = 10'000;
    std::mutex mutex_;
    std::unordered_map<std::string, Tally> tallies_;
};

}  // namespace hotline::auth
