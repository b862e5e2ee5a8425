#include "ticketing/person_number.hpp"

#include "ticketing/intake.hpp"
#include "ticketing/uscc.hpp"

#include <algorithm>

namespace hotline::ticketing {
namespace {

constexpr std::ptrdiff_t least_digits_of_phone = 10;
constexpr std::ptrdiff_t least_digits_of_code = 8;  // GB 32100: the division alone has six

std::ptrdiff_t digits_in(std::string_view text) {
    return std::ranges::count_if(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::optional<PersonNumber> person_number(std::string_view typed) {
    const std::ptrdiff_t digits = digits_in(typed);
    if (digits >= least_digits_of_phone) {
        std::string phone = normalised_phone(typed);
        if (!phone.empty()) return PersonNumber{PersonNumber::Kind::phone, std::move(phone)};
    }
    if (digits >= least_digits_of_code) {
        std::string code = normalise_uscc(typed);
        if (!inspect_uscc(code).refused()) {
            return PersonNumber{PersonNumber::Kind::code, std::move(code)};
        }
    }
    return std::nullopt;
}

TypedSearch read_typed_search(std::string_view typed) {
    // People write numbers in groups.
    if (auto whole = person_number(typed)) return {std::move(whole), {}};
    TypedSearch found;
    while (!typed.empty()) {
        const std::size_t end = std::min(typed.find(' '), typed.size());
        const std::string_view word = typed.substr(0, end);
        typed.remove_prefix(std::min(end + 1, typed.size()));
        auto number = found.person ? std::nullopt : person_number(word);
        if (number) {
            found.person = std::move(number);
        } else if (!word.empty()) {
            if (!found.words.empty()) found.words += ' ';
            found.words += word;
        }
    }
    return found;
}

}  // namespace hotline::ticketing
