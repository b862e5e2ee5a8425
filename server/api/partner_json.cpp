#include "server/api/partner_json.hpp"

#include "integrations/http/url.hpp"
#include "server/api/dto.hpp"
#include "ticketing/json_text.hpp"
#include "ticketing/text.hpp"

#include <algorithm>

namespace hotline::api {
namespace {

using mysql::Handover;
using mysql::Partner;
using mysql::PartnerService;
using ticketing::Directory;
using ticketing::JsonObject;

constexpr std::size_t most_services = 200;
constexpr std::size_t most_attributes = 20;

void add_time(JsonObject& out, std::string_view name, const std::optional<ticketing::Instant>& at) {
    if (at) out.text(name, to_text(*at));
}

std::string_view word(bool flag) {
    return flag ? "true" : "false";
}

std::string unit_json(ticketing::UnitId id, const Directory& directory) {
    const auto* unit = directory.unit(id);
    JsonObject out;
    out.number("id", static_cast<std::int64_t>(id.value));
    out.text("code", unit == nullptr ? "" : unit->code);
    return out.text("name", unit == nullptr ? "" : unit->name).str();
}

std::string service_json(const PartnerService& service) {
    JsonObject out;
    out.text("topic", service.topic).text("service_code", service.service_code);
    return out.text("attributes", service.attributes).str();
}

void check_attributes(Fields& fields, std::string_view text) {
    std::size_t lines = 0;
    while (!text.empty()) {
        const auto line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(text.size(), line.size() + 1));
        const auto equals = line.find('=');
        if (equals == std::string_view::npos || equals == 0 || ++lines > most_attributes) {
            return fields.note("attributes", ErrorCode::invalid_format, "code=value");
        }
    }
}

std::vector<PartnerService> read_services(Fields& fields, const Directory& directory) {
    std::vector<PartnerService> services;
    for (Fields& one : fields.objects("services", most_services)) {
        PartnerService service;
        service.topic = one.text("topic", {.max = 60}).value_or("");
        service.service_code = one.required_text("service_code", {.min = 1, .max = 100});
        service.attributes = ticketing::tidied(one.text("attributes", {.max = 1500}).value_or(""));
        check_attributes(one, service.attributes);
        if (!service.topic.empty() && directory.duty(service.topic) == nullptr) {
            one.note("topic", ErrorCode::unknown_reference);
        }
        if (std::ranges::find(services, service.topic, &PartnerService::topic) != services.end()) {
            one.note("topic", ErrorCode::conflict);
        }
        one.refuse_others();
        services.push_back(std::move(service));
    }
    return services;
}

void read_base(
    Fields& fields, Partner& partner, const std::vector<std::string>& hosts, bool stand_ins
) {
    const auto url = http_client::parse_url(partner.base_url);
    const bool plain = partner.base_url.find('?') == std::string::npos;
    if (!url || !plain || (!url->secure && !stand_ins)) {
        fields.note("base_url", ErrorCode::invalid_format, "https://");
    } else if (!http_client::host_admitted(hosts, url->host)) {
        fields.note("base_url", ErrorCode::not_in_list);
    }
}

void read_unit(Fields& fields, Partner& partner, const Directory& directory, bool fresh) {
    if (!fresh && !fields.has("unit_id")) return;
    partner.unit = fields.required_id<ticketing::UnitId>("unit_id");
    if (partner.unit && directory.unit(partner.unit) == nullptr) {
        fields.note("unit_id", ErrorCode::unknown_reference);
    }
}

}  // namespace

std::string partner_json(const Partner& partner, const Directory& directory) {
    JsonObject out;
    out.number("id", static_cast<std::int64_t>(partner.id)).text("name", partner.name);
    out.text("base_url", partner.base_url).text("jurisdiction_id", partner.jurisdiction_id);
    out.raw("has_api_key", word(!partner.api_key.empty()));
    out.raw("unit", unit_json(partner.unit, directory));
    out.text("format", partner.json ? "json" : "xml").raw("active", word(partner.active));
    out.raw("shares_contact", word(partner.shares_contact));
    out.raw("echoes", word(partner.echoes));
    out.raw("services", ticketing::json_array(partner.services, service_json));
    out.text("created_at", to_text(partner.created_at));
    out.number("failures", partner.failures);
    add_time(out, "failing_since", partner.failing_since);
    add_time(out, "paused_until", partner.paused_until);
    add_time(out, "succeeded_at", partner.succeeded_at);
    out.number("tickets", static_cast<std::int64_t>(partner.tickets));
    out.number("under_way", static_cast<std::int64_t>(partner.under_way));
    return out.number("in_trouble", static_cast<std::int64_t>(partner.in_trouble)).str();
}

std::string handover_json(
    const Handover& handover, const ticketing::Ticket& ticket, const Directory& directory
) {
    JsonObject out;
    out.text("ticket_no", ticket.number).text("topic", ticket.topic);
    out.raw("unit", unit_json(ticket.lead_unit, directory));
    out.text("partner", handover.partner_name);
    out.text("state", ticketing::name(handover.state)).text("words", handover.words);
    if (!handover.request_id.empty()) out.text("service_request_id", handover.request_id);
    out.number("attempts", handover.attempts);
    if (handover.status != 0) out.number("status", handover.status);
    if (!handover.fault.empty()) out.text("fault", handover.fault);
    out.text("queued_at", to_text(handover.queued_at));
    add_time(out, "sent_at", handover.sent_at);
    add_time(out, "seen_at", handover.seen_at);
    add_time(out, "told_at", handover.told_at);
    return out.str();
}

std::string foreign_service_json(const open311::ForeignService& service) {
    JsonObject out;
    out.text("service_code", service.code).text("service_name", service.name);
    out.text("description", service.description).text("group", service.group);
    return out.text("type", service.type).raw("metadata", word(service.metadata)).str();
}

Result<PartnerInput> read_partner(
    const http::Request& request,
    const Partner& before,
    const Directory& directory,
    const std::vector<std::string>& hosts,
    bool stand_ins
) {
    const auto body = parse_object(request);
    if (!body) return std::unexpected(body.error());
    std::vector<FieldError> errors;
    Fields fields(*body, errors);
    const bool fresh = before.id == 0;
    PartnerInput input{before, std::nullopt};
    Partner& partner = input.partner;
    if (fresh || fields.has("name")) partner.name = fields.required_text("name", {1, 80});
    if (fresh || fields.has("base_url")) {
        partner.base_url = fields.required_text("base_url", {8, 300});
        if (!partner.base_url.empty()) read_base(fields, partner, hosts, stand_ins);
    }
    if (const auto id = fields.text("jurisdiction_id", {.max = 100})) partner.jurisdiction_id = *id;
    input.api_key = fields.text("api_key", {.max = 200});
    read_unit(fields, partner, directory, fresh);
    const std::string format = fields.text("format", {.max = 10}).value_or("");
    if (!format.empty() && format != "xml" && format != "json") {
        fields.note("format", ErrorCode::not_in_list, "xml, json");
    }
    if (!format.empty()) partner.json = format == "json";
    partner.active = fields.flag("active").value_or(partner.active);
    partner.shares_contact = fields.flag("shares_contact").value_or(partner.shares_contact);
    if (fields.has("services")) partner.services = read_services(fields, directory);
    if (partner.active && partner.services.empty()) {
        fields.note("services", ErrorCode::missing_field);
    }
    fields.refuse_others();
    if (auto refused = refusal(std::move(errors))) return std::unexpected(std::move(*refused));
    return input;
}

}  // namespace hotline::api
