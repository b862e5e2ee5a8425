#include "server/similar_appeals.hpp"

#include "ticketing/text_models.hpp"

#include <algorithm>
#include <mutex>

namespace hotline {
namespace {

using ticketing::TicketId;
using ticketing::similarity::Entry;
using ticketing::similarity::Shingles;

constexpr std::size_t of_one_enterprise = 32;
// Readers wait for the writer no longer than so many tickets take.
constexpr std::size_t written_at_once = 100;

Entry entry_of(const mysql::AppealText& text) {
    return {
        .ticket = text.ticket,
        .enterprise = text.enterprise,
        .day = sla::local_day(text.accepted_at),
        .aside = ticketing::similarity::set_aside(text.state, text.needs_entry),
        .signature = signature_of(Shingles{compared_text(text.title, text.content)})
    };
}

int whole(std::int64_t value) {
    return static_cast<int>(value);
}

}  // namespace

std::string compared_text(std::string_view title, std::string_view content) {
    return ticketing::model_text(title, content);
}

SimilarRules similar_rules(const config::SimilaritySection& section) {
    return {
        .suspicion =
            {.days = whole(section.days),
             .recent_days = whole(section.recent_days),
             .same_party_percent = whole(section.same_party_percent),
             .contained_percent = whole(section.contained_percent),
             .other_percent = whole(section.other_percent)},
        .hot =
            {.days = whole(section.hot_days),
             .percent = whole(section.hot_percent),
             .enterprises = whole(section.hot_enterprises)}
    };
}

void SimilarAppeals::put(std::span<const mysql::AppealText> texts) {
    while (!texts.empty()) {
        const auto some = texts.first(std::min(texts.size(), written_at_once));
        texts = texts.subspan(some.size());
        std::vector<Entry> entries;
        entries.reserve(some.size());
        for (const mysql::AppealText& text : some) entries.push_back(entry_of(text));
        const std::unique_lock lock(mutex_);
        for (const Entry& entry : entries) index_.put(entry);
        ++generation_;
    }
}

void SimilarAppeals::forget_before(sla::LocalDay day) {
    std::vector<TicketId> old;
    {
        const std::shared_lock lock(mutex_);
        old = index_.before(day);
    }
    for (std::size_t at = 0; at < old.size(); at += written_at_once) {
        const std::unique_lock lock(mutex_);
        const std::size_t end = std::min(old.size(), at + written_at_once);
        for (std::size_t i = at; i < end; ++i) index_.remove(old[i]);
    }
}

std::vector<TicketId> SimilarAppeals::candidates(
    const Shingles& text, ticketing::EnterpriseId enterprise, sla::LocalDay since
) const {
    const auto signature = signature_of(text);
    std::vector<TicketId> found;
    {
        const std::shared_lock lock(mutex_);
        if (text.tells()) found = index_.similar(signature, since);
        const auto own = index_.of_enterprise(enterprise, of_one_enterprise);
        found.insert(found.end(), own.begin(), own.end());
    }
    std::ranges::sort(found);
    const auto twice = std::ranges::unique(found);
    found.erase(twice.begin(), twice.end());
    return found;
}

TicketId SimilarAppeals::floor_of(sla::LocalDay since) const {
    const std::shared_lock lock(mutex_);
    return index_.floor_of(since);
}

std::size_t SimilarAppeals::size() const {
    const std::shared_lock lock(mutex_);
    return index_.size();
}

std::size_t SimilarAppeals::bytes() const {
    const std::shared_lock lock(mutex_);
    return index_.bytes();
}

}  // namespace hotline
