#pragma once

#include "sla/local_time.hpp"
#include "ticketing/similarity/signature.hpp"
#include "ticketing/types/ids.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <vector>

namespace hotline::ticketing::similarity {

// What the index keeps of a ticket: nothing that could be read.
struct Entry {
    TicketId ticket;
    EnterpriseId enterprise;  // none: only found by its text
    sla::LocalDay day;        // of its acceptance
    bool aside = false;       // D8: kept, but found by nobody
    Signature signature{};
};

// Which tickets may say the same (D4 to D6). A ticket lies in 26 chains: one for each band of its
// signature, one of its enterprise's, one to find it again by its number. Chains begin with the
// newest ticket, whatever the order in which tickets came, so that the same tickets always give the
// same answers. One thread may write while none reads; any number may read.
class SimilarIndex {
public:
    SimilarIndex();

    // Adds a ticket, or takes what is different of one that is there.
    void put(const Entry& entry);
    void remove(TicketId ticket);

    // Tickets accepted from `since` on whose text is likely to be alike, the likeliest first, then
    // the newest; at most `most_candidates`.
    std::vector<TicketId> similar(const Signature& signature, sla::LocalDay since) const;
    // The newest tickets of one enterprise, at most `most`.
    std::vector<TicketId> of_enterprise(EnterpriseId enterprise, std::size_t most) const;
    // A ticket not above any of those accepted from `since` on.
    TicketId floor_of(sla::LocalDay since) const;
    // Those accepted before a day, in no order that means anything.
    std::vector<TicketId> before(sla::LocalDay day) const;

    std::size_t size() const { return size_; }
    std::size_t bytes() const;  // of memory

    static constexpr std::size_t bands = signature_size / 2;
    static constexpr std::size_t most_candidates = 48;
    static constexpr std::size_t most_walked = 512;  // of one band's chain

private:
    using Slot = std::uint32_t;
    using Chain = std::size_t;
    static constexpr Slot none = ~Slot{0};
    static constexpr Chain by_enterprise = bands;
    static constexpr Chain by_ticket = bands + 1;
    static constexpr Chain chains = bands + 2;
    static constexpr std::size_t heads_of_chain = 65'536;
    static constexpr std::size_t block_size = 4096;

    // As small as it can be: there are a million of them. 64 bytes, a line of the cache.
    struct Facts {
        std::uint64_t ticket = 0;
        Signature signature{};
        // The low half of its number; whoever is found by it is looked at in full.
        std::uint32_t enterprise = 0;
        std::uint16_t day = 0;  // since 1970
        bool aside = false;
        bool used = false;
    };
    struct Block {
        std::array<Facts, block_size> facts{};
        std::array<std::array<Slot, chains>, block_size> next{};
    };

    Facts& facts(Slot slot) { return blocks_[slot / block_size]->facts[slot % block_size]; }
    const Facts& facts(Slot slot) const {
        return blocks_[slot / block_size]->facts[slot % block_size];
    }
    Slot& next(Slot slot, Chain chain) {
        return blocks_[slot / block_size]->next[slot % block_size][chain];
    }
    Slot next(Slot slot, Chain chain) const {
        return blocks_[slot / block_size]->next[slot % block_size][chain];
    }
    // Where the chain begins in which these facts belong.
    static std::size_t head_of(const Facts& of, Chain chain);
    Slot find(TicketId ticket) const;
    // Has the memory of a slot brought near.
    void fetch(Slot slot, Chain chain) const;
    Slot free_slot();
    void link(Slot slot, Chain chain);
    void unlink(Slot slot, Chain chain);

    std::vector<Slot> heads_;
    std::vector<std::unique_ptr<Block>> blocks_;
    std::vector<Slot> free_;
    std::size_t size_ = 0;
    std::map<std::uint16_t, std::uint64_t> first_of_day_;  // the lowest ticket seen of each day
};

}  // namespace hotline::ticketing::similarity
