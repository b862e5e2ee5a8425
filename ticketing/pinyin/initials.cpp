#include "ticketing/pinyin/initials.hpp"

#include "ticketing/pinyin/initials_table.hpp"
#include "ticketing/utf8.hpp"

#include <array>

namespace hotline::ticketing {
namespace {

constexpr std::size_t most_readings = 8;  // Y3, of a name
constexpr char32_t first_known = 0x4E00;

// The letters one character may be typed as, the usual one first.
class Letters {
public:
    void add(char letter) {
        if (count_ < letters_.size()) letters_[count_++] = letter;
    }
    bool empty() const { return count_ == 0; }
    std::string_view view() const { return {letters_.data(), count_}; }

private:
    std::array<char, 4> letters_{};
    std::size_t count_ = 0;
};

// Where the pairs of a character begin in the table, which is in their order.
std::size_t pairs_of(char32_t sign) {
    std::size_t low = 0;
    std::size_t high = other_initials.size() / 2;
    while (low < high) {
        const std::size_t middle = (low + high) / 2;
        if (other_initials[2 * middle] < sign) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return 2 * low;
}

// Y1, Y2.
Letters letters_of(char32_t sign) {
    Letters letters;
    if ((sign >= '0' && sign <= '9') || (sign >= 'a' && sign <= 'z')) {
        letters.add(static_cast<char>(sign));
    } else if (sign >= 'A' && sign <= 'Z') {
        letters.add(static_cast<char>(sign + ('a' - 'A')));
    } else if (sign >= first_known && sign - first_known < first_initials.size()) {
        const char usual = first_initials[sign - first_known];
        if (usual != '.') letters.add(usual);
        for (std::size_t at = pairs_of(sign);
             at < other_initials.size() && other_initials[at] == sign;
             at += 2) {
            letters.add(static_cast<char>(other_initials[at + 1]));
        }
    }
    return letters;
}

std::vector<Letters> letters_of(std::string_view name) {
    std::vector<Letters> all;
    for (std::size_t at = 0; at < name.size();) {
        const Character sign = character_at(name, at);
        at += sign.bytes;
        const Letters letters = letters_of(sign.value);
        if (!letters.empty()) all.push_back(letters);
    }
    return all;
}

}  // namespace

std::vector<std::string> name_initials(std::string_view name) {
    std::vector<std::string> found{""};
    for (const Letters& letters : letters_of(name)) {
        if (found.front().size() == longest_initials) break;
        const std::size_t known = found.size();
        const bool room = known * letters.view().size() <= most_readings;
        for (const char other : letters.view().substr(1)) {
            for (std::size_t i = 0; room && i < known; ++i) found.push_back(found[i] + other);
        }
        for (std::size_t i = 0; i < known; ++i) found[i] += letters.view().front();
    }
    if (found.front().empty()) found.clear();
    return found;
}

std::string typed_initials(std::string_view typed) {
    std::string initials;
    bool letter = false;
    for (const char c : typed) {
        const Letters letters = letters_of(static_cast<unsigned char>(c));
        if (c == ' ') continue;
        if (letters.empty()) return {};
        initials += letters.view().front();
        letter = letter || initials.back() >= 'a';
    }
    if (!letter || initials.size() > longest_initials) return {};
    return initials;
}

std::optional<std::size_t> initials_at(std::string_view name, std::string_view initials) {
    const std::vector<Letters> letters = letters_of(name);
    for (std::size_t from = 0; from + initials.size() <= letters.size(); ++from) {
        std::size_t same = 0;
        while (same < initials.size() && letters[from + same].view().contains(initials[same])) {
            ++same;
        }
        if (same == initials.size()) return from;
    }
    return std::nullopt;
}

}  // namespace hotline::ticketing
