#include "ticketing/similarity/index.hpp"

#include <algorithm>
#include <limits>

namespace hotline::ticketing::similarity {
namespace {

std::uint16_t number_of(sla::LocalDay day) {
    const auto days = day.time_since_epoch().count();
    constexpr auto last = std::numeric_limits<std::uint16_t>::max();
    return static_cast<std::uint16_t>(std::clamp<std::int64_t>(days, 0, last));
}

// The best of all candidates, each once, in order.
class Best {
public:
    void take(unsigned agreed, std::uint64_t ticket) {
        const Found found{agreed, ticket};
        if (best_.size() == SimilarIndex::most_candidates && !(found < best_.back())) return;
        const auto place = std::lower_bound(best_.begin(), best_.end(), found);
        if (place != best_.end() && *place == found) return;
        best_.insert(place, found);
        if (best_.size() > SimilarIndex::most_candidates) best_.pop_back();
    }

    std::vector<TicketId> tickets() const {
        std::vector<TicketId> list;
        for (const Found& found : best_) list.push_back({found.ticket});
        return list;
    }

private:
    struct Found {
        unsigned agreed;
        std::uint64_t ticket;

        bool operator==(const Found&) const = default;
        bool operator<(const Found& other) const {
            return agreed != other.agreed ? agreed > other.agreed : ticket > other.ticket;
        }
    };
    std::vector<Found> best_;
};

}  // namespace

SimilarIndex::SimilarIndex() : heads_(chains * heads_of_chain, none) {}

std::size_t SimilarIndex::head_of(const Facts& of, Chain chain) {
    std::size_t key = 0;
    if (chain < bands) {
        key = std::size_t{of.signature[2 * chain]} << 8U | of.signature[2 * chain + 1];
    } else if (chain == by_enterprise) {
        key = (of.enterprise * 0x9E3779B1U) >> 16U;
    } else {
        key = of.ticket % heads_of_chain;
    }
    return chain * heads_of_chain + key;
}

SimilarIndex::Slot SimilarIndex::find(TicketId ticket) const {
    Facts wanted;
    wanted.ticket = ticket.value;
    Slot slot = heads_[head_of(wanted, by_ticket)];
    while (slot != none && facts(slot).ticket != ticket.value) slot = next(slot, by_ticket);
    return slot;
}

void SimilarIndex::fetch(Slot slot, Chain chain) const {
    const Block& block = *blocks_[slot / block_size];
    __builtin_prefetch(&block.facts[slot % block_size]);
    __builtin_prefetch(&block.next[slot % block_size][chain]);
}

SimilarIndex::Slot SimilarIndex::free_slot() {
    if (free_.empty()) {
        const auto first = static_cast<Slot>(blocks_.size() * block_size);
        blocks_.push_back(std::make_unique<Block>());
        for (Slot i = block_size; i > 0; --i) free_.push_back(first + i - 1);
    }
    const Slot slot = free_.back();
    free_.pop_back();
    return slot;
}

void SimilarIndex::link(Slot slot, Chain chain) {
    const std::uint64_t ticket = facts(slot).ticket;
    Slot* place = &heads_[head_of(facts(slot), chain)];
    while (*place != none && facts(*place).ticket > ticket) place = &next(*place, chain);
    next(slot, chain) = *place;
    *place = slot;
}

void SimilarIndex::unlink(Slot slot, Chain chain) {
    Slot* place = &heads_[head_of(facts(slot), chain)];
    while (*place != slot) place = &next(*place, chain);
    *place = next(slot, chain);
}

void SimilarIndex::put(const Entry& entry) {
    Facts wanted;
    wanted.ticket = entry.ticket.value;
    wanted.signature = entry.signature;
    wanted.enterprise = static_cast<std::uint32_t>(entry.enterprise.value);
    wanted.day = number_of(entry.day);
    wanted.aside = entry.aside;
    wanted.used = true;
    const auto [first, added] = first_of_day_.try_emplace(wanted.day, wanted.ticket);
    if (!added) first->second = std::min(first->second, wanted.ticket);

    Slot slot = find(entry.ticket);
    if (slot != none) {
        const Facts& known = facts(slot);
        const bool same_chains =
            known.signature == wanted.signature && known.enterprise == wanted.enterprise;
        if (same_chains) {
            facts(slot) = wanted;
            return;
        }
        remove(entry.ticket);
    }
    slot = free_slot();
    facts(slot) = wanted;
    ++size_;
    for (Chain chain = 0; chain < chains; ++chain) {
        if (chain != by_enterprise || wanted.enterprise != 0) link(slot, chain);
    }
}

void SimilarIndex::remove(TicketId ticket) {
    const Slot slot = find(ticket);
    if (slot == none) return;
    for (Chain chain = 0; chain < chains; ++chain) {
        if (chain != by_enterprise || facts(slot).enterprise != 0) unlink(slot, chain);
    }
    facts(slot) = Facts{};
    free_.push_back(slot);
    --size_;
}

TicketId SimilarIndex::floor_of(sla::LocalDay since) const {
    std::uint64_t floor = std::numeric_limits<std::uint64_t>::max();
    const auto begin = first_of_day_.lower_bound(number_of(since));
    for (auto day = begin; day != first_of_day_.end(); ++day) floor = std::min(floor, day->second);
    return {floor};
}

std::vector<TicketId> SimilarIndex::similar(const Signature& signature, sla::LocalDay since) const {
    const std::uint64_t floor = floor_of(since).value;
    const std::uint16_t first_day = number_of(since);
    Facts asked;
    asked.signature = signature;
    Best best;
    // A step in each chain, round and round: what one is going to need is fetched from memory while
    // the others are looked at.
    std::array<Slot, bands> at{};
    for (Chain band = 0; band < bands; ++band) at[band] = heads_[head_of(asked, band)];
    bool more = true;
    for (std::size_t walked = 0; more && walked < most_walked; ++walked) {
        more = false;
        for (Chain band = 0; band < bands; ++band) {
            if (at[band] == none) continue;
            const Facts& found = facts(at[band]);
            const bool over = found.ticket < floor;  // and so are all that follow
            if (!over && !found.aside && found.day >= first_day) {
                best.take(agreements(found.signature, signature), found.ticket);
            }
            at[band] = over ? none : next(at[band], band);
            if (at[band] == none) continue;
            fetch(at[band], band);
            more = true;
        }
    }
    return best.tickets();
}

std::vector<TicketId> SimilarIndex::of_enterprise(EnterpriseId enterprise, std::size_t most) const {
    std::vector<TicketId> found;
    Facts asked;
    asked.enterprise = static_cast<std::uint32_t>(enterprise.value);
    if (asked.enterprise == 0) return found;
    Slot slot = heads_[head_of(asked, by_enterprise)];
    while (slot != none && found.size() < most) {
        const Facts& one = facts(slot);
        if (one.enterprise == asked.enterprise && !one.aside) found.push_back({one.ticket});
        slot = next(slot, by_enterprise);
    }
    return found;
}

std::vector<TicketId> SimilarIndex::before(sla::LocalDay day) const {
    std::vector<TicketId> found;
    for (const auto& block : blocks_) {
        for (const Facts& one : block->facts) {
            if (one.used && one.day < number_of(day)) found.push_back({one.ticket});
        }
    }
    return found;
}

std::size_t SimilarIndex::bytes() const {
    return blocks_.size() * sizeof(Block) + (heads_.capacity() + free_.capacity()) * sizeof(Slot);
}

}  // namespace hotline::ticketing::similarity
