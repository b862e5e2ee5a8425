#include "server/api/exports/tables.hpp"

#include "server/api/exports/figure_tables.hpp"
#include "server/api/exports/layout.hpp"

namespace hotline::api {
namespace {

namespace json = boost::json;
using workbook::Sheet;

constexpr Column rate_columns[] = {
    {"code", {"代码", "Code"}},
    {"name", {"指标", "Rate"}},
    {"percent", {"比率（%）", "Percent"}},
    {"numerator", {"分子", "Numerator"}},
    {"denominator", {"分母", "Denominator"}},
    {"target", {"目标（%）", "Target (%)"}},
    {"basis", {"归期", "Placed by"}, Kind::word},
    {"definition", {"口径", "Definition"}},
    {"definition_version", {"口径版本", "Version of the definition"}},
};

Sheet rates_sheet(const json::object& kpi, bool english) {
    const json::array& rates = list_in(kpi, "rates");
    Sheet sheet = laid_out(rates, rate_columns, english);
    sheet.headings.push_back(english ? "Left out" : "未计入");
    for (std::size_t i = 0; i < rates.size(); ++i) {
        std::string left;
        for (const json::value& reason : list_in(rates[i].as_object(), "excluded")) {
            const json::object& one = reason.as_object();
            left += (left.empty() ? "" : "；") + told(one, "name") + " " + told(one, "count");
        }
        sheet.rows[i].emplace_back(std::move(left));
    }
    return sheet;
}

// A line for each group; of every rate the percentage with its two counts.
Sheet groups_sheet(const json::object& kpi, bool english) {
    constexpr Column counts[] = {
        {"key", {"代码", "Code"}},
        {"name", {"名称", "Name"}, Kind::word},
        {"accepted", {"受理", "Accepted"}},
        {"open", {"在办", "Open"}},
        {"overdue", {"超期", "Overdue"}},
    };
    const json::array& groups = list_in(kpi, "groups");
    Sheet sheet = laid_out(groups, counts, english);
    for (const json::value& value : list_in(kpi, "rates")) {
        const std::string name = told(value.as_object(), "name");
        sheet.headings.push_back(name + (english ? " (%)" : "（%）"));
        sheet.headings.push_back(name + (english ? ", numerator" : "分子"));
        sheet.headings.push_back(name + (english ? ", denominator" : "分母"));
    }
    for (std::size_t i = 0; i < groups.size(); ++i) {
        for (const json::value& value : list_in(groups[i].as_object(), "rates")) {
            for (const auto* key : {"percent", "numerator", "denominator"}) {
                sheet.rows[i].push_back(cell_in(value.as_object(), key));
            }
        }
    }
    return sheet;
}

void add_line_headings(Sheet& sheet, const json::array& lines, bool english) {
    for (const json::value& line : lines) {
        const std::string name = told(line.as_object(), "name");
        for (const Words& what :
             {Words{"得分", ", score"},
              Words{"（%）", " (%)"},
              Words{"分子", ", numerator"},
              Words{"分母", ", denominator"},
              Words{"推算", ", derivation"}}) {
            sheet.headings.push_back(name + what.in(english));
        }
    }
}

Sheet scorecard_sheet(const json::object& scores, bool english) {
    constexpr Column columns[] = {
        {"rank", {"名次", "Rank"}},
        {"name", {"单位", "Unit"}},
        {"list", {"榜", "List"}, Kind::word},
        {"total", {"总分", "Total"}},
    };
    const json::array& units = list_in(scores, "units");
    Sheet sheet = laid_out(units, columns, english);
    add_line_headings(sheet, list_in(scores, "lines"), english);
    for (std::size_t i = 0; i < units.size(); ++i) {
        for (const json::value& line : list_in(units[i].as_object(), "lines")) {
            for (const auto* key : {"score", "percent", "numerator", "denominator", "derivation"}) {
                sheet.rows[i].push_back(cell_in(line.as_object(), key));
            }
        }
    }
    return sheet;
}

std::string party_of(const json::object& line, bool english) {
    const std::string_view party = text_in(line, "party");
    if (party == "centre") return english ? "Hotline centre" : "热线中心";
    if (party == "appellant") return english ? "Waiting for the appellant" : "等待诉求人";
    if (party == "suspended") return english ? "Parked" : "挂账";
    if (party == "closed") return english ? "Outside office hours" : "非工作时间";
    return told(line, "name");
}

Sheet minutes_sheet(const json::object& minutes, bool english) {
    Sheet sheet;
    sheet.headings = english ? std::vector<std::string>{"Whose time", "Minutes"}
                             : std::vector<std::string>{"谁的时间", "分钟"};
    for (const json::value& value : list_in(minutes, "lines")) {
        const json::object& line = value.as_object();
        sheet.rows.push_back({party_of(line, english), cell_in(line, "minutes")});
    }
    return sheet;
}

constexpr Column case_columns[] = {
    {"ticket_no", {"工单编号", "Ticket"}},
    {"times", {"计入次数", "Times"}},
    {"days", {"计入日期", "Counted on"}, Kind::list},
    {"units", {"计入单位", "Counted for"}, Kind::list},
    {"state", {"状态（已转出的不显示）", "State (not of those gone elsewhere)"}, Kind::word},
};

constexpr Column ticket_columns[] = {
    {"ticket_no", {"工单编号", "Ticket"}},
    {"handle_due_at", {"办理期限", "Limit"}, Kind::moment},
    {"state", {"状态", "State"}, Kind::word},
    {"urgency", {"紧急程度", "Urgency"}, Kind::word},
    {"title", {"标题", "Title"}},
    {"type", {"类型", "Type"}, Kind::word},
    {"topic", {"事项", "Topic"}},
    {"enterprise_name", {"企业", "Enterprise"}},
    {"division_name", {"区县", "District"}},
    {"unit_name", {"承办单位", "Unit"}},
    {"official_name", {"帮扶干部", "Official"}},
    {"accepted_at", {"受理时间", "Accepted"}, Kind::moment},
};

constexpr Column topic_columns[] = {
    {"title", {"热点", "Hot topic"}},
    {"topic", {"事项", "Topic"}},
    {"enterprises", {"企业数", "Enterprises"}},
    {"appeals", {"诉求数", "Appeals"}},
    {"phrases", {"共同提到", "In common"}, Kind::list},
};

struct Known {
    std::string_view key;
    Words what;
};

// What stands beside the lines of an answer.
void add_sums(About& about, const json::object& answer, bool english) {
    constexpr Known known[] = {
        {"scope", {"范围", "Scope"}},
        {"accepted", {"受理", "Accepted"}},
        {"open", {"在办（此刻）", "Open (now)"}},
        {"overdue", {"超期（此刻）", "Overdue (now)"}},
        {"tickets", {"办结工单", "Tickets closed"}},
        {"total", {"合计", "Total"}},
        {"version", {"记分规则版本", "Version of the scorecard"}},
        {"smallest", {"参加排名的最少件数", "Fewest cases to be ranked"}},
        {"definition_version", {"口径版本", "Version of the definition"}},
        {"definition", {"口径", "Definition"}},
        {"numerator_text", {"分子", "Numerator"}},
        {"denominator_text", {"分母", "Denominator"}},
        {"untold", {"不包括", "Not told"}},
        {"left_off", {"未列出", "Not listed"}},
    };
    for (const auto& [key, what] : known) {
        const std::string value = told(answer, key);
        if (!value.empty()) about.emplace_back(what.in(english), value);
    }
}

void add_publication(About& about, const json::object& period, bool english) {
    about.emplace_back(english ? "Published" : "发布", moment(text_in(period, "frozen_at")));
    about.emplace_back(english ? "Published by" : "发布人", told(period, "frozen_by"));
    about.emplace_back(english ? "Revision" : "修订版", told(period, "revision"));
    about.emplace_back("SM3", told(period, "sm3"));
}

constexpr Words titles[] = {
    {"全部指标", "Rates"},
    {"分组指标", "Figures by group"},
    {"记分排名", "Scores"},
    {"时间去向", "Where the time went"},
    {"指标背后的工单", "Tickets behind a rate"},
    {"已发布指标", "Published rates"},
    {"超期工单", "Overdue tickets"},
    {"热点诉求", "Hot topics"},
    {"计入的工单", "Tickets counted"},
    {"工单清单", "Tickets"},
};

std::vector<Sheet> laid_out_as(ExportTable table, const json::object& answer, bool english) {
    const json::array& items = list_in(answer, "items");
    switch (table) {
        case ExportTable::rates:
        case ExportTable::frozen:
            return {rates_sheet(answer, english)};
        case ExportTable::groups:
            return {
                groups_sheet(answer, english),
                named(rates_sheet(answer, english), {"口径与合计", "Definitions and sums"}, english)
            };
        case ExportTable::scorecard:
            return {scorecard_sheet(answer, english)};
        case ExportTable::minutes:
            return {minutes_sheet(answer, english)};
        case ExportTable::tickets:
        case ExportTable::counted:
            return {laid_out(items, case_columns, english)};
        case ExportTable::overdue:
        case ExportTable::listed:
            return {laid_out(items, ticket_columns, english)};
        case ExportTable::hot_topics:
            return {laid_out(items, topic_columns, english)};
        default:
            return figure_sheets(table, answer, english);
    }
}

}  // namespace

std::optional<sla::FigureCode> figure_code(ExportTable table) {
    return sla::value_of<sla::FigureCode>(ticketing::name(table));
}

std::string title_of(ExportTable table, bool english) {
    if (const auto figure = figure_code(table)) {
        return std::string(sla::definition(*figure).called.in(english));
    }
    return titles[static_cast<std::size_t>(table)].in(english);
}

std::vector<Sheet> sheets_of(
    ExportTable table, const json::object& answer, About about, bool english
) {
    if (table == ExportTable::frozen) {
        add_publication(about, answer.at("period").as_object(), english);
    }
    const json::object& figures =
        table == ExportTable::frozen ? answer.at("kpi").as_object() : answer;
    add_sums(about, figures, english);
    std::vector<Sheet> sheets = laid_out_as(table, figures, english);
    sheets.front().name = title_of(table, english);
    sheets.front().about = std::move(about);
    return sheets;
}

}  // namespace hotline::api
