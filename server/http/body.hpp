#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace hotline::http {

// Takes a request's body out of its framing, fixed length or chunked, with Beast's parser. The
// parser reads the head too, so that two readings of it must agree. Trailer fields are dropped.
class BodyReader {
public:
    enum class State { more, done, too_large, broken };

    // `head` has passed inspect_head(); `limit` is the bound of the unframed body in bytes.
    BodyReader(std::string_view head, std::size_t limit);
    ~BodyReader();

    // Consumes from the front of `bytes` what belongs to the body and says how much that was. With
    // State::more the rest has to be offered again together with what follows.
    State feed(std::string_view bytes, std::size_t& used);

    // The whole body, once, after State::done.
    std::string take();

private:
    struct Parser;
    std::unique_ptr<Parser> parser_;
};

}  // namespace hotline::http
