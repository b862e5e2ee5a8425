#include "server/api/exports/about.hpp"

#include "server/api/exports/words.hpp"
#include "server/api/kpi.hpp"
#include "server/api/kpi_groups.hpp"
#include "server/calendar/local_text.hpp"
#include "sla/date_text.hpp"
#include "sla/figure.hpp"

#include <charconv>

namespace hotline::api {
namespace {

using http::Request;
using sla::Dimension;
using ticketing::Directory;

// Whose figures: what was asked for within what the asker may see.
std::string scope_text(
    const mysql::KpiFilter& filter, const ticketing::Directory& directory, bool english
) {
    std::string out;
    const auto add = [&out](const std::string& part) { out += (out.empty() ? "" : " · ") + part; };
    if (filter.division) {
        const auto* division = directory.division(*filter.division);
        add(division != nullptr ? division->name : *filter.division);
    }
    if (filter.units) {
        const auto* unit = filter.units->empty() ? nullptr : directory.unit(filter.units->front());
        if (unit != nullptr) add(unit->name + (english ? " and below" : "及下属单位"));
        if (unit == nullptr) add(english ? "no unit" : "无单位");
    }
    if (const auto* official = directory.official(filter.official)) add(official->name);
    if (filter.channel) {
        add(for_people(ticketing::name(static_cast<ticketing::Channel>(*filter.channel)), english));
    }
    if (filter.type) {
        add(for_people(ticketing::name(static_cast<ticketing::AppealType>(*filter.type)), english));
    }
    if (filter.topic) add(*filter.topic);
    return out.empty() ? (english ? "The whole city" : "全市") : out;
}

// Said beside the table, in the order it is read.
class Lines {
public:
    Lines(const Request& question, const Directory& directory, bool english)
        : question_(question), directory_(directory), english_(english) {}

    void add(const Words& what, std::string told) {
        lines_.emplace_back(what.in(english_), std::move(told));
    }
    // Of a parameter that was given.
    template <class Say>
    void narrowed(const char* parameter, const Words& what, Say say) {
        const auto given = question_.query.find(parameter);
        if (given != question_.query.end() && !given->second.empty()) {
            add(what, say(given->second));
        }
    }
    void narrowed_to_group(const char* parameter, const Words& what, Dimension group) {
        narrowed(parameter, what, [&](const std::string& key) {
            return group_name(group, key, directory_, english_);
        });
    }
    void narrowed_to_words(const char* parameter, const Words& what) {
        narrowed(parameter, what, [&](const std::string& list) { return words(list); });
    }
    void narrowed_if(const char* parameter, const Words& what) {
        const auto given = question_.query.find(parameter);
        if (given != question_.query.end() && given->second == "true") add({"筛选", "Only"}, what);
    }
    void add(const Words& what, const Words& told) { add(what, told.in(english_)); }

    const Request& question() const { return question_; }
    const Directory& directory() const { return directory_; }
    bool english() const { return english_; }
    About take() { return std::move(lines_); }

private:
    // Words of the interface, separated by commas.
    std::string words(std::string_view list) const {
        std::string out;
        while (!list.empty()) {
            const auto comma = std::min(list.find(','), list.size());
            out += (out.empty() ? "" : "、") + for_people(list.substr(0, comma), english_);
            list.remove_prefix(std::min(comma + 1, list.size()));
        }
        return out;
    }

