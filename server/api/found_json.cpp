#include "server/api/found_json.hpp"

#include "ticketing/json_text.hpp"
#include "ticketing/masking.hpp"

#include <algorithm>

namespace hotline::api {
namespace {

using ticketing::JsonObject;
using ticketing::TextPart;
using ticketing::View;

bool has_hit(std::span<const TextPart> parts) {
    return std::ranges::any_of(parts, &TextPart::hit);
}

}  // namespace

std::string marked_json(std::span<const TextPart> parts) {
    return ticketing::json_array(parts, [](const TextPart& part) {
        JsonObject out;
        out.text("text", part.text);
        if (part.hit) out.raw("hit", "true");
        return out.str();
    });
}

std::string found_json(
    const mysql::TicketLine& line, std::span<const std::string> terms, const Viewer& viewer
) {
    const auto views = views_of(viewer.actor, line.ticket, viewer.scope);
    const auto shown = [&views](const std::string& text) {
        return views.free_text == View::clear ? text : ticketing::masked_text(text);
    };
    std::string out;
    const auto add = [&out](std::string_view key, std::span<const TextPart> parts) {
        if (!has_hit(parts)) return false;
        out += out.empty() ? '{' : ',';
        out += ticketing::json_string(key) + ':' + marked_json(parts);
        return true;
    };
    add("title", ticketing::marked(shown(line.ticket.title), terms));
    if (views.uscc != View::hidden) {
        add("enterprise_name", ticketing::marked(line.ticket.enterprise_name, terms));
    }
    if (!add("content", ticketing::excerpt(shown(line.texts.content), terms))) {
        add("result", ticketing::excerpt(shown(line.texts.result), terms));
    }
    return out.empty() ? out : out + '}';
}

}  // namespace hotline::api
