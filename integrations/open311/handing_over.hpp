#pragma once

#include "integrations/open311/foreign.hpp"
#include "ticketing/types/directory.hpp"
#include "ticketing/types/ticket.hpp"

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// Tickets that go out to another system (README.md, E10 to E19).
namespace hotline::open311 {

// E12: which service of the partner a topic is, and what is said with it.
struct ServiceMapping {
    std::string topic;  // "": all other topics
    std::string service_code;
    std::vector<std::pair<std::string, std::string>> attributes;

    bool operator==(const ServiceMapping&) const = default;
};

// The mapping of this topic, else that of all others, else null.
const ServiceMapping* mapping_of(std::span<const ServiceMapping> mappings, std::string_view topic);

// Where and as whom.
struct Endpoint {
    std::string base_url;
    std::string jurisdiction_id;
    std::string api_key;
    Format format = Format::xml;
    bool shares_contact = false;
};

enum class KeptBack { no, confidential, no_service };
// E11. A ticket that nobody outside may know of is confidential here, whatever makes it so.
KeptBack kept_back(const ticketing::Ticket& ticket, const ServiceMapping* mapping);

// E12: the form of POST requests.
std::string request_body(
    const Endpoint& endpoint,
    const ServiceMapping& mapping,
    const ticketing::Ticket& ticket,
    const ticketing::Directory& directory
);
// Our number as the description has it, and whether one is about this ticket (E14).
std::string marked(std::string_view ticket_no);
bool is_about(const ForeignRequest& request, std::string_view ticket_no);

std::string services_url(const Endpoint& endpoint);
std::string requests_url(const Endpoint& endpoint);  // for POST
std::string token_url(const Endpoint& endpoint, std::string_view token);
std::string following_url(const Endpoint& endpoint, std::span<const std::string> ids);  // E15
// E14: what came in between.
std::string looking_url(
    const Endpoint& endpoint,
    std::string_view service_code,
    ticketing::Instant from,
    ticketing::Instant to
);

// E13, E14: what came of a POST.
struct Posted {
    enum class Kind { accepted, token, refused, later, unknown };
    Kind kind = Kind::unknown;
    std::string id;     // or the token
    std::string words;  // the partner's
};
// `status` 0: no answer; then `may_have_arrived` counts.
Posted posted(Format format, unsigned status, std::string_view body, bool may_have_arrived);

inline constexpr std::size_t most_followed = 50;
inline constexpr std::chrono::minutes follow_every{5};
inline constexpr std::chrono::minutes shown_after{10};  // E14
inline constexpr std::chrono::hours silent_for_number{4};
inline constexpr std::chrono::hours silent_for_status{24};

}  // namespace hotline::open311
