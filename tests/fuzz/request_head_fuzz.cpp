// The gate in front of every request: no crash, and never a head that Beast reads differently.
#include "server/http/body.hpp"
#include "server/http/forwarded.hpp"
#include "server/http/framing.hpp"
#include "server/http/target.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

using namespace hotline::http;

namespace {

void require(bool condition) {
    if (!condition) std::abort();
}

// Whatever passes the gate with a body must be a head Beast accepts too, or its body is refused.
void read_body(std::string_view head, std::string_view rest) {
    constexpr std::size_t limit = 4096;
    BodyReader body(head, limit);
    std::size_t used = 0;
    const auto state = body.feed(rest, used);
    require(used <= rest.size());
    if (state == BodyReader::State::done) require(body.take().size() <= limit);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto length = head_length(bytes, 0);
    if (!length || !*length) return 0;
    require(**length <= size);

    static Head head;
    const auto text = bytes.substr(0, **length);
    if (!inspect_head(text, head)) return 0;
    require(!(head.chunked && head.content_length));
    require(!head.target.empty());

    static const AddressSet proxies = *AddressSet::parse({"10.0.0.0/8"});
    forwarded_origin(proxies, boost::asio::ip::make_address("10.0.0.1"), false, head.fields);
    if (const auto target = parse_target(head.target)) {
        require(target->path.front() == '/');
        require(target->path.find("/../") == std::string::npos);
        require(target->path.find('\0') == std::string::npos);
    }
    if (head.has_body()) read_body(text, bytes.substr(**length));
    return 0;
}
