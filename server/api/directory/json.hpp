#pragma once

#include "integrations/mysql/directory_history.hpp"
#include "integrations/mysql/directory_lists.hpp"
#include "server/city.hpp"
#include "server/city/import/import.hpp"
#include "ticketing/router/matter.hpp"
#include "ticketing/types/actor.hpp"

#include <string>

namespace hotline::api {

// Who looks at the kept directory.
struct DirectoryViewer {
    const ticketing::Actor& actor;
    const City& city;
    const ticketing::Loads& loads;
    sla::LocalDay today;
    bool english = false;
};

// Schemas KeptUnit, KeptOfficial, Leave, Turn, ContactCard, KeptEnterprise.
std::string kept_json(const mysql::Listed<ticketing::Unit>& line, const DirectoryViewer& viewer);
std::string kept_json(
    const mysql::Listed<mysql::StaffedOfficial>& line, const DirectoryViewer& viewer
);
std::string kept_json(
    const mysql::Listed<ticketing::organisation::Leave>& line, const DirectoryViewer& viewer
);
std::string kept_json(const mysql::Listed<ticketing::Turn>& line, const DirectoryViewer& viewer);
std::string kept_json(
    const mysql::Listed<ticketing::organisation::Card>& line, const DirectoryViewer& viewer
);
std::string kept_json(
    const mysql::Listed<ticketing::Enterprise>& line, const DirectoryViewer& viewer
);

// Schema DirectoryChange.
std::string change_json(const mysql::DirectoryChange& change);

// Schema DirectoryState.
std::string directory_state_json(const City& city, std::uint64_t stored_version, bool english);

// Schema ImportReport.
std::string import_json(const city::ImportReport& report);

}  // namespace hotline::api
