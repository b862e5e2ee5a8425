#pragma once

#include "ticketing/knowledge/article.hpp"

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::ticketing::knowledge {

// An article that fits a text, and why (K11 to K14).
struct Match {
    std::size_t article = 0;         // in the order they were added
    int score = 0;                   // of a thousand
    std::size_t question = 0;        // whose words it has: 0 the title, n the nth other form
    bool in_answer = false;          // only the answer has them
    bool topic = false;              // it is also of the same topic
    std::vector<std::string> words;  // what the text shares with it, as written

    bool operator==(const Match&) const = default;
};

inline constexpr int least_suggested = 180;  // K12

// Which articles fit what somebody asks: an index over pairs of characters. Filled once, then read
// by any number of threads.
class ArticleIndex {
public:
    void add(const ArticleText& text);
    // After the last add(), before the first find().
    void build();

    std::size_t size() const { return topics_.size(); }

    struct Wanted {
        std::string_view topic;                 // of the text; "" = not known
        int least = 1;                          // no worse ones
        std::size_t most = 5;                   // no more of them
        std::function<bool(std::size_t)> fits;  // by number; nothing: all
    };
    // The best first; equals in the order they were added.
    std::vector<Match> find(std::string_view text, const Wanted& wanted) const;

private:
    // One way to ask, or the beginning of an answer.
    struct Form {
        std::uint32_t article = 0;
        std::uint16_t number = 0;
        bool answer = false;
        float weight = 0;  // of all its pairs
    };
    struct Filled {
        std::uint64_t key = 0;
        std::uint32_t form = 0;
        bool faint = false;

        auto operator<=>(const Filled&) const = default;
    };
    struct Pair {
        std::uint32_t begin = 0, end = 0;  // in bytes of the text
        std::uint32_t known = 0;           // place in keys_
        bool faint = false;
    };
    struct Asked {
        std::vector<Pair> pairs;           // known ones, as they stand in the text
        std::vector<std::uint32_t> known;  // places in keys_, each once
        float weight = 0;
    };

    void add_form(std::string_view text, Form form);
    Asked read(std::string_view text) const;
    std::vector<float> shared(const Asked& asked) const;
    double score(const Form& form, float shared, float asked) const;
    std::vector<std::string> words(std::string_view text, const Asked& asked, std::uint32_t form)
        const;

    std::vector<std::string> topics_;  // by article
    std::vector<Form> forms_;
    std::vector<Filled> filled_;         // until build()
    std::vector<std::uint64_t> keys_;    // ascending
    std::vector<float> weights_;         // by key: the rarer the more
    std::vector<std::uint32_t> starts_;  // by key: its forms in forms_of_key_
    std::vector<std::uint32_t> forms_of_key_;
};

}  // namespace hotline::ticketing::knowledge