    const Request& question_;
    const Directory& directory_;
    bool english_;
    About lines_;
};

void add_period(Lines& lines, std::string_view from, std::string_view to) {
    const std::string_view until = lines.english() ? " to " : " 至 ";
    lines.add({"统计期", "Period"}, std::string(from) + std::string(until) + std::string(to));
}

// Of tickets behind a rate: of which one, and which side.
void add_rate(Lines& lines) {
    const auto code = sla::value_of<sla::RateCode>(lines.question().query.at("rate"));
    if (!code) return;
    const auto& rate = sla::definition(*code);
    lines.add({"指标", "Rate"}, Words{rate.zh_name, rate.en_name});
    lines.add({"口径", "Definition"}, Words{rate.zh, rate.en});
    const auto side = lines.question().query.find("side");
    const bool given = side != lines.question().query.end() && !side->second.empty();
    lines.add({"所列", "Side"}, for_people(given ? side->second : "denominator", lines.english()));
}

const sla::CountDefinition* count_of(std::string_view word) {
    const auto metric = sla::value_of<sla::Metric>(word);
    if (!metric) return nullptr;
    for (const auto counts : {sla::funnel_steps(), sla::dissatisfaction_reasons()}) {
        for (const sla::CountDefinition& count : counts) {
            if (count.metric == *metric) return &count;
        }
    }
    return nullptr;
}

// Of tickets behind a count: of which one, and of which part of it.
void add_count(Lines& lines) {
    if (const auto* count = count_of(lines.question().query.at("metric"))) {
        lines.add({"计数", "Count"}, Words{count->called.zh, count->called.en});
        lines.add({"口径", "Definition"}, Words{count->definition.zh, count->definition.en});
    }
    lines.narrowed("without", {"其中未计入", "Without"}, [&](const std::string& word) {
        const auto* count = count_of(word);
        return count != nullptr ? std::string(count->called.in(lines.english())) : word;
    });
    lines.narrowed("weekday", {"星期", "Weekday"}, [&](const std::string& day) {
        return weekday_name(static_cast<std::size_t>(day.front() - '0')).in(lines.english());
    });
    lines.narrowed("hour", {"时段", "Hour"}, [](const std::string& hour) { return hour + ":00"; });
    lines.narrowed_to_group("desk", {"经办", "Desk"}, Dimension::unit);
}

// Of a list of tickets: what it was narrowed to.
void add_filters(Lines& lines) {
    lines.narrowed_to_group("division", {"区县", "District"}, Dimension::division);
    lines.narrowed("unit_id", {"单位", "Unit"}, [&](const std::string& id) {
        return group_name(Dimension::unit, id, lines.directory(), lines.english()) +
               (lines.english() ? " and below" : "及下属单位");
    });
    lines.narrowed_to_group("desk", {"经办", "Desk"}, Dimension::unit);
    lines.narrowed_to_group("handler_id", {"帮扶干部", "Official"}, Dimension::official);
    lines.narrowed_to_words("state", {"状态", "State"});
    lines.narrowed_to_words("type", {"类型", "Type"});
    lines.narrowed_to_words("channel", {"渠道", "Channel"});
    lines.narrowed("topic", {"事项", "Topic"}, [](const std::string& topic) { return topic; });
    lines.narrowed("counting", {"期限计法", "Limits in"}, [&](const std::string& counting) {
        const bool natural = counting == "natural";
        return natural ? Words{"自然日", "calendar days"}.in(lines.english())
                       : Words{"工作日", "working days"}.in(lines.english());
    });
    const auto day = [](const std::string& text) { return text; };
    lines.narrowed("from", {"受理日期自", "Accepted from"}, day);
    lines.narrowed("to", {"受理日期至", "Accepted until"}, day);
    lines.narrowed_if("in_hand", {"在办", "in hand"});
    lines.narrowed_if("due_today", {"今日到期", "due today"});
    lines.narrowed_if("overdue", {"超期", "overdue"});
}

// Figures say their own scope, as their routes reckon it.
Result<void> add_scope(
    Lines& lines, ExportTable table, const ticketing::Actor& actor, ticketing::Instant now
) {
    const bool figure = figure_code(table).has_value();
    if (table == ExportTable::frozen || table == ExportTable::ageing) return {};
    if (table == ExportTable::overdue || table == ExportTable::listed ||
        table == ExportTable::hot_topics) {
        lines.add({"范围", "Scope"}, Words{"本账号可见范围", "What this account may see"});
        return {};
    }
    const auto question = kpi_question(lines.question(), actor, lines.directory(), now);
    if (!question) return std::unexpected(question.error());
    const mysql::KpiFilter& filter = question->filter;
    add_period(lines, sla::date_text(filter.from), sla::date_text(filter.to));
    if (!figure) {
        lines.add({"范围", "Scope"}, scope_text(filter, lines.directory(), lines.english()));
    }
    if (table == ExportTable::groups) {
        const auto by = ticketing::name(question->grouping);
        lines.add({"分组", "Grouped"}, for_people(by, lines.english()));
    }
    return {};
}

}  // namespace

Result<About> about(
    const Request& question,
    ExportTable table,
    const ticketing::Actor& actor,
    const Directory& directory,
    ticketing::Instant now
) {
    Lines lines(question, directory, question.wants_english());
    lines.add({"表名", "Table"}, title_of(table, lines.english()));
    if (const auto told = add_scope(lines, table, actor, now); !told) {
        return std::unexpected(told.error());
    }
    if (table == ExportTable::listed) add_filters(lines);
    lines.add({"导出人", "Exported by"}, actor.name);
    lines.add({"导出时间", "Exported at"}, calendar::moment_text(now));
    if (table == ExportTable::tickets) add_rate(lines);
    if (table == ExportTable::counted) add_count(lines);
    return lines.take();
}

}  // namespace hotline::api
