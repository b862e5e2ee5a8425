#include "ticketing/enterprise_life.hpp"

#include "sla/date_text.hpp"
#include "ticketing/similarity/recurring.hpp"

#include <algorithm>
#include <map>

namespace hotline::ticketing {
namespace {

constexpr std::size_t most_told = 8;
// Every phrase is held against every title.
constexpr std::size_t titles_read = 300;

bool has_card(const Actor& actor, const Enterprise& enterprise, const Directory& directory) {
    const auto found = directory.cards.find(enterprise.id.value);
    if (found == directory.cards.end()) return false;
    return std::ranges::any_of(found->second, [&](OfficialId id) {
        if (actor.role == Role::official) return id == actor.official;
        const Official* official = directory.official(id);
        return official != nullptr && directory.within(official->unit, actor.unit);
    });
}

std::string month_of(Instant at) {
    constexpr std::size_t year_and_month = 7;
    return sla::date_text(sla::local_day(at)).substr(0, year_and_month);
}

void rate(std::map<std::string, MonthOfRatings>& months, const EnterpriseMatter& matter) {
    if (!matter.rated_at || !matter.satisfaction) return;
    std::string month = month_of(*matter.rated_at);
    MonthOfRatings& of = months[month];
    of.month = std::move(month);
    ++of.rated;
    if (*matter.satisfaction >= Satisfaction::basically_satisfied) ++of.satisfied;
    if (matter.solved == Solved::yes) ++of.solved;
}

std::vector<CountedWords> most_frequent(const std::map<std::string, int>& counts) {
    std::vector<CountedWords> list;
    for (const auto& [text, tickets] : counts) list.push_back({text, tickets});
    std::ranges::stable_sort(list, std::ranges::greater{}, &CountedWords::tickets);
    if (list.size() > most_told) list.resize(most_told);
    return list;
}

}  // namespace

bool may_see_enterprise(
    const Actor& actor, const Enterprise& enterprise, bool of_his, const Directory& directory
) {
    switch (actor.role) {
        case Role::agent:
        case Role::dispatcher:
        case Role::reviewer:
        case Role::supervisor:
            return true;
        case Role::manager:
            return actor.division.empty() || actor.division == enterprise.division ||
                   actor.division == enterprise.zone || of_his;
        case Role::official:
        case Role::unit_clerk:
        case Role::unit_leader:
            return of_his || has_card(actor, enterprise, directory);
        default:
            return false;
    }
}

Scope enterprise_scope_of(const Actor& actor, const Directory& directory) {
    Scope scope = scope_of(actor, directory);
    if (actor.role == Role::agent) scope.everything = true;
    return scope;
}

EnterpriseFigures figures_of(std::span<const EnterpriseMatter> matters) {
    EnterpriseFigures figures;
    std::map<std::string, MonthOfRatings> months;
    std::map<std::string, int> topics;
    std::vector<std::string_view> titles;
    for (const EnterpriseMatter& matter : matters) {
        ++figures.tickets;
        if (!is_final(matter.state)) ++figures.open;
        if (matter.channel == Channel::visit) ++figures.visits;
        figures.first_at =
            std::min(figures.first_at.value_or(matter.accepted_at), matter.accepted_at);
        rate(months, matter);
        if (!matter.topic.empty()) ++topics[matter.topic];
        if (titles.size() < titles_read) titles.push_back(matter.title);
    }
    for (auto& [month, ratings] : months) figures.ratings.push_back(std::move(ratings));
    figures.topics = most_frequent(topics);
    for (auto& phrase : similarity::recurring_phrases(titles, most_told)) {
        figures.words.push_back({std::move(phrase.text), phrase.texts});
    }
    return figures;
}

}  // namespace hotline::ticketing
