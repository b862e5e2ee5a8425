#include "integrations/open311/document.hpp"

#include "ticketing/json_text.hpp"

#include <pugixml.hpp>

namespace hotline::open311 {
namespace {

// The rest of the C0 controls is not allowed in XML 1.0, not even escaped.
std::string for_xml(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 || c == '\t' || c == '\n' || c == '\r') out += c;
    }
    return out;
}

class TextWriter : public pugi::xml_writer {
public:
    void write(const void* data, std::size_t size) override {
        text.append(static_cast<const char*>(data), size);
    }
    std::string text;
};

}  // namespace

// Puts a tree into pugixml's.
class Writer {
public:
    static void put(const Node& node, pugi::xml_node parent) {
        pugi::xml_node element = parent.append_child(node.name_.c_str());
        if (!node.value_.empty()) element.text().set(for_xml(node.value_).c_str());
        for (const Node& child : node.children_) put(child, element);
    }
};

std::optional<Format> format_from(std::string_view extension) {
    if (extension == "xml") return Format::xml;
    if (extension == "json") return Format::json;
    return std::nullopt;
}

std::string_view media_type(Format format) {
    return format == Format::xml ? "text/xml; charset=utf-8" : "application/json; charset=utf-8";
}

Node Node::text(std::string name, std::string value) {
    return {Kind::text, std::move(name), std::move(value), {}};
}

Node Node::number(std::string name, std::int64_t value) {
    return {Kind::literal, std::move(name), std::to_string(value), {}};
}

Node Node::flag(std::string name, bool value) {
    return {Kind::literal, std::move(name), value ? "true" : "false", {}};
}

Node Node::nothing(std::string name) {
    return {Kind::nothing, std::move(name), {}, {}};
}

Node Node::object(std::string name, std::vector<Node> fields) {
    return {Kind::object, std::move(name), {}, std::move(fields)};
}

Node Node::list(std::string name, std::vector<Node> entries) {
    return {Kind::list, std::move(name), {}, std::move(entries)};
}

Node& Node::add(Node child) {
    children_.push_back(std::move(child));
    return *this;
}

std::string Node::json() const {
    switch (kind_) {
        case Kind::text:
            return ticketing::json_string(value_);
        case Kind::literal:
            return value_;
        case Kind::nothing:
            return "null";
        case Kind::list:
            return ticketing::json_array(children_, [](const Node& one) { return one.json(); });
        case Kind::object:
            break;
    }
    ticketing::JsonObject object;
    for (const Node& child : children_) object.raw(child.name_, child.json());
    return object.str();
}

std::string Node::write(Format format) const {
    if (format == Format::json) return json();
    pugi::xml_document document;
    auto declaration = document.append_child(pugi::node_declaration);
    declaration.append_attribute("version") = "1.0";
    declaration.append_attribute("encoding") = "utf-8";
    Writer::put(*this, document);
    TextWriter out;
    document.save(out, "", pugi::format_raw, pugi::encoding_utf8);
    return std::move(out.text);
}

}  // namespace hotline::open311
