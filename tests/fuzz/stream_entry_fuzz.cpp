// What lies in the intake stream may have been put there by hand, by a newer server or by a broken
// restore. Reading it may fail, never crash; what is read must come out the same when written
// again.
#include "integrations/redis/commit_notices.hpp"
#include "integrations/redis/intake_entry.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace hotline::redis;

namespace {

// Lines "name=value"; the first '=' separates, so values may hold any byte but a line feed.
Fields fields_from(std::string_view text) {
    Fields fields;
    while (!text.empty()) {
        const auto end = text.find('\n');
        const auto line = text.substr(0, end);
        const auto equals = line.find('=');
        if (equals != line.npos)
            fields.emplace_back(line.substr(0, equals), line.substr(equals + 1));
        text.remove_prefix(end == text.npos ? text.size() : end + 1);
    }
    return fields;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto entry = decode_entry(fields_from(text))) {
        const auto flat = encode_entry(*entry);
        Fields again;
        for (std::size_t i = 0; i + 1 < flat.size(); i += 2)
            again.emplace_back(flat[i], flat[i + 1]);
        const auto second = decode_entry(again);
        if (!second || *second != *entry) std::abort();
    }
    if (const auto id = parse_stream_id(text)) {
        const auto second = parse_stream_id(to_string(*id));
        if (!second || *second != *id) std::abort();
    }
    const auto notices = decode_notices(text);
    if (decode_notices(encode_notices(notices)) != notices) std::abort();
    return 0;
}
