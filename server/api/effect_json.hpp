#pragma once

#include "integrations/mysql/recompute_store.hpp"
#include "server/actions/enact.hpp"
#include "server/actions/recompute_effect.hpp"
#include "ticketing/types/directory.hpp"

#include <string>

namespace hotline::api {

// Schema RecomputeEffect. Numbers, units and dates: nothing of what a ticket is about.
std::string effect_json(
    const actions::RecomputeEffect& effect, const ticketing::Directory& directory
);

// Schema Enacted.
std::string enacted_json(const actions::Enacted& done);

// Schema RecomputeJob.
std::string job_json(const mysql::RecomputeJob& job);

}  // namespace hotline::api
