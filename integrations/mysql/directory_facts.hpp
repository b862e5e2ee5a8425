#pragma once

#include "integrations/mysql/directory_rows.hpp"

#include <functional>
#include <vector>

// What the rules of the directory (O1 to O18) ask of the tables.
namespace hotline::mysql {

// In use or not, in the order they came.
Result<std::vector<ticketing::organisation::Leave>> leaves_of(
    Connection& db, ticketing::OfficialId official
);
// Of the day before, the day and the day after, which a turn can overlap.
Result<std::vector<ticketing::Turn>> turns_around(
    Connection& db, ticketing::OfficialId official, sla::LocalDay day
);
Result<std::vector<ticketing::organisation::Card>> cards_of_enterprise(
    Connection& db, ticketing::EnterpriseId enterprise
);
Result<std::vector<ticketing::organisation::Card>> active_cards_of(
    Connection& db, ticketing::OfficialId official
);
// Others of the same number or code; an empty code is nobody's.
Result<std::vector<StaffedOfficial>> others_of_staff_no(
    Connection& db, const StaffedOfficial& staffed
);
Result<std::vector<ticketing::Enterprise>> others_of_code(
    Connection& db, const ticketing::Enterprise& firm
);
// Whose deputy he is.
Result<std::vector<StaffedOfficial>> represented_by(Connection& db, ticketing::OfficialId official);

// All rows, one after the other.
template <class Entry>
Result<void> for_each_entry(Connection& db, const std::function<void(const Entry&)>& take) {
    const auto take_row = [&take](const Row& row) {
        take(read_stored<Entry>(row).entry);
        return true;
    };
    return db.for_each(
        "SELECT " + selected<Entry>() + " FROM " + std::string(TableOf<Entry>::name) +
            " e ORDER BY e.id",
        {},
        take_row
    );
}

}  // namespace hotline::mysql
