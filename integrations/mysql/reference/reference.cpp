#include "integrations/mysql/reference/reference.hpp"

#include "integrations/mysql/reference/tables.hpp"

namespace hotline::reference {

Result<Reference> parse(const Files& files) {
    Reference reference;
    auto places = parse_divisions(files.divisions);
    if (!places) return std::unexpected(places.error());
    reference.places = std::move(*places);
    auto units = parse_units(files.departments, reference.places);
    if (!units) return std::unexpected(units.error());
    reference.units = std::move(*units);
    auto duties = parse_duties(files.duties);
    if (!duties) return std::unexpected(duties.error());
    reference.duties = std::move(*duties);
    auto days = parse_holidays(files.holidays);
    if (!days) return std::unexpected(days.error());
    reference.days = std::move(*days);
    return reference;
}

ticketing::Directory directory_of(const Reference& reference) {
    ticketing::Directory directory;
    directory.version = 1;
    for (const Place& place : reference.places) directory.divisions.push_back(place.division);
    directory.units = reference.units;
    directory.duties = reference.duties;
    directory.index();
    return directory;
}

}  // namespace hotline::reference
