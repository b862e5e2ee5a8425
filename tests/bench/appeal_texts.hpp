#pragma once

#include <cstdint>
#include <string>

namespace hotline::bench {

// What an enterprise writes.
struct AppealText {
    std::string title;
    std::string content;
};
AppealText appeal_text(std::uint64_t n);

// Appeals as enterprises write them: matter, place, sums and lengths vary with `n`, the same for
// the same `n`. Body of POST /api/v1/appeals.
std::string appeal_body(std::uint64_t n);
// Body of POST /api/v1/tickets, the agent's form.
std::string ticket_body(std::uint64_t n);
// A word that about one in thirty of them contains.
std::string word_to_search(std::uint64_t n);

}  // namespace hotline::bench
