#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hotline::open311 {

enum class Format { xml, json };

// What follows the last dot of a resource's name; nothing for any other.
std::optional<Format> format_from(std::string_view extension);
std::string_view media_type(Format format);

// What an answer says, before it is XML or JSON. Small trees: a list of requests, a service.
class Node {
public:
    static Node text(std::string name, std::string value);
    static Node number(std::string name, std::int64_t value);
    static Node flag(std::string name, bool value);
    // Known to the standard, not to us: an empty element, null.
    static Node nothing(std::string name);
    static Node object(std::string name, std::vector<Node> fields = {});
    // In JSON an array without the names of its entries.
    static Node list(std::string name, std::vector<Node> entries = {});

    Node& add(Node child);
    std::size_t size() const { return children_.size(); }

    // The whole document. Characters XML 1.0 cannot hold are left out.
    std::string write(Format format) const;

private:
    enum class Kind { text, literal, nothing, object, list };
    Node(Kind kind, std::string name, std::string value, std::vector<Node> children)
        : kind_(kind),
          name_(std::move(name)),
          value_(std::move(value)),
          children_(std::move(children)) {}

    friend class Writer;
    std::string json() const;

    Kind kind_;
    std::string name_;
    std::string value_;
    std::vector<Node> children_;
};

}  // namespace hotline::open311
