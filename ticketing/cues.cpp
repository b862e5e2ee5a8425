#include "ticketing/cues.hpp"

#include "ticketing/amounts.hpp"
#include "ticketing/cue_words.hpp"
#include "ticketing/other_topic.hpp"
#include "ticketing/text.hpp"

#include <algorithm>
#include <array>
#include <bitset>

namespace hotline::ticketing {
namespace {

constexpr std::size_t most_words_noted = 16;
constexpr std::size_t appeal_type_count = 7;  // by persisted number, 0 unused
constexpr std::size_t urgency_count = 4;
constexpr int title_factor = 2;  // Q1: who writes a title puts the matter into it

double confidence(int best, int next, int enough) {
    if (best <= 0) return 0;
    const double clear = static_cast<double>(best - next) / best;
    const double strong = std::min(1.0, static_cast<double>(best) / enough);
    return strong * (0.5 + 0.5 * clear);
}

struct Best {
    std::size_t index = 0;
    int score = 0;
    std::size_t second = 0;
    int second_score = 0;
};

Best best_of(const std::vector<int>& sums) {
    Best best;
    for (std::size_t i = 0; i < sums.size(); ++i) {
        if (sums[i] > best.score) {
            best = {i, sums[i], best.index, best.score};
        } else if (sums[i] > best.second_score) {
            best.second = i;
            best.second_score = sums[i];
        }
    }
    return best;
}

}  // namespace

std::vector<CueReader::Hit> CueReader::hits(std::string_view text, bool in_title) const {
    std::vector<Hit> all;
    matcher_.scan(text, [&](std::uint32_t pattern, std::size_t begin, std::size_t end) {
        all.push_back(
            {pattern, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end), in_title}
        );
    });
    std::ranges::sort(all, [](const Hit& a, const Hit& b) {
        if (a.begin != b.begin) return a.begin < b.begin;
        if (a.end != b.end) return a.end > b.end;
        return a.pattern < b.pattern;
    });
    // Q1: a word inside a longer one of the same kind is not a word of its own ("出口" in
    // "出口退税").
    std::array<std::pair<std::uint32_t, std::uint32_t>, kinds> reach{};
    std::erase_if(all, [&](const Hit& hit) {
        auto& [begin, end] = reach[static_cast<std::size_t>(patterns_[hit.pattern].kind)];
        const bool same = hit.begin == begin && hit.end == end;
        if (!same && hit.end <= end) return true;
        begin = hit.begin;
        end = hit.end;
        return false;
    });
    return all;
}

// Sum of the weights of the distinct words found, by target.
std::vector<int> CueReader::sums(const Text& text, Kind kind, std::size_t targets) const {
    std::vector<int> sum(targets);
    std::vector<std::uint32_t> counted;
    for (const Hit& hit : text.hits) {
        const Pattern& pattern = patterns_[hit.pattern];
        if (pattern.kind != kind || pattern.target == hides_only) continue;
        if (std::ranges::find(counted, hit.pattern) != counted.end()) continue;
        counted.push_back(hit.pattern);
        sum[pattern.target] += pattern.weight * (hit.in_title ? title_factor : 1);
    }
    return sum;
}

void CueReader::note_words(const Text& text, Kind kind, std::size_t target, Cues& cues) const {
    for (const Hit& hit : text.hits) {
        const Pattern& pattern = patterns_[hit.pattern];
        if (pattern.kind != kind || pattern.target != target) continue;
        const std::string_view word = text.word(hit);
        if (std::ranges::find(cues.found, word) != cues.found.end()) continue;
        if (cues.found.size() == most_words_noted) return;
        cues.found.emplace_back(word);
    }
}

Cues CueReader::read(std::string_view title, std::string_view content, std::string_view home)
    const {
    Text text{title, content, hits(title, true)};
    const auto more = hits(content, false);
    text.hits.insert(text.hits.end(), more.begin(), more.end());
    Cues cues;
    read_topic(text, cues);
    read_type(text, cues);
    read_urgency(text, cues);
    read_place(text, home, cues);
    read_flags(text, cues);
    read_complained_unit(text, home, cues);
    read_asked_unit(text, home, cues);
    read_decline(text, cues);
    cues.amount_fen = largest_amount(content);
    if (!cues.amount_fen) cues.amount_fen = largest_amount(title);
    // Reports and complaints about an office are confidential unless the centre decides otherwise.
    cues.confidential = cues.type == AppealType::report || static_cast<bool>(cues.complained_unit);
    return cues;
}

