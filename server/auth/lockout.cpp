#include "server/auth/lockout.hpp"

#include <algorithm>

namespace hotline::auth {

std::optional<std::chrono::seconds> wait_for(const Tally& tally, ticketing::Instant now) {
    if (!tally.locked_until || *tally.locked_until <= now) return std::nullopt;
    return std::chrono::ceil<std::chrono::seconds>(*tally.locked_until - now);
}

Tally charged(const Tally& before, ticketing::Instant now, const LockRules& rules) {
    const bool lock_is_over = before.failures >= rules.failures && !wait_for(before, now);
    const unsigned failures = lock_is_over ? 1 : before.failures + 1;
    if (failures >= rules.failures) return {failures, now + rules.lock};
    if (failures < 2) return {failures, std::nullopt};
    const auto doubled = rules.first_wait * (1LL << std::min(failures - 2, 20U));
    return {failures, now + std::min<std::chrono::seconds>(doubled, rules.lock)};
}

std::optional<std::chrono::seconds> StrangerTallies::charge(
    const std::string& login, ticketing::Instant now, const LockRules& rules
) {
    const std::scoped_lock lock(mutex_);
    if (tallies_.size() >= max_names && !tallies_.contains(login)) tallies_.clear();
    Tally& tally = tallies_[login];
    if (const auto wait = wait_for(tally, now)) return wait;
    tally = charged(tally, now, rules);
    return std::nullopt;
}

}  // namespace hotline::auth
