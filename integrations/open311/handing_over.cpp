#include "integrations/open311/handing_over.hpp"

#include "ticketing/masking.hpp"
#include "ticketing/published.hpp"
#include "ticketing/text.hpp"

#include <algorithm>

namespace hotline::open311 {
namespace {

using ticketing::Ticket;

// Some systems take no more.
constexpr std::size_t most_described = 1500;

// RFC 3986: everything but unreserved characters.
std::string escaped(std::string_view text) {
    constexpr std::string_view plain =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    std::string out;
    for (const char c : text) {
        if (plain.find(c) != std::string_view::npos) {
            out += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out.append({'%', "0123456789ABCDEF"[byte >> 4], "0123456789ABCDEF"[byte & 15]});
    }
    return out;
}

// Fields of a form or a query; what is empty is left out.
class FormText {
public:
    FormText& add(std::string_view name, std::string_view value) {
        if (value.empty()) return *this;
        if (!text_.empty()) text_ += '&';
        text_.append(escaped(name)).append("=").append(escaped(value));
        return *this;
    }
    std::string str() && { return std::move(text_); }

private:
    std::string text_;
};

std::string resource(const Endpoint& endpoint, std::string_view path) {
    std::string url = endpoint.base_url;
    while (url.ends_with('/')) url.pop_back();
    url.append("/").append(path);
    return url.append(endpoint.format == Format::xml ? ".xml" : ".json");
}

std::string with_query(std::string url, std::string query) {
    return query.empty() ? url : url + "?" + query;
}

std::string filled_in(
    std::string text, const Ticket& ticket, const ticketing::Directory& directory
) {
    const auto* division = directory.division(ticket.division);
    const std::pair<std::string_view, std::string> known[] = {
        {"{number}", ticket.number},
        {"{topic}", ticket.topic},
        {"{division}", division == nullptr ? std::string() : division->name},
        {"{enterprise}", ticket.enterprise_name},
    };
    for (const auto& [word, value] : known) {
        const auto at = text.find(word);
        if (at != std::string::npos) text.replace(at, word.size(), value);
    }
    return text;
}

std::string description_of(const Ticket& ticket) {
    std::string text = marked(ticket.number);
    text.append(ticket.topic).append("：").append(ticketing::masked_text(ticket.title));
    if (ticket.content != ticket.title) {
        text.append("\n").append(ticketing::masked_text(ticket.content));
    }
    return std::string(ticketing::first_characters(text, most_described));
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& one : words) text.append(text.empty() ? "" : "；").append(one);
    return text;
}

Posted taken(Format format, std::string_view body) {
    const auto requests = read_requests(format, body);
    if (!requests || requests->empty()) return {};
    const ForeignRequest& first = requests->front();
    if (!first.id.empty()) return {Posted::Kind::accepted, first.id, first.service_notice};
    if (!first.token.empty()) return {Posted::Kind::token, first.token, first.service_notice};
    return {};
}

}  // namespace

const ServiceMapping* mapping_of(std::span<const ServiceMapping> mappings, std::string_view topic) {
    const ServiceMapping* rest = nullptr;
    for (const ServiceMapping& one : mappings) {
        if (one.topic == topic) return &one;
        if (one.topic.empty()) rest = &one;
    }
    return rest;
}

KeptBack kept_back(const Ticket& ticket, const ServiceMapping* mapping) {
    if (!ticketing::tells_outside(ticket)) return KeptBack::confidential;
    return mapping == nullptr ? KeptBack::no_service : KeptBack::no;
}

std::string request_body(
    const Endpoint& endpoint,
    const ServiceMapping& mapping,
    const Ticket& ticket,
    const ticketing::Directory& directory
) {
    FormText form;
    form.add("api_key", endpoint.api_key).add("jurisdiction_id", endpoint.jurisdiction_id);
    form.add("service_code", mapping.service_code);
    const auto* division = directory.division(ticket.division);
    // GeoReport wants a place; the county is the least we know.
    const std::string place = ticketing::masked_text(ticket.place);
    form.add("address_string", place.empty() && division ? division->name : place);
    form.add("description", description_of(ticket));
    if (endpoint.shares_contact && !ticket.appellant.anonymous) {
        form.add("first_name", ticket.appellant.name).add("phone", ticket.appellant.phone);
    }
    for (const auto& [code, value] : mapping.attributes) {
        form.add("attribute[" + code + "]", filled_in(value, ticket, directory));
    }
    return std::move(form).str();
}

std::string marked(std::string_view ticket_no) {
    std::string text = "【";
    return text.append(ticket_no).append("】");
}

bool is_about(const ForeignRequest& request, std::string_view ticket_no) {
    return request.description.find(ticket_no) != std::string::npos;
}

std::string services_url(const Endpoint& endpoint) {
    FormText query;
    query.add("jurisdiction_id", endpoint.jurisdiction_id);
    return with_query(resource(endpoint, "services"), std::move(query).str());
}

std::string requests_url(const Endpoint& endpoint) {
    return resource(endpoint, "requests");
}

std::string token_url(const Endpoint& endpoint, std::string_view token) {
    FormText query;
    query.add("jurisdiction_id", endpoint.jurisdiction_id);
    return with_query(resource(endpoint, "tokens/" + escaped(token)), std::move(query).str());
}

std::string following_url(const Endpoint& endpoint, std::span<const std::string> ids) {
    std::string list;
    for (const std::string& id : ids) list.append(list.empty() ? "" : ",").append(id);
    FormText query;
    query.add("jurisdiction_id", endpoint.jurisdiction_id).add("service_request_id", list);
    return with_query(resource(endpoint, "requests"), std::move(query).str());
}

std::string looking_url(
    const Endpoint& endpoint,
    std::string_view service_code,
    ticketing::Instant from,
    ticketing::Instant to
) {
    FormText query;
    query.add("jurisdiction_id", endpoint.jurisdiction_id).add("service_code", service_code);
    query.add("start_date", time_text(from)).add("end_date", time_text(to));
    return with_query(resource(endpoint, "requests"), std::move(query).str());
}

Posted posted(Format format, unsigned status, std::string_view body, bool may_have_arrived) {
    using enum Posted::Kind;
    if (status == 0) return {may_have_arrived ? unknown : later, "", ""};
    if (status >= 200 && status < 300) return taken(format, body);
    if (status == 429 || status == 503) return {later, "", joined(read_errors(body))};
    const bool refuses = status >= 300 && status < 500 && status != 408;
    return {refuses ? refused : unknown, "", joined(read_errors(body))};
}

}  // namespace hotline::open311
