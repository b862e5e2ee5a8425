#include "server/learning/sample_texts.hpp"

#include "server/learning/sample_phrases.hpp"
#include "ticketing/text_models.hpp"

#include <algorithm>
#include <map>
#include <string_view>

namespace hotline::learning {
namespace {

using ticketing::AppealType;
using ticketing::Duty;
using ticketing::Urgency;

constexpr int telling_weight = 5;  // a word of less says too little of its topic
constexpr std::size_t retold = 4;  // texts of each phrase
constexpr std::size_t of_a_word = 2;

std::vector<std::string_view> parted(std::string_view list) {
    std::vector<std::string_view> parts;
    for (;;) {
        const auto end = std::min(list.find('|'), list.size());
        parts.push_back(list.substr(0, end));
        if (end == list.size()) return parts;
        list.remove_prefix(end + 1);
    }
}

std::string filled(std::string_view frame, std::string_view phrase) {
    std::string text{frame};
    return text.replace(text.find("{}"), 2, phrase);
}

// Takes one after the other of every list, each list at a pace of its own, so that frames, endings
// and openings meet in ever new ways without a random number.
class Teller {
public:
    KnownAppeal tell(std::string_view topic, std::string_view phrase) {
        const auto types = sample_phrases::types();
        const auto& frames = types[turn_ % types.size()];
        // Most matters can wait; who asks, proposes or thanks always can.
        const AppealType type = *ticketing::from_name<AppealType>(frames.type);
        const bool calm = type == AppealType::consult || type == AppealType::suggestion ||
                          type == AppealType::praise;
        const auto urgencies = sample_phrases::urgencies();
        const auto& endings = urgencies[calm ? urgencies.size() - 1 : (turn_ / 7) % 4 % 3];
        const auto openings = parted(sample_phrases::openings());
        std::string content{openings[(turn_ / 3) % openings.size()]};
        const std::string_view frame = next_of(frames.frames, 5);
        const std::string_view ending = next_of(endings.endings, 2);
        content += filled(frame, phrase);
        content += ending;
        ++turn_;
        const std::string_view title = turn_ % 3 == 0 ? std::string_view{} : phrase;
        return {
            ticketing::model_text(title, content),
            std::string{topic},
            type,
            *ticketing::from_name<Urgency>(endings.urgency),
            number_of(phrase),
            number_of(frame),
            number_of(ending)
        };
    }

private:
    std::string_view next_of(std::string_view list, std::size_t pace) const {
        const auto parts = parted(list);
        return parts[(turn_ / pace) % parts.size()];
    }

    // From 1 on, the same for the same words.
    std::uint64_t number_of(std::string_view words) {
        return numbers_.emplace(words, numbers_.size() + 1).first->second;
    }

    std::size_t turn_ = 0;
    std::map<std::string, std::uint64_t, std::less<>> numbers_;
};

}  // namespace

std::vector<KnownAppeal> sample_appeals(const ticketing::Directory& directory) {
    std::vector<KnownAppeal> texts;
    Teller teller;
    for (const Duty& duty : directory.duties) {
        for (const auto& row : sample_phrases::topics()) {
            if (row.topic != duty.topic) continue;
            for (const std::string_view phrase : parted(row.phrases)) {
                for (std::size_t i = 0; i < retold; ++i) {
                    texts.push_back(teller.tell(duty.topic, phrase));
                }
            }
        }
        for (const auto& cue : duty.words) {
            if (cue.weight < telling_weight) continue;
            for (std::size_t i = 0; i < of_a_word; ++i) {
                texts.push_back(teller.tell(duty.topic, cue.word));
            }
        }
    }
    return texts;
}

}  // namespace hotline::learning
