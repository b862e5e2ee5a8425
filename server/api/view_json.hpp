#pragma once

#include "integrations/crypto/blind_index.hpp"
#include "integrations/mysql/view_store.hpp"
#include "server/city.hpp"
#include "server/http/request.hpp"
#include "ticketing/types/actor.hpp"

#include <string>

namespace hotline::api {

// Schema SavedView, as `actor` sees it.
std::string view_json(const mysql::SavedView& view, const ticketing::Actor& actor);

// Schema SavedViewInput. Only name, question, sort, columns and role are set. A question the list
// would not answer is refused with the list's own words.
Result<mysql::SavedView> read_view(
    const http::Request& request,
    const ticketing::Actor& actor,
    const City& city,
    const crypto::BlindIndex& blind
);

}  // namespace hotline::api
