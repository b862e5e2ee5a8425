#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace hotline::ticketing {

// Writing JSON text for the event log and the route trace; reading it is not the core's business.

// `text` as a JSON string with its quotes (RFC 8259); well-formed UTF-8 is kept as it is.
void append_json_string(std::string& out, std::string_view text);
std::string json_string(std::string_view text);

// An object under construction, keys in the order of the calls; the caller keeps them sorted where
// the text is hashed.
class JsonObject {
public:
    JsonObject& text(std::string_view key, std::string_view value);
    JsonObject& number(std::string_view key, std::int64_t value);
    JsonObject& raw(std::string_view key, std::string_view json);  // already JSON
    bool empty() const { return body_.empty(); }
    std::string str() const { return "{" + body_ + "}"; }

private:
    void begin(std::string_view key);
    std::string body_;
};

// A JSON array of what `each` makes of the entries, already JSON.
template <class List, class Each>
std::string json_array(const List& list, Each&& each) {
    std::string items = "[";
    for (const auto& entry : list) {
        if (items.size() > 1) items += ',';
        items += each(entry);
    }
    return items + "]";
}

}  // namespace hotline::ticketing
