#include "server/cli/replay_file.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include <array>

namespace hotline::cli {
namespace {

namespace json = boost::json;

std::string text_at(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains({key.data(), key.size()});
    if (value == nullptr || !value->is_string()) return {};
    return {value->get_string().data(), value->get_string().size()};
}

// What is left of a unit's name without the place it serves.
std::string function_of(std::string_view name, const std::vector<std::string>& places) {
    std::string text{name};
    const auto drop = [&text](std::string_view piece) {
        if (piece.empty()) return;
        for (auto at = text.find(piece); at != std::string::npos; at = text.find(piece)) {
            text.erase(at, piece.size());
        }
    };
    drop("渭南市");
    drop("渭南");
    const std::size_t whole = text.size();
    for (const auto& place : places) drop(place);
    const bool place_named = text.size() != whole;
    // What the same body is called a level down.
    for (const std::string_view ending :
         {"分局", "支队", "大队", "管理部", "管理中心", "中心", "处", "局"}) {
        if (text.ends_with(ending)) text.erase(text.size() - ending.size());
    }
    // "市市场监督管理局": only who has not named his place yet says his level.
    constexpr std::array<std::string_view, 3> levels{"市", "县", "区"};
    for (const std::string_view level : levels) {
        if (!place_named && text.starts_with(level)) {
            text.erase(0, level.size());
            break;
        }
    }
    return text;
}

}  // namespace

Result<std::vector<ReplayAppeal>> parse_replay(std::string_view text) {
    std::vector<ReplayAppeal> appeals;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const auto end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
        const auto faulty = [number](std::string_view what) {
            return fail(
                ErrorCode::invalid_format,
                "line " + std::to_string(number) + ": " + std::string{what}
            );
        };
        boost::system::error_code error;
        const json::value value = json::parse({line.data(), line.size()}, error);
        if (error || !value.is_object()) return faulty("not a JSON object");
        const json::object& object = value.get_object();
        ReplayAppeal appeal;
        appeal.title = text_at(object, "title");
        appeal.text = text_at(object, "text");
        appeal.category = text_at(object, "category");
        appeal.topic = text_at(object, "topic");
        appeal.department = text_at(object, "department");
        appeal.district = text_at(object, "district");
        appeal.urgency = text_at(object, "urgency");
        if (appeal.text.empty()) return faulty("\"text\" is missing");
        appeals.push_back(std::move(appeal));
    }
    return appeals;
}

bool same_function(
    std::string_view expected, std::string_view got, const std::vector<std::string>& places
) {
    if (expected.empty() || got.empty()) return false;
    return expected == got || function_of(expected, places) == function_of(got, places);
}

}  // namespace hotline::cli
