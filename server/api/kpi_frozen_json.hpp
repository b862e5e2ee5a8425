#pragma once

#include "integrations/mysql/freeze_store.hpp"
#include "sla/dimension.hpp"
#include "ticketing/types/directory.hpp"

#include <boost/json/object.hpp>

#include <string>

namespace hotline::api {

// `FrozenPeriod` of the contract: who froze what, by which versions, and the seal.
boost::json::object freeze_json(const mysql::Freeze& freeze);

struct FrozenQuestion {
    sla::Dimension by;
    const ticketing::Directory& directory;
    bool english;
};

// The same with its figures, as `Kpi`.
std::string frozen_json(
    const mysql::Freeze& freeze, const sla::PeriodFigures& figures, const FrozenQuestion& question
);

}  // namespace hotline::api
