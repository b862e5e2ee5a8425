#pragma once

#include "integrations/open311/document.hpp"
#include "ticketing/types/directory.hpp"

#include <span>
#include <string>
#include <string_view>

namespace hotline::open311 {

// E3: eight hexadecimal digits made from the topic's name alone: the same on every server and after
// every change of the list, and fit for a URL.
std::string service_code(std::string_view topic);

// The topic a code stands for, or null.
const ticketing::Duty* topic_of(const ticketing::Directory& directory, std::string_view code);

// GET services: every topic of the duty list.
Node services(const ticketing::Directory& directory);

// E4: what may be said with a request besides the standard's own fields.
struct Attribute {
    std::string_view code;
    std::string_view datatype;
    std::string_view zh;
    std::string_view en;
};
std::span<const Attribute> attributes();

// GET services/{code}.
Node service_definition(
    const ticketing::Duty& topic, const ticketing::Directory& directory, bool english
);

}  // namespace hotline::open311
