#pragma once

#include <string_view>

// Of a call `c` of phone_call: what the tickets say that were filed with it, and the one it was
// dialled for. Private to this folder.
namespace hotline::mysql {

inline constexpr std::string_view call_has_ticket =
    "(EXISTS (SELECT 1 FROM ticket h WHERE h.call_id=c.call_id AND c.call_id<>'') OR EXISTS "
    "(SELECT 1 FROM call_command k WHERE k.source=c.source AND k.call_id=c.call_id AND "
    "k.ticket_id IS NOT NULL))";

// A7: whoever appealed is hidden.
inline constexpr std::string_view call_is_hidden =
    "(EXISTS (SELECT 1 FROM ticket h WHERE h.call_id=c.call_id AND c.call_id<>'' AND "
    "h.confidential+h.anonymous>0) OR EXISTS (SELECT 1 FROM call_command k JOIN ticket h ON "
    "h.id=k.ticket_id WHERE k.source=c.source AND k.call_id=c.call_id AND "
    "h.confidential+h.anonymous>0))";

}  // namespace hotline::mysql
