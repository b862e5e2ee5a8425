#include "integrations/mysql/figure_store.hpp"
#include "server/api/dto.hpp"
#include "server/api/figures/figures.hpp"
#include "server/api/kpi_groups.hpp"
#include "sla/date_text.hpp"

#include <algorithm>
#include <array>

namespace hotline::api {
namespace {

using mysql::OpenAge;
using ticketing::JsonObject;

struct Heap {
    std::int64_t open = 0;
    std::int64_t overdue = 0;

    void add(const OpenAge& age) {
        open += age.open;
        overdue += age.overdue;
    }
};

struct Desk {
    std::uint64_t unit = 0;
    Heap all;
    std::array<std::int64_t, sla::age_bands> bands{};
};

std::string heap_json(
    const Heap& heap, std::size_t band, bool natural, const FigureQuestion& question
) {
    const auto days =
        sla::days_of_band(band, natural, sla::local_day(question.now), question.city->calendar);
    JsonObject out;
    out.number("open", heap.open).number("overdue", heap.overdue);
    if (days.from) out.text("from", sla::date_text(*days.from));
    return out.text("to", sla::date_text(days.to)).str();
}

std::string bands_json(const std::vector<OpenAge>& ages, const FigureQuestion& question) {
    std::array<std::array<Heap, 2>, sla::age_bands> heaps{};
    for (const OpenAge& age : ages) heaps[age.band][age.natural ? 1 : 0].add(age);
    std::string out = "[";
    for (std::size_t band = 0; band < heaps.size(); ++band) {
        JsonObject one;
        one.number("least", band == 0 ? 0 : sla::last_day_of_band[band - 1] + 1);
        if (band < sla::last_day_of_band.size()) one.number("most", sla::last_day_of_band[band]);
        one.raw("working", heap_json(heaps[band][0], band, false, question));
        one.raw("natural", heap_json(heaps[band][1], band, true, question));
        if (band > 0) out += ',';
        out += one.str();
    }
    return out + "]";
}

std::vector<Desk> desks_of(const std::vector<OpenAge>& ages) {
    std::map<std::uint64_t, Desk> desks;
    for (const OpenAge& age : ages) {
        Desk& desk = desks[age.unit];
        desk.unit = age.unit;
        desk.all.add(age);
        desk.bands[age.band] += age.open;
    }
    std::vector<Desk> list;
    for (const auto& [unit, desk] : desks) list.push_back(desk);
    std::ranges::stable_sort(list, std::greater{}, [](const Desk& desk) { return desk.all.open; });
    return list;
}

}  // namespace

Result<std::string> ageing_figure(mysql::Connection& db, const FigureQuestion& question) {
    const auto bounds = sla::age_bounds(sla::local_day(question.now), question.city->calendar);
    const auto ages = mysql::read_ages(db, question.filter, bounds, question.now);
    if (!ages) return std::unexpected(ages.error());
    Heap total;
    for (const OpenAge& age : *ages) total.add(age);
    auto out = figure_head(sla::FigureCode::ageing, question);
    out.text("at", to_text(question.now));
    out.number("open", total.open).number("overdue", total.overdue);
    out.raw("bands", bands_json(*ages, question));
    out.raw("units", ticketing::json_array(desks_of(*ages), [&](const Desk& desk) {
                JsonObject line;
                const std::string key = std::to_string(desk.unit);
                line.number("unit_id", static_cast<std::int64_t>(desk.unit));
                line.text(
                    "name",
                    group_name(
                        sla::Dimension::unit, key, question.city->directory, question.english
                    )
                );
                line.number("open", desk.all.open).number("overdue", desk.all.overdue);
                const auto count = [](std::int64_t tickets) { return std::to_string(tickets); };
                return line.raw("bands", ticketing::json_array(desk.bands, count)).str();
            }));
    return out.str();
}

}  // namespace hotline::api
