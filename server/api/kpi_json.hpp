#pragma once

#include "sla/kpi.hpp"
#include "sla/local_time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace hotline::api {

// The figures of one group, or of all together.
struct Figures {
    std::string key;
    std::string name;
    sla::PeriodSums sums;
    bool with_accepted = true;  // acceptance is the centre's: a unit has no such figure
    bool with_snapshot = true;  // open and overdue are a picture of now, not of a day
};

struct KpiAnswer {
    sla::LocalDay from;
    sla::LocalDay to;
    Figures total;
    std::optional<std::vector<Figures>> groups;
};

// `Kpi` of the contract, with names and definitions in one language.
std::string kpi_json(const KpiAnswer& answer, bool english);

}  // namespace hotline::api
