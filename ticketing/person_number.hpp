#pragma once

#include <optional>
#include <string>
#include <string_view>

// Numbers that stand for somebody: whoever knows one finds his tickets with it (A12).
namespace hotline::ticketing {

struct PersonNumber {
    enum class Kind { phone, code };
    Kind kind = Kind::phone;
    std::string value;  // as tickets keep it (I3, I5)

    bool operator==(const PersonNumber&) const = default;
};

// A whole telephone number with its area code, or a whole credit code; nothing else is one.
std::optional<PersonNumber> person_number(std::string_view typed);

// What was typed into a search, apart: the number, if there is one, and the other words.
struct TypedSearch {
    std::optional<PersonNumber> person;
    std::string words;
};
TypedSearch read_typed_search(std::string_view typed);

}  // namespace hotline::ticketing
