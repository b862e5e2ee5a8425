#pragma once

#include "integrations/workbook/sheet.hpp"
#include "ticketing/types/named_enum.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

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
};

constexpr auto names_of(ExportTable) {
    return ticketing::NameTable<ExportTable, 8>{{
        {ExportTable::rates, "rates"},
        {ExportTable::groups, "groups"},
        {ExportTable::scorecard, "scorecard"},
        {ExportTable::minutes, "minutes"},
        {ExportTable::tickets, "tickets"},
        {ExportTable::frozen, "frozen"},
        {ExportTable::overdue, "overdue"},
        {ExportTable::hot_topics, "hot_topics"},
    }};
}

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
