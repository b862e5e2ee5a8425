#include "server/api/exports/figure_tables.hpp"

#include "server/api/exports/layout.hpp"

#include <fmt/format.h>

namespace hotline::api {
namespace {

namespace json = boost::json;
using workbook::Cell;
using workbook::Row;
using workbook::Sheet;

Sheet hours_sheet(const json::object& figure, bool english) {
    Sheet sheet;
    sheet.headings.emplace_back(english ? "Weekday" : "星期");
    for (int hour = 0; hour < 24; ++hour) sheet.headings.push_back(std::to_string(hour));
    sheet.headings.emplace_back(english ? "All" : "合计");
    const json::array& days = list_in(figure, "weekdays");
    for (std::size_t day = 0; day < days.size(); ++day) {
        Row row{weekday_name(day + 1).in(english)};
        std::int64_t all = 0;
        for (const json::value& count : days[day].as_array()) {
            all += count.as_int64();
            row.emplace_back(count.as_int64());
        }
        row.emplace_back(all);
        sheet.rows.push_back(std::move(row));
    }
    return sheet;
}

// A count with what it is a share of.
constexpr Column share_columns[] = {
    {"name", {"名称", "Name"}},
    {"numerator", {"分子", "Numerator"}},
    {"denominator", {"分母", "Denominator"}},
    {"percent", {"占比（%）", "Share (%)"}},
    {"definition", {"口径", "Definition"}},
};

constexpr Column state_columns[] = {
    {"state", {"状态", "State"}, Kind::word},
    {"count", {"工单数", "Tickets"}},
};

std::vector<Sheet> funnel_sheets(const json::object& figure, bool english) {
    return {
        laid_out(list_in(figure, "steps"), share_columns, english),
        named(
            laid_out(list_in(figure, "now"), state_columns, english),
            {"目前所在环节", "Where they are now"},
            english
        )
    };
}

std::string band_text(const json::object& band, bool english) {
    const std::string least = told(band, "least");
    const std::string most = told(band, "most");
    if (most.empty()) return english ? least + " days and more" : least + " 天以上";
    return least + "–" + most + (english ? " days" : " 天");
}

Sheet bands_sheet(const json::array& bands, bool english) {
    Sheet sheet;
    const Words headings[] = {
        {"账龄", "Age"},
        {"按工作日办理", "Counted in working days"},
        {"其中超期", "Of these overdue"},
        {"按自然日办理", "Counted in calendar days"},
        {"其中超期", "Of these overdue"},
    };
    for (const Words& heading : headings) sheet.headings.push_back(heading.in(english));
    for (const json::value& value : bands) {
        const json::object& band = value.as_object();
        Row row{band_text(band, english)};
        for (const auto* counting : {"working", "natural"}) {
            const json::object& heap = object_in(band, counting);
            row.push_back(cell_in(heap, "open"));
            row.push_back(cell_in(heap, "overdue"));
        }
        sheet.rows.push_back(std::move(row));
    }
    return sheet;
}

// After a line's own columns the counts it has in a list: by band of age, by reason.
void add_counts(Sheet& sheet, const json::array& lines, std::string_view key) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
        for (const json::value& count : list_in(lines[i].as_object(), key)) {
            sheet.rows[i].push_back(cell_from(count));
        }
    }
}

std::vector<Sheet> ageing_sheets(const json::object& figure, bool english) {
    constexpr Column columns[] = {
        {"name", {"单位", "Unit"}},
        {"open", {"在办", "Open"}},
        {"overdue", {"超期", "Overdue"}},
    };
    const json::array& bands = list_in(figure, "bands");
    const json::array& units = list_in(figure, "units");
    Sheet by_unit = laid_out(units, columns, english);
    for (const json::value& band : bands) {
        by_unit.headings.push_back(band_text(band.as_object(), english));
    }
    add_counts(by_unit, units, "bands");
    return {bands_sheet(bands, english), named(std::move(by_unit), {"按单位", "By unit"}, english)};
}

// A rate or a mean time with the cases it is of.
void add_pair(
    Sheet& sheet, const json::array& lines, std::string_view key, const Words& heading, bool english
) {
    const bool rate = key == "on_time" || key == "satisfied";
    sheet.headings.push_back(heading.in(english));
    if (rate) sheet.headings.push_back(english ? "Numerator" : "分子");
    sheet.headings.push_back(english ? "Cases" : "件数");
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const json::object& pair = object_in(lines[i].as_object(), key);
        sheet.rows[i].push_back(cell_in(pair, rate ? "percent" : "hours"));
        if (rate) sheet.rows[i].push_back(cell_in(pair, "numerator"));
        sheet.rows[i].push_back(cell_in(pair, rate ? "denominator" : "cases"));
    }
}

