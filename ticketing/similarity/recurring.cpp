#include "ticketing/similarity/recurring.hpp"

#include "ticketing/similarity/shingles.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace hotline::ticketing::similarity {
namespace {

constexpr std::size_t phrases_of_a_text = 3;
constexpr int least_texts = 2;

// What every appeal says.
const Shingles& said_by_all() {
    static const Shingles pairs{
        "我公司我们公司，我单位，有限公司，请协调解决，希望有关部门，一直没有"
    };
    return pairs;
}

bool has_all(const Shingles& text, const Shingles& phrase) {
    return std::ranges::all_of(phrase.keys(), [&](auto key) { return text.contains(key); });
}

bool told_already(const std::vector<RecurringPhrase>& told, const Shingles& pairs) {
    return std::ranges::any_of(told, [&](const RecurringPhrase& one) {
        const Shingles other{one.text};
        return has_all(other, pairs) || has_all(pairs, other);
    });
}

}  // namespace

std::vector<RecurringPhrase> recurring_phrases(
    std::span<const std::string_view> texts, std::size_t most
) {
    std::vector<Shingles> shingles;
    std::unordered_map<std::uint64_t, int> frequency;
    for (const std::string_view text : texts) {
        for (const auto key : shingles.emplace_back(text).keys()) ++frequency[key];
    }
    const auto recurs = [&](std::uint64_t key) {
        return frequency[key] >= least_texts && !said_by_all().contains(key);
    };
    std::map<std::string, int> candidates;
    for (const std::string_view text : texts) {
        for (auto& phrase : phrases_of(text, recurs, phrases_of_a_text)) {
            candidates.try_emplace(std::move(phrase), 0);
        }
    }
    std::vector<RecurringPhrase> all;
    for (const auto& [text, none] : candidates) {
        const Shingles pairs{text};
        const auto count = std::ranges::count_if(shingles, [&](const Shingles& one) {
            return has_all(one, pairs);
        });
        if (count >= least_texts) all.push_back({text, static_cast<int>(count)});
    }
    std::ranges::stable_sort(all, [](const RecurringPhrase& a, const RecurringPhrase& b) {
        return a.texts != b.texts ? a.texts > b.texts : a.text.size() > b.text.size();
    });
    std::vector<RecurringPhrase> told;
    for (RecurringPhrase& one : all) {
        if (told.size() == most) break;
        if (!told_already(told, Shingles{one.text})) told.push_back(std::move(one));
    }
    return told;
}

}  // namespace hotline::ticketing::similarity
