#pragma once

#include "integrations/mysql/kpi_store.hpp"
#include "server/api/kpi_json.hpp"
#include "sla/dimension.hpp"
#include "ticketing/types/directory.hpp"

#include <vector>

namespace hotline::api {

// What a group is called: the name of a division, unit or official, else the key.
std::string group_name(
    sla::Dimension grouping,
    const std::string& key,
    const ticketing::Directory& directory,
    bool english
);

// Desks are told apart by division and unit only: other groups have no picture of now.
bool grouped_by_desk(sla::Dimension grouping);

// Groups with their names in one language and in the order they are shown: units and officials by
// number, everything else by key. Channels and types are told by their words.
std::vector<Figures> lines_of(
    mysql::KpiGroups groups,
    sla::Dimension grouping,
    const ticketing::Directory& directory,
    bool english
);

}  // namespace hotline::api
