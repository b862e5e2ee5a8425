#pragma once

#include "tests/stand_ins/http_stand_in.hpp"

#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace hotline::test {

// Another city's system with a GeoReport v2 endpoint, answering as the specification documents:
// services, POST requests with an id or with a token, GET tokens, GET requests by id or by service
// and time, errors, in XML and JSON by the name's extension.
class PartnerStandIn {
public:
    static constexpr const char* key = "the partner's key";

    struct Taken {
        std::string id;
        std::map<std::string, std::string> form;
        std::string status = "open";
        std::string notes;
        std::string token;     // given instead of the id
        bool numbered = true;  // the token has its id by now
    };

    PartnerStandIn();

    // From now on a POST is answered with a token, whose id comes when asked to.
    void answer_with_tokens(bool on);
    void give_numbers();
    // GET requests leaves out descriptions, as some systems do.
    void hide_descriptions(bool on);
    // What its people do.
    void say(const std::string& id, const std::string& status, const std::string& notes);
    void forget(const std::string& id);

    std::vector<Taken> taken() const;
    std::string base_url() const { return http_.url("/v2"); }
    HttpStandIn& http() { return http_; }

private:
    Reply answer(const Seen& seen);
    Reply post(const Seen& seen, bool json);
    Reply list(const Seen& seen, bool json) const;
    Reply token(const std::string& token, bool json) const;

    mutable std::mutex mutex_;
    bool tokens_ = false;
    bool hidden_ = false;
    std::vector<Taken> taken_;
    HttpStandIn http_;
};

}  // namespace hotline::test
