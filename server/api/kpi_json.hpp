#pragma once

#include "sla/kpi.hpp"
#include "sla/local_time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
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
    std::vector<sla::RateCode> group_rates{};  // empty: all of them
};

// What the city has published for the line and is measured by; "" where there is no target.
std::string_view target(sla::RateCode code);

// `Rate` of the contract: counts, and with them what they mean and what was left out.
std::string rates_json(const sla::PeriodSums& sums, bool english);

// `Kpi` of the contract, with names and definitions in one language.
std::string kpi_json(const KpiAnswer& answer, bool english);

}  // namespace hotline::api
