#pragma once

#include "ticketing/types/attachment.hpp"
#include "ticketing/types/ticket.hpp"

#include <string>

namespace hotline::ticketing {

// What an act changed, for the log: {"field":[before,after], …}, keys sorted, absent values null.
// Holds all that the rates are computed from, and no personal data of the appellant (the log is
// kept longer and read wider than the ticket).
std::string changes_between(const Ticket& before, const Ticket& after);

// The same for a file that is added, which changes no field of the ticket: {"file":[null,"image
// 48213 sha256:…"]} is what proves the stored bytes later.
std::string change_of_file(const FileToAttach& file);

}  // namespace hotline::ticketing
