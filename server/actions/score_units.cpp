#include "server/actions/score_units.hpp"

#include "integrations/mysql/scorecard_store.hpp"

namespace hotline::actions {

Result<sla::Scorecard> scorecard_in_force(mysql::Connection& db, ticketing::Instant now) {
    const auto stored = mysql::read_scorecard(db, now);
    if (!stored) return std::unexpected(stored.error());
    if (!*stored) return sla::default_scorecard();
    auto card = sla::parse_scorecard((*stored)->body);
    if (!card) return fail(ErrorCode::internal, "The scorecard in the database cannot be read.");
    card->version = (*stored)->version;
    return *card;
}

Result<Scores> score_units(
    mysql::Connection& db, sla::LocalDay from, sla::LocalDay to, ticketing::Instant now
) {
    auto card = scorecard_in_force(db, now);
    if (!card) return std::unexpected(card.error());
    const auto groups = mysql::read_sums(db, {.from = from, .to = to}, sla::Dimension::unit);
    if (!groups) return std::unexpected(groups.error());
    Scores scores{.card = std::move(*card)};
    for (const auto& [unit, sums] : *groups) {
        if (unit != "0") scores.units.push_back(sla::score_unit(scores.card, unit, sums));
    }
    sla::rank_units(scores.card, scores.units);
    return scores;
}

}  // namespace hotline::actions
