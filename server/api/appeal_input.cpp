#include "server/api/appeal_input.hpp"

#include "server/api/dto.hpp"

#include <algorithm>
#include <cmath>

namespace hotline::api {
namespace {

using ticketing::Appeal;
using ticketing::Channel;

// Generous in characters here: the rule with its message is ticketing::normalise's.
constexpr TextLimits any_length{.min = 0, .max = 100'000};

std::string text(Fields& fields, std::string_view name) {
    return fields.text(name, any_length).value_or("");
}

void read_appellant(Fields& fields, ticketing::Appellant& person) {
    auto inner = fields.object("appellant");
    if (!inner) {
        if (!fields.has("appellant")) fields.note("appellant", ErrorCode::missing_field);
        return;
    }
    person.name = text(*inner, "name");
    person.phone = text(*inner, "phone");
    person.role_in_firm = text(*inner, "role_in_firm");
    person.anonymous = inner->flag("anonymous").value_or(false);
    person.confidential = inner->flag("confidential").value_or(false);
    person.reply_wanted = inner->flag("reply_wanted").value_or(true);
    inner->refuse_others();
}

void read_matter(Fields& fields, Appeal& appeal) {
    appeal.title = text(fields, "title");
    appeal.content = fields.required_text("content", any_length);
    appeal.type = fields.name<ticketing::AppealType>("type");
    appeal.topic = text(fields, "topic");
    appeal.division = text(fields, "division");
    appeal.town = text(fields, "town");
    appeal.place = text(fields, "place");
    appeal.wanted = text(fields, "wanted");
    if (const auto yuan = fields.real("amount_yuan", 0, 1e12)) {
        appeal.amount_fen = static_cast<std::int64_t>(std::llround(*yuan * 100));
    }
    appeal.uscc = text(fields, "uscc");
    appeal.enterprise_name = text(fields, "enterprise_name");
}

void read_form(Fields& fields, Appeal& appeal, AppealForm form) {
    if (form == AppealForm::portal) return;
    appeal.urgency = fields.name<ticketing::Urgency>("urgency");
    appeal.call_id = text(fields, "call_id");
    appeal.enterprise = fields.id<ticketing::EnterpriseId>("enterprise_id");
    const auto channel = fields.name<Channel>("channel");
    if (form == AppealForm::visit) {
        appeal.channel = Channel::visit;
        return;
    }
    appeal.channel = channel.value_or(Channel::phone);
    if (appeal.channel != Channel::phone && appeal.channel != Channel::walk_in) {
        fields.note("channel", ErrorCode::not_in_list, "phone, walk_in");
    }
}

}  // namespace

Result<std::string> idempotency_key(const http::Request& request) {
    const auto key = request.header("idempotency-key");
    const bool fits = key && key->size() >= 8 && key->size() <= 200 &&
                      std::ranges::all_of(*key, [](char c) { return c > 0x20 && c < 0x7F; });
    if (!fits) return fail(ErrorCode::idempotency_key_missing);
    return std::string(*key);
}

Result<Appeal> read_appeal(const http::Request& request, AppealForm form) {
    auto key = idempotency_key(request);
    if (!key) return std::unexpected(key.error());
    const auto body = parse_object(request);
    if (!body) return std::unexpected(body.error());
    std::vector<FieldError> errors;
    Fields fields(*body, errors);
    Appeal appeal;
    appeal.idempotency_key = std::move(*key);
    read_matter(fields, appeal);
    read_form(fields, appeal, form);
    read_appellant(fields, appeal.appellant);
    fields.refuse_others();
    if (auto refused = refusal(std::move(errors))) return std::unexpected(std::move(*refused));
    return appeal;
}

}  // namespace hotline::api
