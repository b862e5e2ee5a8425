#pragma once

#include "server/cli/replay_people.hpp"
#include "ticketing/types/ids.hpp"

#include <boost/json/array.hpp>

#include <string>
#include <string_view>

namespace hotline::cli {

// RFC 3339, to the millisecond.
std::string time_text(ticketing::Instant at);

// A call platform at the running server, for as long as its token is not revoked.
class CallPlatform {
public:
    // `admin` makes the token. `source`: what the platform calls itself.
    static Result<CallPlatform> ready(std::string_view url, Person& admin, std::string source);
    void dismiss(Person& admin);

    // At most a hundred events as the contract has them. validation_failed: one was refused, with
    // its code.
    Result<void> tell(const boost::json::array& events);
    // It is there.
    Result<void> beat();

private:
    CallPlatform(HttpClient client, std::string source)
        : client_(std::move(client)), source_(std::move(source)) {}
    HttpHeaders headers() const;

    HttpClient client_;
    std::string source_;
    std::string token_;
    std::string token_id_;
};

}  // namespace hotline::cli
