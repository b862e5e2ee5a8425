#pragma once

#include "integrations/http/client.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace hotline::http_client {

// Puts one answer together from the bytes as they come.
class AnswerReader {
public:
    enum class State { more, done, broken, too_large };

    // An answer to HEAD has no body whatever its fields say.
    AnswerReader(std::size_t body_limit, bool to_head);
    ~AnswerReader();

    State feed(std::string_view bytes);
    // The connection ended, which completes an answer that names no length.
    State end();

    // What there is so far of the body of a 200, which is not in the answer then.
    std::string take_piece();

    // Once done:
    Answer take();
    // Whether another request may follow on the same connection.
    bool reusable() const;

private:
    struct Parser;
    void begin();
    State parse();

    std::size_t body_limit_;
    bool to_head_;
    std::unique_ptr<Parser> parser_;
    std::string unread_;
};

}  // namespace hotline::http_client
