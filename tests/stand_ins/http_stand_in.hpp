#pragma once

#include "tests/stand_ins/tls_files.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hotline::test {

using Fields = std::vector<std::pair<std::string, std::string>>;

// A request as it arrived.
struct Seen {
    std::string method;
    std::string path;  // without the query
    Fields query;      // decoded
    Fields fields;     // names in lower case
    std::string body;

    std::string field(std::string_view name) const;  // "" when absent
    std::string parameter(std::string_view name) const;
};

struct Reply {
    enum class Manner {
        whole,
        hang,        // reads the request and says nothing until the stand-in goes away
        cut,         // ends the connection instead
        cut_within,  // ends it in the middle of the answer
        raw,         // `body` is all that is sent, then the connection ends
    };

    unsigned status = 200;
    std::string body;
    Fields fields;
    Manner manner = Manner::whole;
};

// %41 is A; what is no such triplet stays.
std::string percent_decoded(std::string_view text);

// A foreign HTTP system on a free port of 127.0.0.1, with a thread of its own.
class HttpStandIn {
public:
    // Asked on the stand-in's thread, one request at a time.
    using Answerer = std::function<Reply(const Seen&)>;

    explicit HttpStandIn(Answerer answerer, std::optional<TlsFiles> tls = {});
    ~HttpStandIn();
    HttpStandIn(const HttpStandIn&) = delete;
    HttpStandIn& operator=(const HttpStandIn&) = delete;

    std::uint16_t port() const;
    std::string url(std::string_view path = "") const;  // http://127.0.0.1:PORT…

    // What has arrived so far.
    std::vector<Seen> seen() const;
    std::size_t connections() const;

    // Answers everything like this, until told otherwise.
    void reply_with(std::optional<Reply> fixed);
    // So many per cent of the requests hang, are answered 500 or 429 or are cut off from now on, by
    // dice of its own. Half of those that are cut off have been answered, and nobody was told.
    void fall_sick(unsigned percent, std::uint32_t seed);

private:
    struct Core;
    std::unique_ptr<Core> core_;
};

}  // namespace hotline::test
