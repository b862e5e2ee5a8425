#include "ticketing/label_words.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace hotline::ticketing {

std::string_view label_word(std::string_view name) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 9> words{{
        {"consult", "咨询"},
        {"help", "求助"},
        {"complaint", "投诉"},
        {"report", "举报"},
        {"suggestion", "建议"},
        {"praise", "表扬"},
        {"normal", "普通"},
        {"urgent", "紧急"},
        {"critical", "特急"},
    }};
    const auto at = std::ranges::find(words, name, &decltype(words)::value_type::first);
    return at == words.end() ? name : at->second;
}

}  // namespace hotline::ticketing
