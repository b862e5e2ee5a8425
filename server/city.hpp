#pragma once

#include "integrations/mysql/connection.hpp"
#include "server/misroute_source.hpp"
#include "sla/calendar.hpp"
#include "sla/policy.hpp"
#include "ticketing/cues.hpp"
#include "ticketing/lifecycle/surroundings.hpp"
#include "ticketing/organisation/whole.hpp"
#include "ticketing/text_models.hpp"
#include "ticketing/types/directory.hpp"

#include <atomic>
#include <memory>
#include <utility>

namespace hotline {

using TextModelsPtr = std::shared_ptr<const ticketing::TextModels>;

// The city as decisions need it: an immutable snapshot, so that routing, permissions and clocks ask
// no database. A change makes a new one; who holds an old one finishes with it.
struct City {
    ticketing::Directory directory;
    sla::Policy policy;  // what holds for everybody
    sla::Calendar calendar;
    ticketing::UnitCalendars unit_calendars;
    ticketing::UnitPolicies unit_policies;
    ticketing::CueReader cues;
    TextModelsPtr models;  // null: the rules of the cues alone
    // What returns teach changes far more often than the city: snapshots hand it on to each other.
    std::shared_ptr<MisrouteSource> misroutes;
    std::vector<ticketing::organisation::WholeFault> faults;  // what the directory goes without
    ticketing::Instant since{};                               // when it was read

    // `p`: with the lines of single units.
    City(
        ticketing::Directory d,
        const sla::Policy& p,
        sla::Calendar c,
        ticketing::UnitCalendars units = {},
        TextModelsPtr learned = {},
        std::shared_ptr<MisrouteSource> returns = std::make_shared<MisrouteSource>()
    )
        : directory(std::move(d)),
          policy(sla::for_unit(p, {})),
          calendar(std::move(c)),
          unit_calendars(std::move(units)),
          unit_policies(p, directory),
          cues(directory),
          models(std::move(learned)),
          misroutes(std::move(returns)) {}

    // What a text says: by the words of the lists and, where there are any, by the models.
    ticketing::Cues read(std::string_view title, std::string_view content, std::string_view home)
        const;

    ticketing::Surroundings at(ticketing::Instant now) const {
        return {directory, policy, calendar, now, &unit_calendars, &unit_policies};
    }
};

using CityPtr = std::shared_ptr<const City>;

// A new snapshot from the database, with models and misroutes of the one before. What is unsound in
// the directory is left out of it, told in the log and kept in `faults`. internal with a sentence
// when calendar or policy there make no sense.
Result<CityPtr> read_city(
    mysql::Connection& db,
    ticketing::Instant now,
    TextModelsPtr models = {},
    std::shared_ptr<MisrouteSource> misroutes = std::make_shared<MisrouteSource>()
);

// The snapshot in force. Any thread.
class CitySource {
public:
    explicit CitySource(CityPtr first) : current_(std::move(first)) {}

    CityPtr current() const { return current_.load(); }
    void replace(CityPtr next) { current_.store(std::move(next)); }

private:
    std::atomic<CityPtr> current_;
};

}  // namespace hotline
