#pragma once

#include "ticketing/pattern_matcher.hpp"
#include "ticketing/types/appeal.hpp"
#include "ticketing/types/directory.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

// What the text of an appeal suggests about the fields its author left open: a transparent count
// of weighted words (rules Q1 to Q8 and Q14 in ticketing/router/README.md). Suggestions fill
// empty fields; they never overrule what a person chose, and nothing is declined by them.
namespace hotline::ticketing {

struct DeclineHint {
    std::string code;  // of ticketing/reasons.hpp
    double confidence = 0;
};

// What a model learned from closed tickets says of one field (Q9).
struct LearnedHint {
    std::string field;  // a model's name, see text_models.hpp
    std::string label;
    double confidence = 0;
    bool taken = false;
    std::vector<std::string> words;  // what in the text spoke for it
};

// Confidences run from 0 (a guess) to 1.
struct Cues {
    AppealType type = AppealType::help;
    double type_confidence = 0;
    std::string topic;  // of the duty list; "其他" when nothing is found
    double topic_confidence = 0;
    std::string second_topic;  // another one nearly as strong, else empty
    Urgency urgency = Urgency::normal;
    double urgency_confidence = 0;
    std::string division;  // county or zone; empty: no place named
    std::string town;
    std::string place;  // the place names found, as written
    std::optional<std::int64_t> amount_fen;
    std::uint32_t risk_flags = risk_none;
    UnitId complained_unit;
    UnitId asked_unit;       // Q14: whom the author asks to act, or thanks
    bool tangled = false;    // several units, levels or years: 疑难
    bool emergency = false;  // for 110, 119, 120 or 122 as well
    bool confidential = false;
    std::optional<DeclineHint> decline;
    bool clarify = false;            // 待补充: too little is said to find a unit
    std::vector<std::string> found;  // the words counted for topic, type and urgency, as written
    std::vector<LearnedHint> learned;
    bool rules_alone = false;  // Q12: there is no model to ask
};

// Built once per directory snapshot, then read by any number of threads.
class CueReader {
public:
    explicit CueReader(const Directory& directory);

    // `home` is the enterprise's own division, used to tell towns of the same name apart and for
    // "县…局"; may be empty.
    Cues read(std::string_view title, std::string_view content, std::string_view home = {}) const;

private:
    enum class Kind : std::uint8_t {
        topic,
        type,
        urgency,
        division,
        town,
        unit,
        risk,
        decline,
        blame,
        tangled,
        emergency,
        procedure,
        under_way,
        promise
    };
    static constexpr std::size_t kinds = 14;
    struct Pattern {
        Kind kind = Kind::topic;
        std::uint8_t weight = 0;
        std::uint32_t target = 0;  // index into a list that depends on the kind
    };
    struct Hit {
        std::uint32_t pattern;
        std::uint32_t begin, end;
        bool in_title;
    };
    // The matches of one appeal, those of the title first.
    struct Text {
        std::string_view title, content;
        std::vector<Hit> hits;

        std::string_view word(const Hit& hit) const {
            return (hit.in_title ? title : content).substr(hit.begin, hit.end - hit.begin);
        }
    };
    struct Place;
    static constexpr std::uint32_t hides_only = 0xFFFFFFFF;  // target of a word that means nothing

    void add(std::string_view word, Kind kind, int weight, std::size_t target);
    void add_topics(const Directory& directory);
    void add_places(const Directory& directory);
    void add_units(const Directory& directory);
    void add_fixed_words();
    void add_other_cities(std::size_t target);

    std::vector<Hit> hits(std::string_view text, bool in_title) const;
    std::vector<int> sums(const Text& text, Kind kind, std::size_t targets) const;
    void note_words(const Text& text, Kind kind, std::size_t target, Cues& cues) const;

    void read_topic(const Text& text, Cues& cues) const;
    void read_type(const Text& text, Cues& cues) const;
    void read_urgency(const Text& text, Cues& cues) const;
    void read_place(const Text& text, std::string_view home, Cues& cues) const;
    void read_town(const Text& text, std::string_view home, Cues& cues) const;
    void read_flags(const Text& text, Cues& cues) const;
    void read_complained_unit(const Text& text, std::string_view home, Cues& cues) const;
    void read_asked_unit(const Text& text, std::string_view home, Cues& cues) const;
    bool is_asked(const Text& text, const Hit& unit) const;
    void read_decline(const Text& text, Cues& cues) const;
    bool procedure_under_way(const Text& text) const;
    UnitId named_unit(const Hit& hit, std::string_view home) const;

    PatternMatcher matcher_;
    std::vector<Pattern> patterns_;
    std::vector<std::string> topics_;
    std::size_t other_topic_ = 0;
    std::vector<Division> divisions_;
    // Units by what people call them: the place part of the name decides which one is meant.
    struct Called {
        std::string function;
        std::string division;  // "" = that of the appeal
        UnitId unit;           // when the name says it all
    };
    std::vector<Called> called_;
    std::unordered_map<std::string, UnitId> unit_by_function_;  // function@division
};

// Fills the open fields of `appeal` from `cues`.
void apply(const Cues& cues, Appeal& appeal);

}  // namespace hotline::ticketing
