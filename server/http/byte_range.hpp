#pragma once

#include "server/http/request.hpp"
#include "server/http/response.hpp"

#include <cstdint>
#include <optional>

namespace hotline::http {

// Bytes `first` to `last` of something, both included (RFC 9110, section 14).
struct ByteRange {
    std::uint64_t first = 0;
    std::uint64_t last = 0;

    std::uint64_t length() const { return last - first + 1; }
    bool operator==(const ByteRange&) const = default;
};

// The one range a request asks for of `size` bytes, cut to what there is. Several, or a strange
// one, are none at all: everything is sent then. With `first` > `last` there is nothing of it.
std::optional<ByteRange> range_asked(const Request& request, std::uint64_t size);

// Says in the answer that it is this part of `size` bytes: 206; or that there is no such part: 416
// and false.
bool mark_as_part(Response& response, const ByteRange& range, std::uint64_t size);

}  // namespace hotline::http
