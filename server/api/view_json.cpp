#include "server/api/view_json.hpp"

#include "server/api/dto.hpp"
#include "server/api/ticket_list.hpp"
#include "ticketing/json_text.hpp"
#include "ticketing/saved_views.hpp"
#include "ticketing/text.hpp"

#include <algorithm>
#include <array>

namespace hotline::api {
namespace {

using mysql::SavedView;
using ticketing::JsonObject;

struct TextFilter {
    const char* name;
    std::size_t max;
};

// Parameters of GET /tickets that make a question; its order and its pages are no part of it.
constexpr std::array<TextFilter, 9> text_filters{
    {{"state", 200},
     {"urgency", 20},
     {"division", 12},
     {"type", 20},
     {"topic", 60},
     {"channel", 20},
     {"from", 10},
     {"to", 10},
     {"q", 100}}
};
constexpr std::array flag_filters{"overdue", "mine", "helping", "hard_case", "charged"};

constexpr std::array<std::string_view, 10> known_columns{
    "due", "state", "title", "topic", "enterprise", "division", "unit", "no", "channel", "accepted"
};

// The question as JSON, and as the list would be asked it.
struct Question {
    JsonObject json;
    http::Request asked;
};

Question read_question(Fields& filter) {
    Question question;
    for (const auto& [name, max] : text_filters) {
        const auto given = filter.text(name, {.max = max});
        const std::string value = given ? ticketing::tidied(*given) : "";
        if (value.empty()) continue;
        question.json.text(name, value);
        question.asked.query[name] = value;
    }
    for (const char* name : flag_filters) {
        if (!filter.flag(name).value_or(false)) continue;
        question.json.raw(name, "true");
        question.asked.query[name] = "true";
    }
    filter.refuse_others();
    return question;
}

std::string read_columns(Fields& fields) {
    std::string columns;
    std::vector<std::string> seen;
    for (const auto& name : fields.texts("columns", known_columns.size())) {
        const bool known = std::ranges::find(known_columns, name) != known_columns.end();
        if (!known || std::ranges::find(seen, name) != seen.end()) {
            fields.note("columns", ErrorCode::not_in_list);
            return "";
        }
        seen.push_back(name);
        if (!columns.empty()) columns += ',';
        columns += name;
    }
    return columns;
}

std::optional<ticketing::Role> read_role(Fields& fields, const ticketing::Actor& actor) {
    const auto role = fields.name<ticketing::Role>("role");
    if (!role) return std::nullopt;
    if (!may(*role, ticketing::Verb::ticket_list)) fields.note("role", ErrorCode::not_in_list);
    if (!ticketing::may_give_views(actor.role)) fields.note("role", ErrorCode::forbidden);
    return role;
}

// A15: nobody's number is kept; what the list refuses is no question.
void check_question(
    const Result<ListRequest>& list, bool english, std::vector<FieldError>& errors
) {
    if (!list) {
        for (auto fault : list.error().fields) {
            fault.field = "filter." + fault.field;
            errors.push_back(std::move(fault));
        }
    } else if (list->filter.person) {
        errors.push_back(
            {"filter.q",
             ErrorCode::rule_broken,
             english ? "A view does not keep a telephone number or credit code; search for it in "
                       "the list."
                     : "视图不保存电话号码和信用代码，请直接在列表里搜索。"}
        );
    }
}

std::string columns_json(std::string_view columns) {
    std::string out = "[";
    while (!columns.empty()) {
        const auto comma = std::min(columns.find(','), columns.size());
        if (out.size() > 1) out += ',';
        out += ticketing::json_string(columns.substr(0, comma));
        columns.remove_prefix(std::min(comma + 1, columns.size()));
    }
    return out + "]";
}

}  // namespace

std::string view_json(const SavedView& view, const ticketing::Actor& actor) {
    const bool keeps = ticketing::keeps_view(actor, {view.account, view.role});
    JsonObject out;
    out.text("id", view.id).text("name", view.name).raw("filter", view.question);
    out.text("sort", view.sort).raw("columns", columns_json(view.columns));
    if (view.role) out.text("role", ticketing::name(*view.role));
    out.number("version", view.version);
    out.raw("mine", view.account == actor.user ? "true" : "false");
    out.raw("may_change", keeps ? "true" : "false");
    if (!view.account_name.empty()) out.text("owner_name", view.account_name);
    return out.str();
}

Result<SavedView> read_view(
    const http::Request& request,
    const ticketing::Actor& actor,
    const City& city,
    const crypto::BlindIndex& blind
) {
    const auto body = parse_object(request);
    if (!body) return std::unexpected(body.error());
    std::vector<FieldError> errors;
    Fields fields(*body, errors);
    SavedView view;
    view.name = ticketing::tidied(fields.required_text("name", {.min = 1, .max = 40}));
    if (view.name.empty() && fields.has("name")) fields.note("name", ErrorCode::missing_field);
    view.sort = fields.text("sort", {.max = 10}).value_or("newest");
    view.columns = read_columns(fields);
    view.role = read_role(fields, actor);
    auto filter = fields.object("filter");
    if (!filter) {
        if (!fields.has("filter")) fields.note("filter", ErrorCode::missing_field);
    } else {
        auto question = read_question(*filter);
        view.question = question.json.str();
        if (view.sort != "newest" && view.sort != "due") {
            fields.note("sort", ErrorCode::not_in_list, "newest, due");
        }
        const auto list = read_list(question.asked, actor, city, blind);
        check_question(list, request.wants_english(), errors);
    }
    fields.refuse_others();
    if (const auto refused = refusal(std::move(errors))) return std::unexpected(*refused);
    return view;
}

}  // namespace hotline::api
