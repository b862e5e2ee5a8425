#include "server/api/article_input.hpp"

#include "server/api/dto.hpp"
#include "ticketing/text.hpp"

namespace hotline::api {

using http::Request;
using ticketing::knowledge::ArticleText;
using ticketing::knowledge::Step;

namespace {

std::vector<std::string> read_list(
    const boost::json::object& object, std::string_view field, std::vector<FieldError>& errors
) {
    std::vector<std::string> list;
    const auto* value = object.if_contains(field);
    if (value == nullptr || value->is_null()) return list;
    const auto* array = value->if_array();
    const auto wrong = [&] { errors.push_back({std::string(field), ErrorCode::wrong_type, {}}); };
    if (array == nullptr) wrong();
    for (std::size_t i = 0; array != nullptr && i < array->size(); ++i) {
        const auto* text = (*array)[i].if_string();
        if (text == nullptr) {
            wrong();
            break;
        }
        list.emplace_back(*text);
    }
    return list;
}

}  // namespace

Result<ArticleText> read_article_text(const Request& request) {
    const auto object = parse_object(request);
    if (!object) return std::unexpected(object.error());
    std::vector<FieldError> errors;
    Fields fields(*object, errors);
    const auto text = [&](std::string_view field, std::size_t max) {
        return fields.text(field, {.max = max}).value_or("");
    };
    ArticleText article;
    article.title = text("title", 200);
    if (fields.has("questions")) article.questions = read_list(*object, "questions", errors);
    article.answer = text("answer", 8000);
    article.basis = text("basis", 1000);
    article.unit = fields.id<ticketing::UnitId>("unit_id");
    article.topic = text("topic", 60);
    if (fields.has("divisions")) article.divisions = read_list(*object, "divisions", errors);
    const auto from = fields.day("valid_from");
    if (!fields.has("valid_from")) fields.note("valid_from", ErrorCode::missing_field);
    article.valid_from = from.value_or(article.valid_from);
    article.valid_to = fields.day("valid_to");
    article.open = fields.flag("open").value_or(false);
    fields.refuse_others();
    if (auto refused = refusal(std::move(errors))) return std::unexpected(std::move(*refused));
    return article;
}

Result<StepForm> read_step_form(const Request& request) {
    const auto object = parse_object(request);
    if (!object) return std::unexpected(object.error());
    std::vector<FieldError> errors;
    Fields fields(*object, errors);
    StepForm form;
    form.reason = ticketing::tidied(fields.text("reason", {.max = 500}).value_or(""));
    form.review_on = fields.day("review_on");
    fields.refuse_others();
    if (auto refused = refusal(std::move(errors))) return std::unexpected(std::move(*refused));
    return form;
}

Result<mysql::ArticleFeedback> read_feedback(const Request& request) {
    const auto object = parse_object(request);
    if (!object) return std::unexpected(object.error());
    std::vector<FieldError> errors;
    Fields fields(*object, errors);
    mysql::ArticleFeedback told;
    told.helpful = fields.required_flag("helpful");
    told.remark = ticketing::tidied(fields.text("remark", {.max = 500}).value_or(""));
    fields.refuse_others();
    if (auto refused = refusal(std::move(errors))) return std::unexpected(std::move(*refused));
    return told;
}

Result<std::string> read_reply(const Request& request) {
    const auto object = parse_object(request);
    if (!object) return std::unexpected(object.error());
    std::vector<FieldError> errors;
    Fields fields(*object, errors);
    std::string reply = ticketing::tidied(fields.required_text("reply", {.min = 2, .max = 500}));
    fields.refuse_others();
    if (auto refused = refusal(std::move(errors))) return std::unexpected(std::move(*refused));
    return reply;
}

std::optional<Step> offered_step(std::string_view name) {
    const auto step = ticketing::from_name<Step>(name);
    const bool writes = step == Step::propose || step == Step::change;
    return step && !writes ? step : std::nullopt;
}

}  // namespace hotline::api
