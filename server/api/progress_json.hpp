#pragma once

#include "integrations/mysql/attachment_store.hpp"
#include "server/city.hpp"
#include "ticketing/types/event.hpp"
#include "ticketing/types/ticket.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace hotline::api {

// Schema Progress: what an enterprise sees of its ticket, in plain words. Nothing internal, no
// names of officials.
std::string progress_json(
    const ticketing::Ticket& ticket,
    const std::vector<ticketing::Event>& events,
    const std::vector<mysql::Attachment>& files,
    const City& city,
    ticketing::Instant now,
    bool english
);

// The sentence for a state.
std::string_view state_text(const ticketing::Ticket& ticket, bool english);

}  // namespace hotline::api
