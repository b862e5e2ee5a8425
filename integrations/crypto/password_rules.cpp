#include "integrations/crypto/password_rules.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>

namespace hotline::crypto {
namespace {

// Compared after folded(): lower case, look-alikes undone, digits and signs cut off both ends.
constexpr auto common_stems = std::to_array<std::string_view>({
    "abc",        "abcd",    "abcde",     "abcdef",   "abcdefg",    "admin",     "administrator",
    "asdf",       "asdfgh",  "asdfghjkl", "baseball", "beijing",    "changeme",  "china",
    "default",    "dragon",  "football",  "guest",    "hello",      "hotline",   "huawei",
    "iloveyou",   "initial", "letmein",   "login",    "manager",    "master",    "mima",
    "monkey",     "mysql",   "office",    "operator", "oracle",     "pass",      "passw",
    "password",   "passwd",  "princess",  "qazwsx",   "qazwsxedc",  "qwe",       "qweasd",
    "qweasdzxc",  "qwer",    "qwert",     "qwerty",   "qwertyuiop", "redhat",    "root",
    "secret",     "service", "shaanxi",   "shadow",   "sunshine",   "super",     "superman",
    "supervisor", "system",  "temp",      "tencent",  "test",       "tester",    "user",
    "weinan",     "welcome", "windows",   "wo",       "woaini",     "woaiwojia", "zaq",
    "zhongguo",   "zxc",     "zxcvb",     "zxcvbn",   "zxcvbnm",    "qpwl",      "qipanweilai",
});

// Compared in lower case, whole.
constexpr auto common_wholes = std::to_array<std::string_view>({
    "1q2w3e4r5t",    "1q2w3e4r5t6y",  "1qaz2wsx3edc", "1qaz@wsx3edc", "1qaz@wsx#edc",
    "1qaz!qaz",      "qaz123wsx",     "qaz123wsx.",   "q1w2e3r4t5",   "q1w2e3r4t5y6",
    "a1b2c3d4e5",    "a1b2c3d4e5f6",  "5201314abc",   "abc5201314",   "woaini1314",
    "woaini5201314", "aa11223344",    "aa@11223344",  "qwer1234!@#$", "1234qwer!@#$",
    "!@#$1234qwer",  "!@#$qwer1234",  "asd123!@#qwe", "qwe123!@#asd", "zxc123!@#asd",
    "pass@word1",    "p@ssw0rd12345", "1qaz2wsx!qaz", "1qaz!qaz2wsx", "zaq12wsx!@",
});

char plain_letter(char c) {
    switch (c) {
        case '0':
            return 'o';
        case '1':
            return 'i';
        case '3':
            return 'e';
        case '5':
        case '$':
            return 's';
        case '4':
        case '@':
            return 'a';
        case '7':
            return 't';
        default:
            return c;
    }
}

std::string in_lower_case(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return out;
}

bool is_letter(char c) {
    return c >= 'a' && c <= 'z';
}

std::string_view trimmed_to_letters(std::string_view text) {
    while (!text.empty() && !is_letter(text.front())) text.remove_prefix(1);
    while (!text.empty() && !is_letter(text.back())) text.remove_suffix(1);
    return text;
}

bool is_stem(std::string_view text) {
    return std::ranges::find(common_stems, text) != common_stems.end();
}

// Trimmed first, so that the tail "0" of "password2020" does not turn into letters; once more after
// the look-alikes for a stem that begins with one ("@dmin").
bool has_common_stem(const std::string& lowered) {
    std::string undone(trimmed_to_letters(lowered));
    if (undone.empty()) return true;  // digits and signs only
    std::ranges::transform(undone, undone.begin(), plain_letter);
    if (is_stem(undone)) return true;
    std::string whole = lowered;
    while (!whole.empty() && !is_letter(whole.back())) whole.pop_back();
    std::ranges::transform(whole, whole.begin(), plain_letter);
    return is_stem(whole);
}

std::size_t code_points(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    }));
}

int classes(std::string_view text) {
    bool has_lower = false;
    bool has_upper = false;
    bool has_digit = false;
    bool has_other = false;
    for (const char c : text) {
        if (c >= 'a' && c <= 'z') {
            has_lower = true;
        } else if (c >= 'A' && c <= 'Z') {
            has_upper = true;
        } else if (c >= '0' && c <= '9') {
            has_digit = true;
        } else {
            has_other = true;
        }
    }
    return int{has_lower} + int{has_upper} + int{has_digit} + int{has_other};
}

}  // namespace

bool is_common_password(std::string_view password) {
    const std::string lowered = in_lower_case(password);
    const std::set<char> distinct(lowered.begin(), lowered.end());
    if (distinct.size() < 5) return true;  // "aaaaaaaaA1"
    if (std::ranges::find(common_wholes, lowered) != common_wholes.end()) return true;
    return has_common_stem(lowered);
}

std::vector<FieldError> check_password(
    std::string_view password,
    std::string_view user_name,
    const PasswordRules& rules,
    const std::string& field
) {
    std::vector<FieldError> errors;
    const auto add = [&](ErrorCode code, std::string detail) {
        errors.push_back(FieldError{field, code, std::move(detail)});
    };
    if (code_points(password) < rules.min_length) {
        add(ErrorCode::too_short, std::to_string(rules.min_length));
    }
    if (password.size() > rules.max_bytes) {
        add(ErrorCode::too_long, std::to_string(rules.max_bytes));
        return errors;
    }
    if (classes(password) < rules.min_classes) add(ErrorCode::invalid_format, "classes");
    if (rules.refuse_common && is_common_password(password)) {
        add(ErrorCode::invalid_format, "common");
    }
    if (rules.refuse_user_name && user_name.size() >= 3 &&
        in_lower_case(password).find(in_lower_case(user_name)) != std::string::npos) {
        add(ErrorCode::invalid_format, "user_name");
    }
    return errors;
}

}  // namespace hotline::crypto
