#include "server/api/if_match.hpp"

#include "server/http/text.hpp"

#include <charconv>

namespace hotline::api {

Result<std::uint32_t> wanted_version(const http::Request& request) {
    const auto header = request.header("if-match");
    if (!header) return fail(ErrorCode::precondition_required);
    std::string_view tag = http::trim_blanks(*header);
    const bool quoted = tag.size() > 2 && tag.front() == '"' && tag.back() == '"';
    if (!quoted) return fail(ErrorCode::precondition_required);
    tag = tag.substr(1, tag.size() - 2);
    std::uint32_t version = 0;
    const auto [end, error] = std::from_chars(tag.data(), tag.data() + tag.size(), version);
    const bool whole = error == std::errc{} && end == tag.data() + tag.size();
    // A tag we never gave names no version we have.
    return whole ? version : 0U;
}

}  // namespace hotline::api
