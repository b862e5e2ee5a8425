#include "server/actions/enact.hpp"

#include "integrations/mysql/calendar_store.hpp"
#include "integrations/mysql/policy_store.hpp"
#include "server/actions/recompute_dues.hpp"

namespace hotline::actions {
namespace {

using ticketing::Limits;

Result<Enacted> with_job(
    mysql::Connection& db,
    Enacted done,
    const Enactment& how,
    const RecomputeWish& wish,
    ticketing::Instant now
) {
    if (!how.recompute) return done;
    const auto job = ask_recompute(db, wish, now);
    if (!job) return std::unexpected(job.error());
    done.job = *job;
    return done;
}

// What nobody could want to add; the preview tells what is wrong in words.
template <class Proposal>
Result<void> acceptable(const Proposal& proposal, bool nothing, const std::string& field) {
    if (!proposal.problems.empty()) return fail_field(field, ErrorCode::invalid_format);
    if (nothing) return fail(ErrorCode::guard_failed, "something_new");
    return {};
}

}  // namespace

ProposedRules::ProposedRules(const City& present, const policy::Proposal& proposal)
    : directory_(present.directory),
      policy_(sla::for_unit(proposal.policy, {})),
      unit_policies_(proposal.policy, present.directory),
      calendars_{present.calendar, present.unit_calendars} {}

ProposedRules::ProposedRules(const City& present, calendar::Calendars calendars)
    : directory_(present.directory),
      policy_(present.policy),
      unit_policies_(present.unit_policies),
      calendars_(std::move(calendars)) {}

ticketing::Surroundings ProposedRules::at(ticketing::Instant now) const {
    return {directory_, policy_, calendars_.usual, now, &calendars_.units, &unit_policies_};
}

Result<Enacted> enact_policy(
    mysql::Connection& db,
    const std::string& text,
    const Enactment& how,
    ticketing::Instant valid_from,
    const ticketing::Directory& directory,
    ticketing::Instant now
) {
    const auto proposal = policy::propose(db, text, directory);
    if (!proposal) return std::unexpected(proposal.error());
    const std::uint32_t version = proposal->policy.version;
    if (version != how.based_on + 1) return fail(ErrorCode::stale_version);
    if (auto ok = acceptable(*proposal, proposal->changes_nothing, "text"); !ok) {
        return std::unexpected(ok.error());
    }
    const mysql::StoredPolicy stored{
        version, proposal->body, valid_from, how.note, how.by, {}, now
    };
    if (auto added = mysql::insert_policy(db, stored); !added) {
        return std::unexpected(added.error());
    }
    const RecomputeWish wish{how.by, how.note, version, 0, Limits::by_policy};
    return with_job(db, {version, {}}, how, wish, now);
}

Result<Enacted> enact_calendar(
    mysql::Connection& db, const CalendarFile& file, const Enactment& how, ticketing::Instant now
) {
    const auto proposal = calendar::propose(db, file.bytes, file.name, file.only);
    if (!proposal) return std::unexpected(proposal.error());
    const std::uint32_t version = proposal->version.usual.version;
    if (version != how.based_on + 1) return fail(ErrorCode::stale_version);
    if (auto ok = acceptable(*proposal, proposal->changes_nothing(), "file"); !ok) {
        return std::unexpected(ok.error());
    }
    if (auto added = calendar::add(db, *proposal, now); !added) {
        return std::unexpected(added.error());
    }
    const RecomputeWish wish{how.by, how.note, 0, version, Limits::kept};
    return with_job(db, {version, {}}, how, wish, now);
}

}  // namespace hotline::actions
