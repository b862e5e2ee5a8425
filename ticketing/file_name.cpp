#include "ticketing/file_name.hpp"

#include "ticketing/text.hpp"

#include <algorithm>
#include <cstddef>

namespace hotline::ticketing {
namespace {

constexpr std::size_t longest_stem = 60;  // characters
constexpr std::string_view forbidden = "<>:\"|?*%;";

// Unicode's Bidi_Control and what takes no room: U+00AD, 061C, 200B–200F, 2028–202E, 2060–2069,
// FEFF.
bool is_hidden(std::string_view character) {
    if (character == "\xC2\xAD" || character == "\xD8\x9C" || character == "\xEF\xBB\xBF") {
        return true;
    }
    if (character.size() != 3 || character[0] != '\xE2') return false;
    const auto second = static_cast<unsigned char>(character[1]);
    const auto third = static_cast<unsigned char>(character[2]);
    const bool general =
        second == 0x80 && ((third >= 0x8B && third <= 0x8F) || (third >= 0xA8 && third <= 0xAE));
    return general || (second == 0x81 && third >= 0xA0 && third <= 0xA9);
}

// C1 controls are two bytes long in UTF-8; tidied() takes care of the others.
bool is_late_control(std::string_view character) {
    return character.size() == 2 && character[0] == '\xC2' &&
           static_cast<unsigned char>(character[1]) < 0xA0;
}

}  // namespace

std::string tidy_file_name(std::string_view given, std::string_view extension) {
    if (!is_clean_utf8(given)) given = {};
    if (const auto slash = given.find_last_of("/\\"); slash != std::string_view::npos) {
        given.remove_prefix(slash + 1);
    }
    if (const auto dot = given.rfind('.'); dot != std::string_view::npos)
        given = given.substr(0, dot);
    std::string stem;
    while (!given.empty()) {
        const std::string_view character = first_characters(given, 1);
        given.remove_prefix(character.size());
        if (is_hidden(character) || is_late_control(character)) continue;
        const bool bad = character == "\n" || forbidden.find(character) != std::string_view::npos;
        stem += bad ? std::string_view("_") : character;
    }
    stem = tidied(stem);
    stem.erase(0, std::min(stem.find_first_not_of('.'), stem.size()));
    stem = tidied(first_characters(stem, longest_stem));
    return (stem.empty() ? "file" : stem) + std::string(extension);
}

}  // namespace hotline::ticketing
