#include "server/city.hpp"

#include "integrations/mysql/directory_store.hpp"
#include "integrations/mysql/policy_store.hpp"
#include "server/calendar/versions.hpp"
#include "server/log.hpp"
#include "sla/policy_text.hpp"

namespace hotline {
namespace {

constexpr std::size_t most_told = 20;

// An administrator finds all of them on the page of the directory.
void tell(const std::vector<ticketing::organisation::WholeFault>& faults) {
    for (std::size_t i = 0; i < faults.size() && i < most_told; ++i) {
        const auto& [kind, id, fault] = faults[i];
        log::write(
            log::Level::warn,
            "directory: an entry breaks a rule",
            {{"rule", ticketing::organisation::label(fault.rule)},
             {"kind", ticketing::name(kind)},
             {"id", static_cast<std::int64_t>(id)},
             {"what", sentence(fault, true)}}
        );
    }
    if (faults.size() <= most_told) return;
    const auto more = static_cast<std::int64_t>(faults.size() - most_told);
    log::write(log::Level::warn, "directory: more entries break rules", {{"count", more}});
}

}  // namespace

ticketing::Cues City::read(std::string_view title, std::string_view content, std::string_view home)
    const {
    ticketing::Cues found = cues.read(title, content, home);
    found.rules_alone = models == nullptr;
    if (models) models->consult(title, content, directory, found);
    return found;
}

Result<CityPtr> read_city(
    mysql::Connection& db,
    ticketing::Instant now,
    TextModelsPtr models,
    std::shared_ptr<MisrouteSource> misroutes
) {
    auto directory = mysql::read_directory(db, sla::local_day(now));
    if (!directory) return std::unexpected(directory.error());
    auto faults = ticketing::organisation::make_sound(*directory);
    tell(faults);
    auto calendars = calendar::read_calendars(db);
    if (!calendars) return std::unexpected(calendars.error());
    const auto stored = mysql::read_policy(db, now);
    if (!stored && stored.error().code == ErrorCode::not_found) {
        return fail(ErrorCode::internal, "There is no policy yet: run `hotline-server seed`.");
    }
    if (!stored) return std::unexpected(stored.error());
    auto policy = sla::parse_policy(stored->body);
    if (!policy || !sla::check(*policy)) {
        return fail(ErrorCode::internal, "The policy in the database cannot be read.");
    }
    policy->version = stored->version;
    auto city = std::make_shared<City>(
        std::move(*directory),
        *policy,
        std::move(calendars->usual),
        std::move(calendars->units),
        std::move(models),
        std::move(misroutes)
    );
    city->faults = std::move(faults);
    city->since = now;
    return city;
}

}  // namespace hotline
