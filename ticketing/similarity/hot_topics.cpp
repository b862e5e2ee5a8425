#include "ticketing/similarity/hot_topics.hpp"

#include <algorithm>
#include <cstdint>
#include <unordered_map>
#include <unordered_set>

namespace hotline::ticketing::similarity {
namespace {

using Number = std::uint32_t;  // of a text among those given

constexpr std::size_t phrases_told = 4;
constexpr double ordinary = 0.1;  // D11: of the other appeals
constexpr std::size_t others_needed = 20;

// Groups around their heads, found by what pairs they have: exact, and each text is held against
// those heads alone that share a pair with it.
class Heads {
public:
    explicit Heads(int percent) : percent_(percent) {}

    // Puts a text to the head it is most like, or makes it one.
    void take(Number text, const Shingles& shingles) {
        for (const std::uint64_t key : shingles.keys()) {
            const auto found = with_.find(key);
            if (found == with_.end()) continue;
            for (const Number head : found->second) {
                if (shared_[head]++ == 0) touched_.push_back(head);
            }
        }
        std::ranges::sort(touched_);
        double best = 0;
        Number chosen = static_cast<Number>(heads_.size());
        for (const Number head : touched_) {
            const double like = jaccard(shingles.size(), heads_[head].pairs, shared_[head]);
            if (like * 100 >= percent_ && like > best) {
                best = like;
                chosen = head;
            }
            shared_[head] = 0;
        }
        touched_.clear();
        if (chosen == heads_.size()) add_head(shingles);
        heads_[chosen].members.push_back(text);
    }

    struct Head {
        std::size_t pairs;
        std::vector<Number> members;  // the head first
    };
    const std::vector<Head>& all() const { return heads_; }

private:
    void add_head(const Shingles& shingles) {
        const auto head = static_cast<Number>(heads_.size());
        heads_.push_back({shingles.size(), {}});
        shared_.push_back(0);
        for (const std::uint64_t key : shingles.keys()) with_[key].push_back(head);
    }

    int percent_;
    std::vector<Head> heads_;
    std::unordered_map<std::uint64_t, std::vector<Number>> with_;  // which heads have a pair
    std::vector<std::uint32_t> shared_;                            // pairs shared with each head
    std::vector<Number> touched_;
};

using Frequencies = std::unordered_map<std::uint64_t, std::size_t>;

Frequencies frequencies(std::span<const Shingles> shingles) {
    Frequencies of;
    for (const Shingles& one : shingles) {
        for (const std::uint64_t key : one.keys()) ++of[key];
    }
    return of;
}

std::vector<HotPhrase> phrases_of_group(
    std::span<const HotText> texts,
    std::span<const Shingles> shingles,
    std::span<const Number> members,
    const Frequencies& in_all
) {
    Frequencies in_group;
    for (const Number member : members) {
        for (const std::uint64_t key : shingles[member].keys()) ++in_group[key];
    }
    const std::size_t others = texts.size() - members.size();
    const auto telling = [&](std::uint64_t key) {
        const auto found = in_group.find(key);
        if (found == in_group.end() || found->second * 2 < members.size()) return false;
        const auto elsewhere = static_cast<double>(in_all.at(key) - found->second);
        return others < others_needed || elsewhere <= ordinary * static_cast<double>(others);
    };
    std::vector<HotPhrase> phrases;
    for (std::string& text : phrases_of(texts[members.front()].text, telling, phrases_told)) {
        HotPhrase phrase{std::move(text), {}};
        const Shingles pairs{phrase.text};
        for (const Number member : members) {
            const bool has = std::ranges::all_of(pairs.keys(), [&](std::uint64_t key) {
                return shingles[member].contains(key);
            });
            if (has) phrase.in.push_back(texts[member].appeal.ticket);
        }
        phrases.push_back(std::move(phrase));
    }
    return phrases;
}

}  // namespace

std::size_t enterprises_among(std::span<const HotAppeal> appeals) {
    std::unordered_set<std::string_view> parties;
    for (const HotAppeal& appeal : appeals) {
        if (!appeal.party.empty()) parties.insert(appeal.party);
    }
    return parties.size();
}

std::vector<HotTopic> hot_topics(std::span<const HotText> texts, const HotRules& rules) {
    std::vector<Shingles> shingles;
    shingles.reserve(texts.size());
    Heads heads{rules.percent};
    for (const HotText& text : texts) {
        const auto& own = shingles.emplace_back(text.text);
        if (own.tells()) heads.take(static_cast<Number>(shingles.size() - 1), own);
    }
    const auto wanted = static_cast<std::size_t>(std::max(1, rules.enterprises));
    std::vector<HotTopic> topics;
    Frequencies in_all;
    for (const auto& [pairs, members] : heads.all()) {
        if (members.size() < wanted) continue;
        HotTopic topic;
        for (const Number member : members) topic.appeals.push_back(texts[member].appeal);
        if (enterprises_among(topic.appeals) < wanted) continue;
        if (in_all.empty()) in_all = frequencies(shingles);
        topic.phrases = phrases_of_group(texts, shingles, members, in_all);
        topics.push_back(std::move(topic));
    }
    std::ranges::stable_sort(topics, [](const HotTopic& a, const HotTopic& b) {
        const auto x = enterprises_among(a.appeals);
        const auto y = enterprises_among(b.appeals);
        return x != y ? x > y : a.appeals.size() > b.appeals.size();
    });
    return topics;
}

}  // namespace hotline::ticketing::similarity
