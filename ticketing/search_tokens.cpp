#include "ticketing/search_tokens.hpp"

#include "ticketing/utf8.hpp"

#include <algorithm>
#include <cstdint>
#include <set>

namespace hotline::ticketing {
namespace {

constexpr std::size_t kept_of_word = 10;
constexpr int bits_of_character = 21;  // Unicode
constexpr int bits_of_letter = 6;
constexpr std::size_t personal_digits =
    10;  // P4: from here on a run of digits is a number of somebody
constexpr std::size_t most_terms = 8;

// `at` moves past it.
char32_t next_character(std::string_view text, std::size_t& at) {
    const Character read = character_at(text, at);
    at += read.bytes;
    return read.value;
}

bool is_chinese(char32_t c) {
    return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) ||
           (c >= 0x20000 && c <= 0x3FFFF);
}

bool is_word_character(char32_t c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_personal(std::string_view word) {
    const auto digits = std::ranges::count_if(word, [](char c) { return c >= '0' && c <= '9'; });
    return static_cast<std::size_t>(digits) >= personal_digits;
}

struct Run {
    bool chinese = false;
    std::u32string characters;
    std::string word;
};

// The runs of a text, in order.
std::vector<Run> runs_of(std::string_view text) {
    std::vector<Run> runs;
    enum class Kind { none, chinese, word } last = Kind::none;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = next_character(text, at);
        const Kind kind = is_chinese(c)          ? Kind::chinese
                          : is_word_character(c) ? Kind::word
                                                 : Kind::none;
        if (kind != Kind::none && kind != last) runs.push_back({kind == Kind::chinese, {}, {}});
        if (kind == Kind::chinese) runs.back().characters += c;
        if (kind == Kind::word) {
            const char letter = static_cast<char>(c);
            runs.back().word +=
                letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
        }
        last = kind;
    }
    return runs;
}

SearchToken pair_token(char32_t first, char32_t second) {
    return SearchToken{first} << bits_of_character | second;
}

// Digits are 1 to 10, letters 11 to 36: 0 stands after the end of a shorter word.
SearchToken letter_code(char letter) {
    const bool digit = letter >= '0' && letter <= '9';
    return static_cast<SearchToken>(digit ? letter - '0' + 1 : letter - 'a' + 11);
}

// The tokens of all words that begin like this one.
TokenRange word_range(std::string_view word) {
    SearchToken token = 1ULL << 63;
    int shift = static_cast<int>(kept_of_word) * bits_of_letter;
    for (const char letter : word.substr(0, kept_of_word)) {
        shift -= bits_of_letter;
        token |= letter_code(letter) << shift;
    }
    return {token, token | ((1ULL << shift) - 1)};
}

void add_tokens(const Run& run, std::set<SearchToken>& tokens) {
    if (!run.chinese) {
        if (!is_personal(run.word)) tokens.insert(word_range(run.word).first);
        return;
    }
    for (std::size_t i = 0; i < run.characters.size(); ++i) {
        const char32_t second = i + 1 < run.characters.size() ? run.characters[i + 1] : 0;
        tokens.insert(pair_token(run.characters[i], second));
    }
}

// Pairs for what is typed of two characters or more; a single one is the beginning of any pair.
void add_wanted(const Run& run, std::set<TokenRange>& wanted) {
    if (!run.chinese) {
        wanted.insert(word_range(run.word));
        return;
    }
    if (run.characters.size() == 1) {
        const SearchToken alone = pair_token(run.characters[0], 0);
        wanted.insert({alone, alone | ((1ULL << bits_of_character) - 1)});
    }
    for (std::size_t i = 0; i + 1 < run.characters.size(); ++i) {
        const SearchToken pair = pair_token(run.characters[i], run.characters[i + 1]);
        wanted.insert({pair, pair});
    }
}

std::vector<std::string> terms_of(std::string_view typed) {
    std::vector<std::string> terms;
    std::string term;
    const auto end_term = [&] {
        if (!term.empty() && terms.size() < most_terms) terms.push_back(term);
        term.clear();
    };
    for (std::size_t at = 0; at < typed.size();) {
        const std::size_t begin = at;
        const char32_t c = next_character(typed, at);
        if (c <= ' ' || c == 0x3000 || c == 0xA0) {
            end_term();
        } else {
            term += typed.substr(begin, at - begin);
        }
    }
    end_term();
    return terms;
}

}  // namespace

std::vector<SearchToken> search_tokens(std::string_view text) {
    std::set<SearchToken> tokens;
    for (const Run& run : runs_of(text)) add_tokens(run, tokens);
    return {tokens.begin(), tokens.end()};
}

SearchQuery search_query(std::string_view typed) {
    SearchQuery query;
    std::set<TokenRange> wanted;
    bool personal = false;
    for (std::string& term : terms_of(typed)) {
        const auto runs = runs_of(term);
        if (runs.empty()) continue;  // nothing but punctuation
        for (const Run& run : runs) {
            add_wanted(run, wanted);
            personal = personal || (!run.chinese && is_personal(run.word));
        }
        query.terms.push_back(std::move(term));
    }
    if (!personal) query.wanted.assign(wanted.begin(), wanted.end());
    return query;
}

}  // namespace hotline::ticketing
