#include "server/api/act_input.hpp"

#include "integrations/crypto/digest.hpp"
#include "server/api/appeal_input.hpp"
#include "server/api/dto.hpp"
#include "server/api/if_match.hpp"
#include "server/api/plan_input.hpp"
#include "ticketing/text.hpp"

#include <algorithm>
#include <array>

namespace hotline::api {
namespace {

using ticketing::Act;
using ticketing::ActRequest;

// What the form of each act asks for.
struct ActForm {
    Act act;
    std::string_view fields;  // between blanks
};

constexpr std::array<ActForm, 36> forms{{
    {Act::complete, " content title type topic urgency division "},
    {Act::decline, " reason_code reason "},
    {Act::close_on_call, " result_text solved satisfaction article_id article_version "},
    {Act::merge, " parent_ticket_no reason "},
    {Act::dispatch, " unit_id co_unit_ids official_id reason "},
    {Act::sign_for, " reason "},
    {Act::return_ticket, " reason_code basis suggested_unit_id reason "},
    {Act::approve_return, " unit_id co_unit_ids official_id reason "},
    {Act::refuse_return, " reason "},
    {Act::designate, " unit_id co_unit_ids official_id reason "},
    {Act::reassign, " official_id reason "},
    {Act::add_co_unit, " unit_id reason "},
    {Act::first_contact, " contact_way contact_result "},
    {Act::ask_extension, " extension_days reason "},
    {Act::approve_extension, " reason "},
    {Act::refuse_extension, " reason "},
    {Act::suspend, " reason_code reason basis review_on "},
    {Act::resume, " reason "},
    {Act::unmerge, " reason "},
    {Act::submit_result, " outcome result_text basis told_at "},
    {Act::review_pass, " reason "},
    {Act::review_fail, " reason "},
    {Act::callback, " reached solved satisfaction reasonable reason "},
    {Act::reopen, " reason "},
    {Act::withdraw, " reason "},
    {Act::urge, " reason "},
    {Act::supervise, " level reason answer_by "},
    {Act::answer_supervision, " result_text "},
    {Act::answer_co_unit, " result_text "},
    {Act::note, " reason "},
    {Act::regrade, " type topic urgency division title reason "},
    {Act::hard_case, " reason "},
    // What read_plan reads is not listed here.
    {Act::plan_hard_case, " basis "},
    {Act::meet_milestone, " result_text "},
    {Act::refer_to_mediation, " reason "},
    {Act::conclude_mediation, " result_text "},
}};

constexpr std::array<std::string_view, 4> contact_ways{"phone", "on_site", "message", "meeting"};

const ActForm* form_of(Act act) {
    const auto found = std::ranges::find(forms, act, &ActForm::act);
    return found == forms.end() ? nullptr : &*found;
}

// Reads the fields the form has; those it has not are left for refuse_others().
class FormReader {
public:
    FormReader(const ActForm& form, Fields& fields) : form_(form), fields_(fields) {}

    bool has(std::string_view field) const {
        for (auto at = form_.fields.find(field); at != std::string_view::npos;
             at = form_.fields.find(field, at + 1)) {
            const bool whole =
                form_.fields[at - 1] == ' ' && form_.fields[at + field.size()] == ' ';
            if (whole) return true;
        }
        return false;
    }

    void text(std::string_view field, std::size_t max, std::string& value) {
        if (!has(field)) return;
        value = ticketing::tidied(fields_.text(field, {.min = 0, .max = max}).value_or(""));
    }
    template <class Id>
    void id(std::string_view field, Id& value) {
        if (has(field)) value = fields_.id<Id>(field);
    }
    template <class E>
    void name(std::string_view field, std::optional<E>& value) {
        if (has(field)) value = fields_.name<E>(field);
    }
    void flag(std::string_view field, std::optional<bool>& value) {
        if (has(field)) value = fields_.flag(field);
    }
    void number(std::string_view field, Range range, int& value) {
        if (has(field)) value = static_cast<int>(fields_.integer(field, range).value_or(0));
    }

