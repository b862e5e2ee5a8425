#include "integrations/open311/foreign.hpp"

#include "ticketing/text.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <pugixml.hpp>

namespace hotline::open311 {
namespace {

using Entry = std::map<std::string, std::string>;
using Entries = std::vector<Entry>;

// How the standard nests what we read.
struct Names {
    const char* list;
    const char* entry;
};
constexpr Names service_names{"services", "service"};
constexpr Names request_names{"service_requests", "request"};
constexpr Names error_names{"errors", "error"};

std::string bounded(std::string_view text) {
    if (!ticketing::is_clean_utf8(text)) return {};
    return ticketing::tidied(ticketing::first_characters(text, most_foreign_characters));
}

void put(Entry& entry, std::string_view name, std::string_view value) {
    if (!ticketing::is_clean_utf8(name)) return;
    if (auto text = bounded(value); !text.empty()) entry[std::string(name)] = std::move(text);
}

// pugixml resolves no entity but the five of XML itself, and loads nothing.
std::optional<Entries> from_xml(std::string_view body, Names names) {
    pugi::xml_document document;
    if (!document.load_buffer(body.data(), body.size(), pugi::parse_default, pugi::encoding_utf8)) {
        return std::nullopt;
    }
    const pugi::xml_node list = document.child(names.list);
    if (!list) return std::nullopt;
    Entries entries;
    for (const pugi::xml_node node : list.children(names.entry)) {
        if (entries.size() == most_foreign_entries) break;
        Entry& entry = entries.emplace_back();
        for (const pugi::xml_node field : node.children()) {
            put(entry, field.name(), field.text().get());
        }
    }
    return entries;
}

std::string plain(const boost::json::value& value) {
    if (value.is_string()) return std::string(value.get_string());
    if (value.is_null() || value.is_object() || value.is_array()) return {};
    return boost::json::serialize(value);
}

// An array; some systems put it into an object of the list's name, as XML has it.
const boost::json::array* list_in(const boost::json::value& value, Names names) {
    if (value.is_array()) return &value.get_array();
    if (!value.is_object()) return nullptr;
    const auto* inside = value.get_object().if_contains(names.list);
    return inside != nullptr && inside->is_array() ? &inside->get_array() : nullptr;
}

std::optional<Entries> from_json(std::string_view body, Names names) {
    boost::system::error_code error;
    const auto value = boost::json::parse(body, error);
    if (error) return std::nullopt;
    const auto* list = list_in(value, names);
    if (list == nullptr) return std::nullopt;
    Entries entries;
    for (const auto& one : *list) {
        if (entries.size() == most_foreign_entries) break;
        if (!one.is_object()) return std::nullopt;
        Entry& entry = entries.emplace_back();
        for (const auto& [name, field] : one.get_object()) put(entry, name, plain(field));
    }
    return entries;
}

std::optional<Entries> entries_of(Format format, std::string_view body, Names names) {
    return format == Format::xml ? from_xml(body, names) : from_json(body, names);
}

std::string taken(Entry& entry, const char* name) {
    const auto found = entry.find(name);
    return found == entry.end() ? std::string() : std::move(found->second);
}

std::optional<Status> status_in(std::string_view word) {
    if (word == "open") return Status::open;
    if (word == "closed") return Status::closed;
    return std::nullopt;
}

}  // namespace

std::optional<std::vector<ForeignService>> read_services(Format format, std::string_view body) {
    auto entries = entries_of(format, body, service_names);
    if (!entries) return std::nullopt;
    std::vector<ForeignService> services;
    for (Entry& entry : *entries) {
        ForeignService one;
        one.code = taken(entry, "service_code");
        if (one.code.empty()) continue;
        one.name = taken(entry, "service_name");
        one.description = taken(entry, "description");
        one.group = taken(entry, "group");
        one.type = taken(entry, "type");
        one.metadata = taken(entry, "metadata") == "true";
        services.push_back(std::move(one));
    }
    return services;
}

std::optional<std::vector<ForeignRequest>> read_requests(Format format, std::string_view body) {
    auto entries = entries_of(format, body, request_names);
    if (!entries) return std::nullopt;
    std::vector<ForeignRequest> requests;
    for (Entry& entry : *entries) {
        ForeignRequest& one = requests.emplace_back();
        one.id = taken(entry, "service_request_id");
        one.token = taken(entry, "token");
        one.status = status_in(taken(entry, "status"));
        one.status_notes = taken(entry, "status_notes");
        one.service_notice = taken(entry, "service_notice");
        one.description = taken(entry, "description");
        one.agency = taken(entry, "agency_responsible");
    }
    return requests;
}

std::vector<std::string> read_errors(std::string_view body) {
    std::vector<std::string> words;
    for (const Format format : {Format::xml, Format::json}) {
        auto entries = entries_of(format, body, error_names);
        if (!entries) continue;
        for (Entry& entry : *entries) {
            if (auto text = taken(entry, "description"); !text.empty()) words.push_back(text);
        }
    }
    return words;
}

}  // namespace hotline::open311
