#pragma once

#include "integrations/mysql/connection.hpp"
#include "integrations/mysql/handover_store.hpp"
#include "server/city.hpp"
#include "ticketing/types/actor.hpp"

#include <string>
#include <string_view>

namespace hotline::actions {

// What happened at a partner, as notices tell it (G20).
enum class PartnerWord { progress, closed, failed };

// Notes it in the ticket's log, in the hotline's name or in a person's, and with it sets going who
// is told. False when the ticket has ended and takes no notes any more.
Result<bool> note_partner_word(
    mysql::Connection& db,
    const City& city,
    ticketing::TicketId ticket,
    const ticketing::Actor& actor,
    PartnerWord word,
    std::string text,
    ticketing::Instant now
);

// The sentences of the log, in Chinese as all of it. `said`: the partner's own words, or none.
std::string taken_words(const mysql::Handover& handover, std::string_view said);
std::string said_words(const mysql::Handover& handover, std::string_view said);
std::string closed_words(const mysql::Handover& handover, std::string_view said);
std::string refused_words(const mysql::Handover& handover, std::string_view said);
std::string uncertain_words(const mysql::Handover& handover);
std::string unknown_words(const mysql::Handover& handover);
std::string silent_words(const mysql::Handover& handover);
std::string kept_back_words(const mysql::Handover& handover, bool confidential);

// A partner's words as we keep and show them: numbers masked (P4), five hundred characters at most.
std::string partner_said(std::string_view words);

}  // namespace hotline::actions