    Fields& fields() { return fields_; }

private:
    const ActForm& form_;
    Fields& fields_;
};

void read_words(FormReader& form, ActRequest& act) {
    // The survey keeps less of a reason than the log.
    form.text("reason", act.act == Act::callback ? 500 : 1000, act.reason);
    form.text("reason_code", 40, act.reason_code);
    form.text("basis", 500, act.basis);
    form.text("contact_result", 1000, act.contact_result);
    form.text("result_text", 4000, act.result_text);
    form.text("title", 40, act.title);
    form.text("content", 4000, act.content);
    form.text("contact_way", 20, act.contact_way);
    const bool known = act.contact_way.empty() ||
                       std::ranges::find(contact_ways, act.contact_way) != contact_ways.end();
    if (!known) {
        form.fields().note(
            "contact_way", ErrorCode::not_in_list, "phone, on_site, message, meeting"
        );
    }
}

void read_people(FormReader& form, ActRequest& act, const City& city) {
    form.id("unit_id", act.unit);
    form.id("official_id", act.official);
    form.id("suggested_unit_id", act.suggested_unit);
    if (form.has("co_unit_ids")) {
        act.co_units = form.fields().ids<ticketing::UnitId>("co_unit_ids", 8);
    }
    const auto& directory = city.directory;
    const auto check = [&](std::string_view field, bool known) {
        if (!known) form.fields().note(field, ErrorCode::unknown_reference);
    };
    check("unit_id", !act.unit || directory.unit(act.unit));
    check("official_id", !act.official || directory.official(act.official));
    check("suggested_unit_id", !act.suggested_unit || directory.unit(act.suggested_unit));
    check("co_unit_ids", std::ranges::all_of(act.co_units, [&](ticketing::UnitId id) {
              const auto* unit = directory.unit(id);
              return unit != nullptr && unit->active && id != act.unit &&
                     std::ranges::count(act.co_units, id) == 1;
          }));
}

void read_verdict(FormReader& form, ActRequest& act) {
    form.name("outcome", act.outcome);
    form.name("solved", act.solved);
    form.name("satisfaction", act.satisfaction);
    form.flag("reached", act.reached);
    form.flag("reasonable", act.reasonable);
    form.number("extension_days", {.min = 1, .max = 15}, act.extension_days);
    form.number("level", {.min = 1, .max = 4}, act.level);
    form.id("article_id", act.article);
    if (act.article) {
        act.article_version = static_cast<std::uint32_t>(
            form.fields().required_integer("article_version", {.min = 1, .max = 1'000'000})
        );
    }
    if (form.has("told_at")) act.told_at = form.fields().instant("told_at");
    if (form.has("answer_by")) act.answer_by = form.fields().day("answer_by");
    if (form.has("review_on")) act.review_on = form.fields().day("review_on");
}

void read_grading(FormReader& form, ActRequest& act, const City& city) {
    form.name("type", act.type);
    form.name("urgency", act.urgency);
    form.text("topic", 60, act.topic);
    if (!act.topic.empty()) {
        const auto* duty = city.directory.duty(act.topic);
        if (duty) act.category = duty->category;
        if (!duty) form.fields().note("topic", ErrorCode::not_in_list);
    }
    std::string division;
    form.text("division", 12, division);
    if (division.empty()) return;
    const auto* place = city.directory.division(division);
    using Kind = ticketing::Division::Kind;
    if (place == nullptr || place->kind == Kind::town) {
        form.fields().note("division", ErrorCode::unknown_division);
    }
    act.division = std::move(division);
}

Result<void> read_body(
    const http::Request& request,
    const ActForm& form,
    actions::ActCommand& command,
    const City& city
) {
    const auto body = parse_object(request);
    if (!body) return std::unexpected(body.error());
    std::vector<FieldError> errors;
    Fields fields(*body, errors);
    FormReader reader(form, fields);
    ActRequest& act = command.request;
    read_words(reader, act);
    read_people(reader, act, city);
    read_verdict(reader, act);
    read_grading(reader, act, city);
    read_plan(fields, act, city);
    if (reader.has("parent_ticket_no")) {
        command.parent_no = fields.required_text("parent_ticket_no", {.min = 1, .max = 24});
    }
    fields.refuse_others();
    if (auto refused = refusal(std::move(errors))) return std::unexpected(std::move(*refused));
    return {};
}

}  // namespace

bool is_offered(Act act) {
    return form_of(act) != nullptr;
}

std::optional<Act> offered_act(std::string_view name) {
    const auto act = ticketing::from_name<Act>(name);
    return act && is_offered(*act) ? act : std::nullopt;
}

Result<actions::ActCommand> read_act(
    const http::Request& request, const ticketing::Actor& actor, const City& city
) {
    const auto act = offered_act(request.params.at("action"));
    if (!act) return fail(ErrorCode::not_found);
    const auto version = wanted_version(request);
    if (!version) return std::unexpected(version.error());
    auto key = idempotency_key(request);
    if (!key) return std::unexpected(key.error());
    actions::ActCommand command;
    command.ticket_no = request.params.at("ticket_no");
    command.request.act = *act;
    command.request.actor = actor;
    command.if_match = *version;
    command.idempotency_key = std::move(*key);
    command.body_hash = crypto::sm3(std::string_view(request.body));
    if (auto read = read_body(request, *form_of(*act), command, city); !read) {
        return std::unexpected(read.error());
    }
    return command;
}

}  // namespace hotline::api
