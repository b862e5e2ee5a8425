#pragma once

#include "integrations/mysql/appeal_texts.hpp"
#include "server/config/settings.hpp"
#include "ticketing/similarity/hot_topics.hpp"
#include "ticketing/similarity/index.hpp"
#include "ticketing/similarity/suspicion.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <shared_mutex>
#include <span>
#include <vector>

namespace hotline {

struct SimilarRules {
    ticketing::similarity::SuspicionRules suspicion;
    ticketing::similarity::HotRules hot;
};
SimilarRules similar_rules(const config::SimilaritySection& section);

// What was hot when it was last looked.
struct HotTopics {
    ticketing::Instant at;
    std::vector<ticketing::similarity::HotTopic> topics;
};
using HotTopicsPtr = std::shared_ptr<const HotTopics>;

// The index of similar appeals of this server and the hot topics of the city: read from the
// database at start and kept up behind the changes of all servers (workers/similar_appeals). Any
// thread.
class SimilarAppeals {
public:
    explicit SimilarAppeals(const SimilarRules& rules) : rules_(rules) {}

    const SimilarRules& rules() const { return rules_; }

    // Takes what these say now.
    void put(std::span<const mysql::AppealText> texts);
    void forget_before(sla::LocalDay day);
    // All there is has been read once; until then some are missing.
    bool complete() const { return complete_.load(); }
    void set_complete(bool complete) { complete_.store(complete); }

    // What is worth comparing, each once: whose text may be alike, not older than `since`, and the
    // newest of the same enterprise.
    std::vector<ticketing::TicketId> candidates(
        const ticketing::similarity::Shingles& text,
        ticketing::EnterpriseId enterprise,
        sla::LocalDay since
    ) const;
    ticketing::TicketId floor_of(sla::LocalDay since) const;

    std::size_t size() const;
    std::size_t bytes() const;
    // Grows with every change.
    std::uint64_t generation() const { return generation_.load(); }

    // Null until it was looked once.
    HotTopicsPtr hot_topics() const { return hot_.load(); }
    void replace_hot_topics(HotTopicsPtr next) { hot_.store(std::move(next)); }

private:
    SimilarRules rules_;
    mutable std::shared_mutex mutex_;
    ticketing::similarity::SimilarIndex index_;
    std::atomic<bool> complete_{false};
    std::atomic<std::uint64_t> generation_{0};
    std::atomic<HotTopicsPtr> hot_;
};

// Title and content, as they are compared.
std::string compared_text(std::string_view title, std::string_view content);

}  // namespace hotline
