// What another city's system answers may be anything. Reading it may find nothing, never crash, and
// what is read is text within its bounds.
#include "integrations/open311/handing_over.hpp"
#include "ticketing/text.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace hotline;

namespace {

void bounded(std::string_view text) {
    if (!ticketing::is_clean_utf8(text)) std::abort();
    if (ticketing::characters(text) > open311::most_foreign_characters) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view body(reinterpret_cast<const char*>(data), size);
    for (const auto format : {open311::Format::xml, open311::Format::json}) {
        const auto services = open311::read_services(format, body);
        if (services && services->size() > open311::most_foreign_entries) std::abort();
        const auto requests = open311::read_requests(format, body);
        if (requests) {
            if (requests->size() > open311::most_foreign_entries) std::abort();
            for (const auto& one : *requests) {
                for (const auto& text : {one.id, one.token, one.status_notes, one.description}) {
                    bounded(text);
                }
            }
        }
        const auto came = open311::posted(format, 200, body, false);
        if (came.kind == open311::Posted::Kind::accepted && came.id.empty()) std::abort();
    }
    for (const auto& words : open311::read_errors(body)) bounded(words);
    return 0;
}
