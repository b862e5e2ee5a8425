#pragma once

#include "server/api/exports/tables.hpp"
#include "server/http/request.hpp"
#include "ticketing/errors.hpp"
#include "ticketing/types/actor.hpp"
#include "ticketing/types/directory.hpp"
#include "ticketing/types/ids.hpp"

namespace hotline::api {

// What stands above a table: what it is, of which period and whose, what else it was narrowed to,
// who took it and when. `question` is what the table's own route is asked. Errors: as kpi_question.
Result<About> about(
    const http::Request& question,
    ExportTable table,
    const ticketing::Actor& actor,
    const ticketing::Directory& directory,
    ticketing::Instant now
);

}  // namespace hotline::api
