#pragma once

#include "integrations/workbook/sheet.hpp"
#include "sla/figure.hpp"
#include "ticketing/types/named_enum.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace hotline::api {

// What can be taken away.
enum class ExportTable {
    rates,
    groups,
    scorecard,
    minutes,
    tickets,     // behind a rate
    frozen,      // the rates of a published period
    overdue,     // tickets past their limit
    hot_topics,  // what many enterprises tell at once
    counted,     // tickets behind a count
    listed,      // tickets as the list has them
    // What the board shows besides the rates; the names are sla::FigureCode's.
    hours,
    funnel,
    ageing,
    load,
    topics,
    calls,
    dissatisfaction,
};

constexpr auto names_of(ExportTable) {
    return ticketing::NameTable<ExportTable, 17>{{
        {ExportTable::rates, "rates"},
        {ExportTable::groups, "groups"},
        {ExportTable::scorecard, "scorecard"},
        {ExportTable::minutes, "minutes"},
        {ExportTable::tickets, "tickets"},
        {ExportTable::frozen, "frozen"},
        {ExportTable::overdue, "overdue"},
        {ExportTable::hot_topics, "hot_topics"},
        {ExportTable::counted, "counted"},
        {ExportTable::listed, "listed"},
        {ExportTable::hours, "hours"},
        {ExportTable::funnel, "funnel"},
        {ExportTable::ageing, "ageing"},
        {ExportTable::load, "load"},
        {ExportTable::topics, "topics"},
        {ExportTable::calls, "calls"},
        {ExportTable::dissatisfaction, "dissatisfaction"},
    }};
}

// Which figure of the board a table is; none for the others.
std::optional<sla::FigureCode> figure_code(ExportTable table);

// The table's name for people: "主要指标".
std::string title_of(ExportTable table, bool english);

// What an answer of the interface says of itself, besides its lines: period, sums, versions.
using About = std::vector<std::pair<std::string, std::string>>;

// The answer laid out, `about` above its first table. Of an answer in pages `answer` is the first
// one with the items of all. Percentages and counts stand as they came.
std::vector<workbook::Sheet> sheets_of(
    ExportTable table, const boost::json::object& answer, About about, bool english
);

}  // namespace hotline::api