Sheet load_sheet(const json::object& figure, bool english) {
    constexpr Column columns[] = {
        {"name", {"名称", "Name"}},
        {"unit_name", {"单位", "Unit"}},
        {"open", {"在办", "Open"}},
        {"due_today", {"今日到期", "Due today"}},
        {"overdue", {"超期", "Overdue"}},
        {"closed", {"办结", "Closed"}},
    };
    const json::array& lines = list_in(figure, "lines");
    Sheet sheet = laid_out(lines, columns, english);
    add_pair(sheet, lines, "on_time", {"按时办结率（%）", "Closed on time (%)"}, english);
    add_pair(sheet, lines, "satisfied", {"满意率（%）", "Satisfied (%)"}, english);
    add_pair(sheet, lines, "to_sign", {"平均签收（小时）", "To sign, mean hours"}, english);
    add_pair(sheet, lines, "to_resolve", {"平均办理（小时）", "To resolve, mean hours"}, english);
    return sheet;
}

constexpr Column topic_count_columns[] = {
    {"name", {"事项", "Topic"}},
    {"numerator", {"本期", "This period"}},
    {"percent", {"占比（%）", "Share (%)"}},
    {"before", {"上期", "Period before"}},
    {"change", {"增减", "Change"}},
    {"change_percent", {"增减（%）", "Change (%)"}},
};

Sheet calls_sheet(
    const json::array& tallies, Column first, std::initializer_list<Column> more, bool english
) {
    std::vector<Column> columns{
        first,
        {"asked", {"呼入", "Offered"}},
        {"answered", {"接通", "Answered"}},
        {"abandoned", {"放弃", "Abandoned"}},
        {"flowed_out", {"改为回拨", "Asked to be called back"}},
        {"within_15", {"15 秒内接通", "Within 15 s"}},
        {"within_20", {"20 秒内接通", "Within 20 s"}},
        {"answered_percent", {"接通率（%）", "Answered (%)"}},
        {"within_15_percent", {"15 秒接通率（%）", "Within 15 s (%)"}},
        {"within_20_percent", {"20 秒接通率（%）", "Within 20 s (%)"}},
        {"mean_wait_seconds", {"平均等待（秒）", "Mean wait (s)"}},
        {"p90_wait_seconds", {"九成等待不超过（秒）", "90 % waited at most (s)"}},
        {"mean_talk_seconds", {"平均通话（秒）", "Mean talk (s)"}},
    };
    columns.insert(columns.end(), more);
    return laid_out(tallies, columns, english);
}

std::vector<Sheet> calls_sheets(const json::object& figure, bool english) {
    return {
        calls_sheet(list_in(figure, "half_hours"), {"begins", {"时段", "Half hour"}}, {}, english),
        named(
            calls_sheet(
                list_in(figure, "agents"),
                {"name", {"坐席", "Agent"}},
                {{"handling_seconds", {"平均处理（秒）", "Mean handling (s)"}},
                 {"occupancy_percent", {"利用率（%）", "Occupancy (%)"}}},
                english
            ),
            {"按坐席", "By agent"},
            english
        )
    };
}

std::vector<Sheet> dissatisfaction_sheets(const json::object& figure, bool english) {
    constexpr Column columns[] = {
        {"name", {"单位", "Unit"}},
        {"rated", {"评价", "Rated"}},
        {"dissatisfied", {"不满意", "Dissatisfied"}},
        {"percent", {"不满意率（%）", "Dissatisfied (%)"}},
    };
    const json::array& units = list_in(figure, "units");
    Sheet by_unit = laid_out(units, columns, english);
    for (const json::value& reason : list_in(figure, "reasons")) {
        by_unit.headings.push_back(told(reason.as_object(), "name"));
    }
    add_counts(by_unit, units, "counts");
    return {
        laid_out(list_in(figure, "reasons"), share_columns, english),
        named(std::move(by_unit), {"按单位", "By unit"}, english)
    };
}

}  // namespace

std::vector<Sheet> figure_sheets(ExportTable table, const json::object& figure, bool english) {
    switch (table) {
        case ExportTable::hours:
            return {hours_sheet(figure, english)};
        case ExportTable::funnel:
            return funnel_sheets(figure, english);
        case ExportTable::ageing:
            return ageing_sheets(figure, english);
        case ExportTable::load:
            return {load_sheet(figure, english)};
        case ExportTable::topics:
            return {laid_out(list_in(figure, "topics"), topic_count_columns, english)};
        case ExportTable::calls:
            return calls_sheets(figure, english);
        default:
            return dissatisfaction_sheets(figure, english);
    }
}

}  // namespace hotline::api
