#pragma once

#include <cstdint>
#include <string>
#include <string_view>

// 统一社会信用代码, the 18-character identity of an enterprise: GB 32100-2015, with the
// organisation code of GB 11714-1997 inside. Rules U1 to U4 in README.md of ticketing/router.
namespace hotline::ticketing {

// What is wrong with a code. Only `length` and `alphabet` refuse it: codes that fail their own
// check digit have been issued and are in use, so a wrong digit is a remark, not an error (U3).
struct UsccFinding {
    bool length = false;        // not 18 characters
    bool alphabet = false;      // a character the standard does not use (I, O, S, V, Z …)
    bool check = false;         // the last character is not the computed one
    bool organisation = false;  // the inner organisation code fails its own check

    bool refused() const { return length || alphabet; }
    bool doubtful() const { return check || organisation; }
    bool operator==(const UsccFinding&) const = default;
};

// Upper case, without the blanks and hyphens people type. Nothing else is mended.
std::string normalise_uscc(std::string_view typed);

// Expects a normalised code.
UsccFinding inspect_uscc(std::string_view code);

// The 18th character over the first 17, which must be of the alphabet.
char uscc_check_character(std::string_view first17);

// The ninth character of an organisation code over its first eight (digits and capital letters).
char organisation_check_character(std::string_view first8);

// A well-formed code for demonstration data: `kind` is the registration authority and entity class
// ("91" enterprise, "92" sole trader, "93" farmers' cooperative), `division` six digits. Different
// serials below 31^6 give different codes.
std::string make_uscc(std::string_view kind, std::string_view division, std::uint64_t serial);

}  // namespace hotline::ticketing
