#pragma once

#include "integrations/open311/document.hpp"
#include "integrations/open311/service_requests.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What another system's GeoReport v2 endpoint answers: foreign bytes, so everything is bounded, and
// what is not there is empty.
namespace hotline::open311 {

struct ForeignService {
    std::string code;
    std::string name;
    std::string description;
    std::string group;
    std::string type;  // realtime, batch, blackbox
    bool metadata = false;

    bool operator==(const ForeignService&) const = default;
};

struct ForeignRequest {
    std::string id;
    std::string token;
    std::optional<Status> status;
    std::string status_notes;
    std::string service_notice;
    std::string description;
    std::string agency;

    bool operator==(const ForeignRequest&) const = default;
};

inline constexpr std::size_t most_foreign_entries = 1000;
inline constexpr std::size_t most_foreign_characters = 2000;  // of one value

// Nothing when the body is not such a list. An entry without a code (service) is left out.
std::optional<std::vector<ForeignService>> read_services(Format format, std::string_view body);
// Of POST requests, GET requests and GET tokens alike.
std::optional<std::vector<ForeignRequest>> read_requests(Format format, std::string_view body);
// What a refusal says, in either format, whichever was asked for; none when it is something else.
std::vector<std::string> read_errors(std::string_view body);

}  // namespace hotline::open311
