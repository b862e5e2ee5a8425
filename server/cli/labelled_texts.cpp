#include "server/cli/labelled_texts.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace hotline::cli {
namespace {

namespace json = boost::json;

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::optional<std::string> text_at(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    if (value == nullptr || !value->is_string()) return std::nullopt;
    return std::string{value->get_string()};
}

std::optional<std::string> label_at(const json::object& object) {
    const json::value* value = object.if_contains("label");
    if (value != nullptr && (value->is_int64() || value->is_uint64())) {
        return json::serialize(*value);
    }
    return text_at(object, "label");
}

// Title and text as one, or why there is none.
struct Whole {
    std::string text;
    std::string fault;
};

Whole whole_text(const json::value& value, bool parsed) {
    if (!parsed) return {{}, "it is not JSON"};
    if (!value.is_object()) return {{}, "it is not a JSON object"};
    const json::object& object = value.get_object();
    const auto text = text_at(object, "text");
    if (!text) return {{}, R"("text" is missing or no string)"};
    const auto title = text_at(object, "title");
    if (text->empty() && (!title || title->empty())) return {{}, R"("text" is empty)"};
    return {title && !title->empty() ? *title + "\n" + *text : *text, {}};
}

}  // namespace

LabelledTexts parse_labelled(std::string_view lines) {
    LabelledTexts all;
    if (lines.starts_with(byte_order_mark)) lines.remove_prefix(byte_order_mark.size());
    for (std::size_t number = 1; !lines.empty(); ++number) {
        const auto end = std::min(lines.find('\n'), lines.size());
        const std::string_view line = lines.substr(0, end);
        lines.remove_prefix(std::min(end + 1, lines.size()));
        if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
        boost::system::error_code error;
        const json::value value = json::parse(line, error);
        Whole whole = whole_text(value, !error);
        const auto label = whole.fault.empty() ? label_at(value.get_object()) : std::nullopt;
        if (whole.fault.empty() && (!label || label->empty())) {
            whole.fault = R"("label" is missing, empty or neither string nor whole number)";
        }
        if (whole.fault.empty()) {
            all.texts.push_back({std::move(whole.text), *label});
        } else {
            all.faults.push_back({number, std::move(whole.fault)});
        }
    }
    return all;
}

void tell_faults(const std::vector<LineFault>& faults) {
    constexpr std::size_t most_told = 20;
    for (std::size_t i = 0; i < std::min(most_told, faults.size()); ++i) {
        fmt::print(stderr, "line {}: {}; left out\n", faults[i].line, faults[i].reason);
    }
    if (faults.size() > most_told) {
        fmt::print(stderr, "and {} lines more, left out\n", faults.size() - most_told);
    }
}

Question parse_question(std::string_view line) {
    boost::system::error_code error;
    const json::value value = json::parse(line, error);
    Whole whole = whole_text(value, !error);
    Question question{std::move(whole.text), {}, std::move(whole.fault)};
    if (!error && value.is_object()) {
        if (const json::value* id = value.get_object().if_contains("id")) {
            question.id = json::serialize(*id);
        }
    }
    return question;
}

}  // namespace hotline::cli
