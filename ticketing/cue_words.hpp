#pragma once

#include "ticketing/types/appeal.hpp"

#include <span>
#include <string_view>

// The word lists of ticketing::cues that do not belong to a topic of the duty list (rules Q1 to Q7
// in ticketing/router/README.md). Topic words stand in the duty list itself.
namespace hotline::ticketing::cue_words {

// Several words of one meaning and weight, separated by blanks.
struct TypeWords {
    AppealType type;
    int weight;
    std::string_view words;
};

struct UrgencyWords {
    Urgency urgency;
    int weight;
    std::string_view words;  // weight 0: contains an urgent word, but is none ("火灾隐患")
};

struct RiskWords {
    RiskFlag risk;
    std::string_view words;
};

// `code` of ticketing/reasons.hpp.
struct DeclineWords {
    std::string_view code;
    int weight;
    std::string_view words;
};

// How people call the unit with `function`.
struct UnitAlias {
    std::string_view function;
    std::string_view words;
};

// Other names of counties and zones; `weight` as for Q3.
struct PlaceAlias {
    std::string_view code;
    int weight;
    std::string_view words;
};

std::span<const TypeWords> types();
std::span<const UrgencyWords> urgencies();
std::span<const RiskWords> risks();
std::span<const DeclineWords> declines();
std::span<const UnitAlias> unit_aliases();
std::span<const PlaceAlias> place_aliases();

// Names of towns that are everyday words without their suffix ("交道", "三张"): only the full name
// counts for them.
std::string_view everyday_town_names();
// Words beside the name of a unit which make it the one complained about.
std::string_view blame();
// Q14: words directly before the name of a unit by which it is asked to act, and words beside the
// name which make it the one that promised.
std::string_view asking();
std::string_view promises();
// Words which say the matter is tangled: several units, years, hand-downs.
std::string_view tangled();
// Words of an emergency in progress (110, 119, 120, 122).
std::string_view emergencies();

// Q7: a procedure and, close to it, the word that it has begun.
std::string_view procedures();
std::string_view under_way();
// Q7: cities near by or far off, without suffix, and the words before or after which say that the
// matter is there.
std::string_view other_cities();
std::string_view located_in();
std::string_view located_things();

// Calls use(word) for each word of a blank-separated list.
template <class Use>
void for_each_word(std::string_view words, Use&& use) {
    while (!words.empty()) {
        const auto end = words.find(' ');
        if (end != 0) use(words.substr(0, end));
        if (end == std::string_view::npos) return;
        words.remove_prefix(end + 1);
    }
}

}  // namespace hotline::ticketing::cue_words
