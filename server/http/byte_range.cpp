#include "server/http/byte_range.hpp"

#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>

namespace hotline::http {
namespace {

std::optional<std::uint64_t> position_in(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = error == std::errc{} && end == text.data() + text.size();
    return whole ? std::optional(value) : std::nullopt;
}

std::optional<ByteRange> range_in(std::string_view header, std::uint64_t size) {
    if (!header.starts_with("bytes=")) return std::nullopt;
    header.remove_prefix(6);
    const auto dash = header.find('-');
    if (dash == std::string_view::npos) return std::nullopt;
    const auto end = header.substr(dash + 1);
    const auto first = position_in(header.substr(0, dash));
    const auto last = position_in(end);
    const bool strange = !last && !end.empty();
    if (strange || (first && last && *last < *first)) return std::nullopt;
    if (first) return ByteRange{*first, std::min(last.value_or(size), size - 1)};
    if (last && dash == 0) return ByteRange{size - std::min(*last, size), size - 1};
    return std::nullopt;
}

}  // namespace

std::optional<ByteRange> range_asked(const Request& request, std::uint64_t size) {
    const auto asked = request.header("range");
    return asked && size > 0 ? range_in(*asked, size) : std::nullopt;
}

bool mark_as_part(Response& response, const ByteRange& range, std::uint64_t size) {
    const std::string whole = std::to_string(size);
    if (range.first > range.last) {
        response.status = 416;
        response.set("content-range", "bytes */" + whole);
        return false;
    }
    response.status = 206;
    response.set(
        "content-range",
        "bytes " + std::to_string(range.first) + "-" + std::to_string(range.last) + "/" + whole
    );
    return true;
}

}  // namespace hotline::http
