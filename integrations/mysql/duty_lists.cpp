#include "integrations/mysql/duty_lists.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace hotline::mysql {
namespace {

namespace json = boost::json;
using ticketing::Duty;

std::unexpected<Error> unreadable(const Duty& duty) {
    return fail(ErrorCode::internal, "duty list of " + duty.topic + " is no list");
}

// Calls take(element) for each element of a JSON list; false when the text is none or take refuses.
template <class Take>
bool each(std::string_view text, Take&& take) {
    boost::system::error_code error;
    const json::value list = json::parse(json::string_view{text.data(), text.size()}, error);
    if (error || !list.is_array()) return false;
    for (const json::value& element : list.get_array()) {
        if (!take(element)) return false;
    }
    return true;
}

std::string text_of(const json::value& value) {
    const auto& text = value.get_string();
    return {text.data(), text.size()};
}

// The two elements of an inner list whose first is a text.
const json::array* pair_of(const json::value& value) {
    if (!value.is_array() || value.get_array().size() != 2) return nullptr;
    return value.get_array()[0].is_string() ? &value.get_array() : nullptr;
}

}  // namespace

std::string functions_text(const Duty& duty) {
    json::array list;
    for (const auto& function : duty.co_functions) list.emplace_back(json::string(function));
    return json::serialize(list);
}

std::string exceptions_text(const Duty& duty) {
    json::array list;
    for (const auto& exception : duty.exceptions) {
        list.emplace_back(
            json::array{json::string(exception.word), json::string(exception.function)}
        );
    }
    return json::serialize(list);
}

std::string words_text(const Duty& duty) {
    json::array list;
    for (const auto& cue : duty.words) {
        list.emplace_back(json::array{json::string(cue.word), cue.weight});
    }
    return json::serialize(list);
}

Result<void> read_functions(std::string_view text, Duty& duty) {
    const bool read = each(text, [&](const json::value& element) {
        if (element.is_string()) duty.co_functions.push_back(text_of(element));
        return element.is_string();
    });
    if (!read) return unreadable(duty);
    return {};
}

Result<void> read_exceptions(std::string_view text, Duty& duty) {
    const bool read = each(text, [&](const json::value& element) {
        const json::array* pair = pair_of(element);
        if (!pair || !(*pair)[1].is_string()) return false;
        duty.exceptions.push_back({text_of((*pair)[0]), text_of((*pair)[1])});
        return true;
    });
    if (!read) return unreadable(duty);
    return {};
}

Result<void> read_words(std::string_view text, Duty& duty) {
    const bool read = each(text, [&](const json::value& element) {
        const json::array* pair = pair_of(element);
        if (!pair || !(*pair)[1].is_int64()) return false;
        duty.words.push_back({text_of((*pair)[0]), static_cast<int>((*pair)[1].get_int64())});
        return true;
    });
    if (!read) return unreadable(duty);
    return {};
}

}  // namespace hotline::mysql
