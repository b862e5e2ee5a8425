#include "tests/stand_ins/partner_stand_in.hpp"

#include <algorithm>
#include <utility>

namespace hotline::test {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

constexpr const char* known_code = "001";

// In a form a space is a plus.
std::string form_decoded(std::string_view text) {
    std::string plain(text);
    std::ranges::replace(plain, '+', ' ');
    return percent_decoded(plain);
}

std::map<std::string, std::string> form_of(std::string_view body) {
    std::map<std::string, std::string> form;
    while (!body.empty()) {
        const auto pair = body.substr(0, body.find('&'));
        body.remove_prefix(std::min(body.size(), pair.size() + 1));
        const auto equals = pair.find('=');
        if (equals == std::string_view::npos) continue;
        form[form_decoded(pair.substr(0, equals))] = form_decoded(pair.substr(equals + 1));
    }
    return form;
}

std::string quoted(const std::string& text, bool json) {
    std::string out;
    for (const char c : text) {
        if (json && (c == '"' || c == '\\')) out += '\\';
        if (json && c == '\n') {
            out += "\\n";
        } else if (!json && c == '<') {
            out += "&lt;";
        } else if (!json && c == '&') {
            out += "&amp;";
        } else {
            out += c;
        }
    }
    return out;
}

// <list><entry><name>value</name>…</entry>…</list>, or [{"name":"value"}].
std::string document(
    const char* list, const char* entry, const std::vector<Pairs>& rows, bool json
) {
    std::string out =
        json ? "[" : std::string("<?xml version=\"1.0\" encoding=\"utf-8\"?><") + list + ">";
    for (const Pairs& row : rows) {
        if (json && out.size() > 1) out += ',';
        out += json ? "{" : std::string("<") + entry + ">";
        bool first = true;
        for (const auto& [name, value] : row) {
            if (json) {
                out.append(first ? "\"" : ",\"").append(name).append("\":\"");
                out.append(quoted(value, true)).append("\"");
            } else {
                out.append("<").append(name).append(">").append(quoted(value, false));
                out.append("</").append(name).append(">");
            }
            first = false;
        }
        out += json ? "}" : std::string("</") + entry + ">";
    }
    return out + (json ? "]" : std::string("</") + list + ">");
}

Reply refusal(unsigned status, const std::string& words, bool json) {
    const Pairs row{{"code", std::to_string(status)}, {"description", words}};
    return {.status = status, .body = document("errors", "error", {row}, json)};
}

bool holds(const std::string& list, const std::string& id) {
    return ("," + list + ",").find("," + id + ",") != std::string::npos;
}

}  // namespace

PartnerStandIn::PartnerStandIn() : http_([this](const Seen& seen) { return answer(seen); }) {}

void PartnerStandIn::answer_with_tokens(bool on) {
    const std::lock_guard lock(mutex_);
    tokens_ = on;
}

void PartnerStandIn::give_numbers() {
    const std::lock_guard lock(mutex_);
    for (Taken& one : taken_) one.numbered = true;
}

void PartnerStandIn::hide_descriptions(bool on) {
    const std::lock_guard lock(mutex_);
    hidden_ = on;
}

void PartnerStandIn::say(
    const std::string& id, const std::string& status, const std::string& notes
) {
    const std::lock_guard lock(mutex_);
    for (Taken& one : taken_) {
        if (one.id != id) continue;
        one.status = status;
        one.notes = notes;
    }
}

void PartnerStandIn::forget(const std::string& id) {
    const std::lock_guard lock(mutex_);
    std::erase_if(taken_, [&](const Taken& one) { return one.id == id; });
}

std::vector<PartnerStandIn::Taken> PartnerStandIn::taken() const {
    const std::lock_guard lock(mutex_);
    return taken_;
}

Reply PartnerStandIn::answer(const Seen& seen) {
    const std::lock_guard lock(mutex_);
    const bool json = seen.path.ends_with(".json");
    const std::string path = seen.path.substr(0, seen.path.rfind('.'));
    if (path == "/v2/services") {
        const Pairs row{
            {"service_code", known_code},
            {"service_name", "Cans left out 24x7"},
            {"description", "Garbage or recycling cans left out"},
            {"metadata", "true"},
            {"type", "realtime"},
            {"group", "sanitation"},
        };
        return {.body = document("services", "service", {row}, json)};
    }
    if (path == "/v2/requests") return seen.method == "POST" ? post(seen, json) : list(seen, json);
    if (path.starts_with("/v2/tokens/")) return token(path.substr(11), json);
    return refusal(404, "no such resource", json);
}

Reply PartnerStandIn::post(const Seen& seen, bool json) {
    auto form = form_of(seen.body);
    if (form["api_key"] != key) return refusal(403, "api_key is not valid", json);
    if (form["service_code"] != known_code) return refusal(404, "service_code not found", json);
    if (form["description"].empty()) return refusal(400, "description was not provided", json);
    Taken one;
    one.id = std::to_string(293944 + taken_.size());
    one.form = std::move(form);
    one.numbered = !tokens_;
    if (tokens_) one.token = "t" + one.id;
    taken_.push_back(one);
    const Pairs row{
        tokens_ ? std::pair("token", one.token) : std::pair("service_request_id", one.id),
        {"service_notice", "Inspected within 3 days"},
    };
    return {.status = 201, .body = document("service_requests", "request", {row}, json)};
}

Reply PartnerStandIn::list(const Seen& seen, bool json) const {
    const std::string ids = seen.parameter("service_request_id");
    std::vector<Pairs> rows;
    for (const Taken& one : taken_) {
        const bool asked =
            ids.empty() ? seen.parameter("service_code") == known_code : holds(ids, one.id);
        if (!asked) continue;
        rows.push_back(
            {{"service_request_id", one.id},
             {"status", one.status},
             {"status_notes", one.notes},
             {"service_code", known_code},
             {"description", hidden_ ? "" : one.form.at("description")}}
        );
    }
    if (rows.empty() && !ids.empty()) return refusal(404, "service_request_id not found", json);
    return {.body = document("service_requests", "request", rows, json)};
}

Reply PartnerStandIn::token(const std::string& token, bool json) const {
    for (const Taken& one : taken_) {
        if (one.token != token) continue;
        Pairs row{{"token", token}};
        if (one.numbered) row.emplace_back("service_request_id", one.id);
        return {.body = document("service_requests", "request", {row}, json)};
    }
    return refusal(404, "token not found", json);
}

}  // namespace hotline::test