void CueReader::read_topic(const Text& text, Cues& cues) const {
    const auto sum = sums(text, Kind::topic, topics_.size());
    const Best best = best_of(sum);
    const bool named = best.score >= 3;
    const std::size_t topic = named ? best.index : other_topic_;
    cues.topic = topics_.empty() ? std::string{other_topic} : topics_[topic];
    cues.topic_confidence = named ? confidence(best.score, best.second_score, 14) : 0;
    // Q2: a second matter needs a voice of its own, not an echo of the first.
    if (best.second_score >= 10 && best.second_score * 10 >= best.score * 6) {
        cues.second_topic = topics_[best.second];
    }
    if (named) note_words(text, Kind::topic, topic, cues);
    // Little is said, and little of it means anything: somebody has to ask back.
    constexpr std::size_t few_characters = 40;
    constexpr int some_evidence = 8;
    cues.clarify = best.score < some_evidence &&
                   characters(text.title) + characters(text.content) < few_characters;
}

void CueReader::read_type(const Text& text, Cues& cues) const {
    const auto sum = sums(text, Kind::type, appeal_type_count);
    // On a tie the graver type: its clocks and its confidentiality are the safer mistake.
    constexpr std::array order{
        AppealType::report,
        AppealType::complaint,
        AppealType::help,
        AppealType::consult,
        AppealType::suggestion,
        AppealType::praise,
    };
    int best = 0, second = 0;
    for (const AppealType type : order) {
        const int score = sum[static_cast<std::size_t>(type)];
        if (score > best) {
            second = best;
            best = score;
            cues.type = type;
        } else {
            second = std::max(second, score);
        }
    }
    cues.type_confidence = best == 0 ? 0.2 : confidence(best, second, 8);
    if (best > 0) note_words(text, Kind::type, static_cast<std::size_t>(cues.type), cues);
}

void CueReader::read_urgency(const Text& text, Cues& cues) const {
    const auto sum = sums(text, Kind::urgency, urgency_count);
    const auto critical = static_cast<std::size_t>(Urgency::critical);
    const auto urgent = static_cast<std::size_t>(Urgency::urgent);
    // Q4: who asks, proposes or thanks is not in distress, unless he says so more than once.
    const bool calm = cues.type == AppealType::consult || cues.type == AppealType::suggestion ||
                      cues.type == AppealType::praise;
    const int needed = calm ? 8 : 4;
    if (sum[critical] >= needed) {
        cues.urgency = Urgency::critical;
    } else if (sum[urgent] >= needed) {
        cues.urgency = Urgency::urgent;
    }
    cues.urgency_confidence = confidence(std::max(sum[critical], sum[urgent]), 0, 8);
    if (cues.urgency != Urgency::normal) {
        note_words(text, Kind::urgency, static_cast<std::size_t>(cues.urgency), cues);
    }
}

void CueReader::read_flags(const Text& text, Cues& cues) const {
    for (const Hit& hit : text.hits) {
        const Pattern& pattern = patterns_[hit.pattern];
        if (pattern.kind == Kind::risk) cues.risk_flags |= pattern.target;
        if (pattern.kind == Kind::tangled) cues.tangled = true;
        if (pattern.kind == Kind::emergency) cues.emergency = true;
    }
}

bool CueReader::procedure_under_way(const Text& text) const {
    constexpr std::uint32_t reach = 36;  // bytes: a dozen characters
    return std::ranges::any_of(text.hits, [&](const Hit& procedure) {
        if (patterns_[procedure.pattern].kind != Kind::procedure) return false;
        return std::ranges::any_of(text.hits, [&](const Hit& stage) {
            return patterns_[stage.pattern].kind == Kind::under_way &&
                   stage.in_title == procedure.in_title && stage.begin <= procedure.end + reach &&
                   procedure.begin <= stage.end + reach;
        });
    });
}

void CueReader::read_decline(const Text& text, Cues& cues) const {
    const auto reasons = cue_words::declines();
    const Best best = best_of(sums(text, Kind::decline, reasons.size()));
    if (best.score < 3) {
        if (procedure_under_way(text)) cues.decline = DeclineHint{"litigation", 0.6};
        return;
    }
    const std::string_view code = reasons[best.index].code;
    // A firm of this city may well name another one: its customer, its bank.
    if (code == "outside_city" && !cues.division.empty()) return;
    cues.decline = DeclineHint{std::string{code}, confidence(best.score, best.second_score, 10)};
}

void apply(const Cues& cues, Appeal& appeal) {
    if (!appeal.type) appeal.type = cues.type;
    if (appeal.topic.empty()) appeal.topic = cues.topic;
    if (!appeal.urgency) appeal.urgency = cues.urgency;
    if (appeal.division.empty()) {
        appeal.division = cues.division;
        if (appeal.town.empty()) appeal.town = cues.town;
    }
    if (appeal.place.empty()) appeal.place = cues.place;
    if (!appeal.amount_fen) appeal.amount_fen = cues.amount_fen;
    appeal.appellant.confidential = appeal.appellant.confidential || cues.confidential;
}

}  // namespace hotline::ticketing
