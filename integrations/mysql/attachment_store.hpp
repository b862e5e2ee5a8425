#pragma once

#include "integrations/mysql/connection.hpp"
#include "ticketing/types/actor.hpp"
#include "ticketing/types/attachment.hpp"
#include "ticketing/types/event.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace hotline::mysql {

// One file of a ticket. The bytes stand elsewhere, under their digest.
struct Attachment {
    std::uint32_t seq = 0;  // of the event that added it; its number within the ticket
    ticketing::FileKind kind = ticketing::FileKind::image;
    ticketing::Audience audience = ticketing::Audience::everyone;
    ticketing::Digest digest{};  // SHA-256, like the other two
    std::optional<ticketing::Digest> preview;
    std::uint64_t bytes = 0;
    int width = 0;
    int height = 0;
    std::string name;
    ticketing::Digest sent{};  // of the bytes as they came
    ticketing::Role role = ticketing::Role::enterprise;
    ticketing::UserId user;
    std::string by_name;
    ticketing::Instant at;
};

// In the transaction of its event.
Result<void> add_attachment(
    Connection& db, ticketing::TicketId ticket, const Attachment& attachment
);

// Oldest first.
Result<std::vector<Attachment>> attachments_of(Connection& db, ticketing::TicketId ticket);

Result<std::optional<Attachment>> find_attachment(
    Connection& db, ticketing::TicketId ticket, std::uint64_t seq
);

// Whether any ticket has a file or preview with these bytes.
Result<bool> is_attached(Connection& db, const ticketing::Digest& digest);

// Every file of every ticket with what the log says of it; "" without such an event.
using AttachmentSink =
    std::function<void(ticketing::TicketId, const Attachment&, std::string_view changes)>;
Result<void> for_each_attachment(Connection& db, const AttachmentSink& sink);

}  // namespace hotline::mysql
