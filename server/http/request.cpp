#include "server/http/request.hpp"

#include "server/http/text.hpp"

#include <algorithm>
#include <charconv>

namespace hotline::http {

namespace {

// The weight of one Accept-Language entry in thousandths, 1000 when it names none or a broken one.
int weight_of(std::string_view parameters) {
    const auto q = parameters.find("q=");
    if (q == std::string_view::npos) return 1000;
    const auto text = parameters.substr(q + 2);
    double weight = 1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), weight);
    if (error != std::errc{} || weight < 0 || weight > 1) return 1000;
    return static_cast<int>(weight * 1000);
}

bool is_language(std::string_view tag, std::string_view language) {
    return equal_ignoring_case(tag.substr(0, language.size()), language) &&
           (tag.size() == language.size() || tag[language.size()] == '-');
}

}  // namespace

std::optional<std::string_view> Request::header(std::string_view name) const {
    const auto found = std::ranges::find(headers, name, &Header::name);
    if (found == headers.end()) return std::nullopt;
    return found->value;
}

std::optional<std::string_view> Request::cookie(std::string_view name) const {
    for (const auto& field : headers) {
        if (field.name != "cookie") continue;
        for (std::string_view rest = field.value; !rest.empty();) {
            const auto pair = rest.substr(0, rest.find(';'));
            rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
            const auto trimmed = trim_blanks(pair);
            const auto equals = trimmed.find('=');
            if (equals != std::string_view::npos && trimmed.substr(0, equals) == name) {
                return trimmed.substr(equals + 1);
            }
        }
    }
    return std::nullopt;
}

bool Request::wants_english() const {
    const auto accepted = header("accept-language");
    if (!accepted) return false;
    int english = 0;
    int chinese = 0;
    for (auto rest = *accepted; !rest.empty();) {
        const auto entry = rest.substr(0, rest.find(','));
        rest.remove_prefix(std::min(rest.size(), entry.size() + 1));
        const auto semicolon = entry.find(';');
        const auto tag = trim_blanks(entry.substr(0, semicolon));
        const int weight =
            weight_of(semicolon == std::string_view::npos ? "" : entry.substr(semicolon));
        if (is_language(tag, "en")) english = std::max(english, weight);
        if (is_language(tag, "zh")) chinese = std::max(chinese, weight);
    }
    return english > chinese;
}

}  // namespace hotline::http
