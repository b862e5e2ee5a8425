#include "server/api/exports/sources.hpp"

#include "server/api/figures/kpi_figures.hpp"
#include "server/api/hot_topics.hpp"
#include "server/api/kpi.hpp"
#include "server/api/kpi_boards.hpp"
#include "server/api/kpi_cases.hpp"
#include "server/api/kpi_frozen.hpp"
#include "server/api/ticket_list.hpp"

namespace hotline::api {

ExportsApi::Sources export_sources(Answering from) {
    using enum ExportTable;
    ExportsApi::Sources sources{
        {rates, asking(from.kpi, &KpiApi::rates)},
        {groups, asking(from.kpi, &KpiApi::rates)},
        {scorecard, asking(from.boards, &KpiBoardsApi::scorecard)},
        {minutes, asking(from.boards, &KpiBoardsApi::minutes)},
        {tickets, asking(from.cases, &KpiCasesApi::list)},
        {counted, asking(from.cases, &KpiCasesApi::list_counted)},
        {frozen, asking(from.frozen, &KpiFrozenApi::show)},
        {overdue, asking(from.tickets, &TicketListApi::list)},
        {listed, asking(from.tickets, &TicketListApi::list)},
        {ExportTable::hot_topics, asking(from.hot_topics, &HotTopicsApi::list)}
    };
    for (const auto& [code, word] : names_of(sla::FigureCode{})) {
        sources[*ticketing::from_name<ExportTable>(word)] = from.figures.answering(code);
    }
    return sources;
}

}  // namespace hotline::api
