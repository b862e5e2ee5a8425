#include "server/city.hpp"

#include "integrations/mysql/directory_store.hpp"
#include "integrations/mysql/policy_store.hpp"
#include "server/calendar/versions.hpp"
#include "sla/policy_text.hpp"

namespace hotline {

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
    auto directory = mysql::read_directory(db);
    if (!directory) return std::unexpected(directory.error());
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
    return std::make_shared<const City>(
        std::move(*directory),
        *policy,
        std::move(calendars->usual),
        std::move(calendars->units),
        std::move(models),
        std::move(misroutes)
    );
}

}  // namespace hotline
