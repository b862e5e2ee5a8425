#include "ticketing/uscc.hpp"

#include <array>
#include <cassert>

namespace hotline::ticketing {
namespace {

// GB 32100-2015, table 1: the value of a character is its index. I, O, S, V and Z are left out.
constexpr std::string_view alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
static_assert(alphabet.size() == 31);

// GB 32100-2015, 5: 3^(i-1) mod 31.
constexpr std::array weights{1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28};

// GB 11714-1997, 4.2.
constexpr std::array organisation_weights{3, 7, 9, 10, 5, 8, 4, 2};

constexpr std::size_t code_length = 18;
constexpr std::size_t organisation_at = 8;
constexpr std::uint64_t serial_range = 31ULL * 31 * 31 * 31 * 31 * 31;
// Coprime with 31, so multiplying permutes the serials: neighbours do not look alike.
constexpr std::uint64_t scatter = 472'882'027;
static_assert(scatter % 31 != 0);

int value_of(char c) {
    const auto at = alphabet.find(c);
    return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

}  // namespace

std::string normalise_uscc(std::string_view typed) {
    std::string code;
    code.reserve(typed.size());
    for (const char c : typed) {
        if (c == ' ' || c == '\t' || c == '-' || c == '\r' || c == '\n') continue;
        code.push_back(c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
    }
    return code;
}

char uscc_check_character(std::string_view first17) {
    assert(first17.size() == weights.size());
    int sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) sum += value_of(first17[i]) * weights[i];
    // The outer remainder turns 31 into 0.
    return alphabet[static_cast<std::size_t>((31 - sum % 31) % 31)];
}

char organisation_check_character(std::string_view first8) {
    assert(first8.size() == organisation_weights.size());
    int sum = 0;
    for (std::size_t i = 0; i < organisation_weights.size(); ++i) {
        const char c = first8[i];
        sum += (c <= '9' ? c - '0' : c - 'A' + 10) * organisation_weights[i];
    }
    const int check = 11 - sum % 11;
    if (check == 10) return 'X';
    return check == 11 ? '0' : static_cast<char>('0' + check);
}

UsccFinding inspect_uscc(std::string_view code) {
    UsccFinding finding;
    finding.length = code.size() != code_length;
    for (const char c : code) finding.alphabet = finding.alphabet || value_of(c) < 0;
    if (finding.refused()) return finding;
    finding.check = uscc_check_character(code.substr(0, 17)) != code[17];
    const auto organisation = code.substr(organisation_at, 9);
    finding.organisation =
        organisation_check_character(organisation.substr(0, 8)) != organisation[8];
    return finding;
}

std::string make_uscc(std::string_view kind, std::string_view division, std::uint64_t serial) {
    std::uint64_t scattered = serial % serial_range * scatter % serial_range;
    std::string body(6, '0');
    for (std::size_t i = body.size(); i-- > 0; scattered /= 31) body[i] = alphabet[scattered % 31];
    // Organisation codes given out since 2015 begin with MA.
    const std::string organisation = "MA" + body;
    std::string code{kind};
    code += division;
    code += organisation;
    code += organisation_check_character(organisation);
    code += uscc_check_character(code);
    return code;
}

}  // namespace hotline::ticketing
