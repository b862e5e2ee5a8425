#include "server/api/hot_topics.hpp"

#include "integrations/mysql/appeal_texts.hpp"
#include "integrations/mysql/ticket_query.hpp"
#include "server/api/dto.hpp"
#include "server/api/ticket_json.hpp"
#include "sla/date_text.hpp"
#include "ticketing/json_text.hpp"
#include "ticketing/masking.hpp"

#include <algorithm>
#include <map>

namespace hotline::api {

namespace asio = boost::asio;
using http::Request;
using http::Response;
using mysql::TicketLine;
using ticketing::JsonObject;
using ticketing::Verb;
using ticketing::similarity::HotAppeal;
using ticketing::similarity::HotTopic;

namespace {

constexpr std::size_t most_topics = 20;
constexpr std::size_t most_tickets = 20;  // shown of one topic: the newest, and the head

// A topic as far as the asker may know of it.
struct SeenTopic {
    HotTopic topic;
    std::vector<TicketLine> tickets;  // the newest first; the last is the head
};

using Ids = std::vector<std::uint64_t>;

bool has(const Ids& visible, ticketing::TicketId ticket) {
    return std::ranges::binary_search(visible, ticket.value);
}

// What is left of a topic, and what still tells it: a phrase that only tickets of others have would
// tell what they say.
HotTopic seen(const HotTopic& whole, const Ids& visible) {
    HotTopic topic;
    for (const HotAppeal& appeal : whole.appeals) {
        if (has(visible, appeal.ticket)) topic.appeals.push_back(appeal);
    }
    for (const auto& phrase : whole.phrases) {
        auto left = phrase;
        std::erase_if(left.in, [&](ticketing::TicketId ticket) { return !has(visible, ticket); });
        if (left.in.size() * 2 >= topic.appeals.size()) topic.phrases.push_back(std::move(left));
    }
    return topic;
}

Ids ids_of(const HotTopic& topic) {
    Ids ids;
    for (const HotAppeal& appeal : topic.appeals) ids.push_back(appeal.ticket.value);
    return ids;
}

Result<std::vector<TicketLine>> tickets_of(
    mysql::Connection& db, const HotTopic& topic, const Viewer& viewer
) {
    Ids ids = ids_of(topic);
    if (ids.size() > most_tickets) ids.erase(ids.begin() + 1, ids.end() - most_tickets + 1);
    const mysql::TicketFilter filter;
    const mysql::TicketListing listing{
        .scope = viewer.scope,
        .filter = filter,
        .after = {},
        .limit = most_tickets,
        .now = viewer.now,
        .among = std::move(ids)
    };
    return mysql::list_tickets(db, listing);
}

Result<std::vector<SeenTopic>> look(
    mysql::Connection& db,
    const HotTopics& hot,
    const ticketing::similarity::HotRules& rules,
    const Viewer& viewer
) {
    Ids all;
    for (const HotTopic& topic : hot.topics) {
        const Ids ids = ids_of(topic);
        all.insert(all.end(), ids.begin(), ids.end());
    }
    const auto visible = mysql::ids_in_scope(db, viewer.scope, all);
    if (!visible) return std::unexpected(visible.error());
    std::vector<SeenTopic> found;
    for (const HotTopic& whole : hot.topics) {
        HotTopic topic = seen(whole, *visible);
        const auto enterprises = enterprises_among(topic.appeals);
        if (enterprises < static_cast<std::size_t>(rules.enterprises)) continue;
        auto tickets = tickets_of(db, topic, viewer);
        if (!tickets) return std::unexpected(tickets.error());
        if (!tickets->empty()) found.push_back({std::move(topic), std::move(*tickets)});
        if (found.size() == most_topics) break;
    }
    return found;
}

// How many appeals have each value, the most frequent first.
std::vector<std::pair<std::string, std::int64_t>> counted(
    const HotTopic& topic, std::string HotAppeal::* field
) {
    std::map<std::string, std::int64_t> counts;
    for (const HotAppeal& appeal : topic.appeals) ++counts[appeal.*field];
    std::vector<std::pair<std::string, std::int64_t>> list(counts.begin(), counts.end());
    std::ranges::stable_sort(list, std::greater{}, [](const auto& entry) { return entry.second; });
    return list;
}

std::string divisions_json(const HotTopic& topic, const Viewer& viewer) {
    return ticketing::json_array(counted(topic, &HotAppeal::division), [&](const auto& entry) {
        JsonObject out;
        out.text("division", entry.first);
        if (const auto* division = viewer.city.directory.division(entry.first)) {
            out.text("division_name", division->name);
        }
        return out.number("appeals", entry.second).str();
    });
}

// Every day of the window, also those on which nobody called.
std::string days_json(const HotTopic& topic, int days, ticketing::Instant now) {
    std::map<sla::LocalDay, std::int64_t> counts;
    const sla::LocalDay today = sla::local_day(now);
    for (int back = days - 1; back >= 0; --back) counts[today - std::chrono::days(back)] = 0;
    for (const HotAppeal& appeal : topic.appeals) ++counts[appeal.day];
    return ticketing::json_array(counts, [](const auto& entry) {
        return JsonObject()
            .text("day", sla::date_text(entry.first))
            .number("appeals", entry.second)
            .str();
    });
}

std::string topic_json(const SeenTopic& one, int days, const Viewer& viewer) {
    const HotTopic& topic = one.topic;
    const auto phrase_json = [](const auto& phrase) { return ticketing::json_string(phrase.text); };
    const auto ticket_json = [&](const TicketLine& line) { return summary_json(line, viewer); };
    const auto enterprises = enterprises_among(topic.appeals);
    JsonObject out;
    out.text("title", ticketing::masked_text(one.tickets.back().ticket.title));
    out.raw("phrases", ticketing::json_array(topic.phrases, phrase_json));
    out.number("appeals", static_cast<std::int64_t>(topic.appeals.size()));
    out.number("enterprises", static_cast<std::int64_t>(enterprises));
    out.text("topic", counted(topic, &HotAppeal::topic).front().first);
    out.raw("divisions", divisions_json(topic, viewer));
    out.raw("days", days_json(topic, days, viewer.now));
    out.raw("tickets", ticketing::json_array(one.tickets, ticket_json));
    return out.str();
}

}  // namespace

HotTopicsApi::HotTopicsApi(
    auth::Guard& guard,
    mysql::Pool& pool,
    const CitySource& city,
    const SimilarAppeals& similar,
    auth::Clock clock
)
    : guard_(guard), pool_(pool), city_(city), similar_(similar), clock_(std::move(clock)) {}

asio::awaitable<Response> HotTopicsApi::list(Request request) {
    const auto actor = co_await guard_.who_may(request, Verb::ticket_list);
    if (!actor) co_return http::problem(request, actor.error());
    const CityPtr city = city_.current();
    const auto scope = scope_of(*actor, city->directory);
    const Viewer viewer{*actor, scope, *city, clock_(), request.wants_english()};
    const auto& rules = similar_.rules().hot;
    const HotTopicsPtr hot = similar_.hot_topics();
    std::vector<SeenTopic> topics;
    if (hot && !hot->topics.empty()) {
        const auto job = [&](mysql::Connection& db) { return look(db, *hot, rules, viewer); };
        auto found = co_await pool_.read(job);
        if (!found) co_return http::problem(request, found.error());
        topics = std::move(*found);
    }
    JsonObject out;
    out.raw("items", ticketing::json_array(topics, [&](const SeenTopic& one) {
                return topic_json(one, rules.days, viewer);
            }));
    out.number("days", rules.days).number("enterprises_needed", rules.enterprises);
    if (hot) out.text("at", to_text(hot->at));
    co_return http::json(out.str());
}

void HotTopicsApi::add_routes(std::vector<http::Route>& routes) {
    routes.push_back({http::Method::get, "/api/v1/hot-topics", [this](Request r) {
                          return list(std::move(r));
                      }});
}

}  // namespace hotline::api
