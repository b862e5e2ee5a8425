#include "integrations/mysql/query_text.hpp"

namespace hotline::mysql {

QueryText& QueryText::add(std::string_view text) {
    text_ += text;
    return *this;
}

QueryText& QueryText::add(std::string_view text, Params values) {
    text_ += text;
    values_.insert(values_.end(), values.begin(), values.end());
    return *this;
}

QueryText& QueryText::add_owned(std::string_view text, std::string value) {
    owned_.push_back(std::make_shared<const std::string>(std::move(value)));
    return add(text, {std::string_view(*owned_.back())});
}

QueryText& QueryText::add(const QueryText& part) {
    owned_.insert(owned_.end(), part.owned_.begin(), part.owned_.end());
    return add(part.text_, part.values_);
}

QueryText& QueryText::also(const QueryText& part) {
    if (part.empty()) return *this;
    if (!empty()) add(" AND ");
    return add(part);
}

QueryText& QueryText::also(std::string_view text, Params values) {
    if (!empty()) add(" AND ");
    return add(text, values);
}

QueryText QueryText::in(std::string_view column, std::vector<Param> values) {
    std::size_t places = 1;
    while (places < values.size()) places *= 2;
    // Not with NULL: of that NOT IN would never be true.
    values.resize(places, values.empty() ? Param{nullptr} : Param{values.back()});
    QueryText part;
    part.add(column).add(" IN (?", {values[0]});
    for (std::size_t i = 1; i < places; ++i) part.add(",?", {values[i]});
    part.add(")");
    return part;
}

std::string containing(std::string_view typed) {
    std::string pattern = "%";
    for (const char c : typed) {
        if (c == '%' || c == '_' || c == '\\') pattern += '\\';
        pattern += c;
    }
    return pattern + '%';
}

}  // namespace hotline::mysql
