#pragma once

#include "integrations/mysql/kpi_store.hpp"
#include "sla/scorecard.hpp"

#include <vector>

namespace hotline::actions {

// The card in force: the newest in the database, or the one that comes with the program.
Result<sla::Scorecard> scorecard_in_force(mysql::Connection& db, ticketing::Instant now);

struct Scores {
    sla::Scorecard card;
    std::vector<sla::UnitScore> units;  // the whole city, best first
};

// Every unit's score of the period. A rank is a place among all units, whoever asks.
Result<Scores> score_units(
    mysql::Connection& db, sla::LocalDay from, sla::LocalDay to, ticketing::Instant now
);

}  // namespace hotline::actions
