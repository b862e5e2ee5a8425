#pragma once

#include "integrations/open311/document.hpp"
#include "integrations/open311/refusal.hpp"
#include "integrations/open311/request_form.hpp"
#include "ticketing/published.hpp"
#include "ticketing/types/directory.hpp"

#include <chrono>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::open311 {

enum class Status { open, closed };

// E7: nothing more happens to a closed one by itself.
Status status_of(ticketing::State state);

// `notes`: the sentence for its state.
Node service_request(
    const ticketing::PublishedTicket& ticket,
    const ticketing::Directory& directory,
    std::string_view notes
);

// What GET requests asks for (E8).
struct RequestQuery {
    std::vector<std::string> numbers;  // then nothing else counts
    std::vector<std::string> topics;
    ticketing::Instant from;
    ticketing::Instant to;
    std::optional<Status> status;
};

inline constexpr std::size_t most_requests = 1000;
inline constexpr std::chrono::days longest_span{90};

// `read_time` reads a date and time with its offset.
std::expected<RequestQuery, Refusal> query_from(
    const Parameters& parameters,
    const ticketing::Directory& directory,
    ticketing::Instant now,
    std::optional<ticketing::Instant> (*read_time)(std::string_view),
    bool english
);

// "2026-11-27T09:30:00+08:00": the W3C's form, in China's time.
std::string time_text(ticketing::Instant instant);

}  // namespace hotline::open311
