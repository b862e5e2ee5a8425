#include "server/api/figures/figures.hpp"
#include "sla/date_text.hpp"

#include <algorithm>

namespace hotline::api {
namespace {

using sla::Metric;
using ticketing::JsonObject;

constexpr std::size_t most_topics = 200;

struct Topic {
    std::string name;
    std::int64_t now = 0;
    std::int64_t before = 0;
};

Result<void> add_counts(
    mysql::Connection& db,
    const FigureQuestion& question,
    std::int64_t Topic::* which,
    std::map<std::string, Topic>& topics
) {
    const auto sums = sums_of(db, question, {Metric::received}, sla::Dimension::topic);
    if (!sums) return std::unexpected(sums.error());
    for (const auto& [topic, counts] : *sums) {
        const std::int64_t count = counts.of(Metric::received);
        if (count != 0) topics[topic].*which = count;
    }
    return {};
}

std::string topic_json(const Topic& topic, std::int64_t total, bool english) {
    auto out = share_json(topic.now, total);
    out.text("topic", topic.name);
    out.text("name", !topic.name.empty() ? topic.name : english ? "Not known yet" : "尚不明确");
    out.number("before", topic.before).number("change", topic.now - topic.before);
    // S28: what was rare before grows by nothing or by hundreds of percent.
    if (topic.before >= sla::smallest_ranked_denominator) {
        const auto change = topic.now - topic.before;
        const auto share = sla::rate_of(change < 0 ? -change : change, topic.before);
        out.raw("change_percent", (change < 0 ? "-" : "") + text(*share));
    }
    return out.str();
}

}  // namespace

Result<std::string> topics_figure(mysql::Connection& db, const FigureQuestion& question) {
    std::map<std::string, Topic> topics;
    FigureQuestion before = question;
    const auto [from, to] = sla::period_before(question.filter.from, question.filter.to);
    before.filter.from = from;
    before.filter.to = to;
    if (auto read = add_counts(db, question, &Topic::now, topics); !read) {
        return std::unexpected(read.error());
    }
    if (auto read = add_counts(db, before, &Topic::before, topics); !read) {
        return std::unexpected(read.error());
    }
    const auto left_out = left_out_json(db, question);
    if (!left_out) return std::unexpected(left_out.error());
    std::int64_t total = 0;
    std::int64_t total_before = 0;
    std::vector<Topic> list;
    for (auto& [name, topic] : topics) {
        topic.name = name;
        total += topic.now;
        total_before += topic.before;
        list.push_back(std::move(topic));
    }
    std::ranges::stable_sort(list, std::greater{}, &Topic::now);
    const std::size_t all = list.size();
    list.resize(std::min(all, most_topics));
    auto out = figure_head(sla::FigureCode::topics, question);
    out.text("before_from", sla::date_text(from)).text("before_to", sla::date_text(to));
    out.number("total", total).number("total_before", total_before);
    out.number("left_off", static_cast<std::int64_t>(all - list.size()));
    out.raw("excluded", *left_out);
    out.raw("topics", ticketing::json_array(list, [&](const Topic& topic) {
                return topic_json(topic, total, question.english);
            }));
    return out.str();
}

}  // namespace hotline::api
