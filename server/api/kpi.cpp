#include "server/api/kpi.hpp"

#include "server/actions/count_tickets.hpp"
#include "server/api/dto.hpp"
#include "server/api/kpi_groups.hpp"
#include "sla/date_text.hpp"
#include "ticketing/permissions.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace hotline::api {
namespace {

namespace asio = boost::asio;
using http::Request;
using http::Response;
using mysql::KpiFilter;
using mysql::KpiGrouping;
using mysql::WorkInHand;
using Hand = std::map<mysql::DeskKey, WorkInHand>;
using Groups = mysql::KpiGroups;

// Desks are told apart by division and unit only.
bool tells_of_desks(const KpiFilter& filter) {
    return !filter.official && !filter.channel && !filter.type && !filter.topic;
}

bool in_filter(const KpiFilter& filter, const mysql::DeskKey& desk) {
    if (filter.division && *filter.division != desk.first) return false;
    return !filter.units ||
           std::ranges::find(*filter.units, ticketing::UnitId{desk.second}) != filter.units->end();
}

std::string desk_group(KpiGrouping grouping, const mysql::DeskKey& desk) {
    if (grouping == KpiGrouping::division) return desk.first;
    if (grouping == KpiGrouping::unit) return std::to_string(desk.second);
    return {};
}

void add_work(sla::PeriodSums& sums, const WorkInHand& work) {
    sums.open_now += work.open;
    sums.overdue_now += work.overdue;
    sums.suspended_now += work.suspended;
}

// One day after the other, also those on which nothing happened.
void fill_days(Groups& groups, const KpiFilter& filter, sla::LocalDay today) {
    const auto last = std::min(filter.to, today);
    for (auto day = filter.from; day <= last; day += std::chrono::days{1}) {
        groups.try_emplace(sla::date_text(day));
    }
}

KpiAnswer answer_of(
    const KpiQuestion& question,
    Groups groups,
    const Hand& hand,
    const ticketing::Directory& directory,
    bool english
) {
    KpiAnswer answer{.from = question.filter.from, .to = question.filter.to};
    Figures& total = answer.total;
    total.with_accepted = !question.filter.units && !question.filter.official;
    total.with_snapshot = tells_of_desks(question.filter);
    for (const auto& [key, sums] : groups) {
        for (const auto& [metric, amount] : sums.counts) total.sums.counts[metric] += amount;
    }
    const KpiGrouping grouping = question.grouping;
    for (const auto& [desk, work] : hand) {
        if (!total.with_snapshot || !in_filter(question.filter, desk)) continue;
        add_work(total.sums, work);
        if (grouped_by_desk(grouping)) add_work(groups[desk_group(grouping, desk)], work);
    }
    if (grouping == KpiGrouping::none) return answer;
    answer.group_rates = question.group_rates;
    answer.groups = lines_of(std::move(groups), grouping, directory, english);
    for (Figures& line : *answer.groups) {
        line.with_accepted = line.with_accepted && total.with_accepted;
        line.with_snapshot = line.with_snapshot && total.with_snapshot;
    }
    return answer;
}

std::string key_of(const KpiQuestion& question, bool english) {
    const KpiFilter& filter = question.filter;
    std::string key = fmt::format(
        "{} {} {} {} {}",
        sla::date_text(filter.from),
        sla::date_text(filter.to),
        static_cast<int>(question.grouping),
        english,
        filter.division.value_or("*")
    );
    key += fmt::format(" {}", filter.official.value);
    key += fmt::format(" {} {}", filter.channel.value_or(0), filter.type.value_or(0));
    for (const auto rate : question.group_rates) key += fmt::format(" r{}", static_cast<int>(rate));
    if (filter.topic) key += " t" + std::to_string(filter.topic->size()) + *filter.topic;
    if (!filter.units) return key + " *";
    for (const auto unit : *filter.units) key += fmt::format(" {}", unit.value);
    return key;
}

Response shared(std::shared_ptr<const std::string> body) {
    Response response = http::json({});
    response.shared_body = std::move(body);
    return response;
}

}  // namespace

KpiApi::KpiApi(auth::Guard& guard, mysql::Pool& pool, const CitySource& city, auth::Clock clock)
    : guard_(guard), pool_(pool), city_(city), clock_(std::move(clock)) {}

asio::awaitable<Response> KpiApi::rates(Request request) {
    const auto actor = co_await guard_.who_may(request, ticketing::Verb::kpi_read);
    if (!actor) co_return http::problem(request, actor.error());
    const CityPtr city = city_.current();
    auto question = kpi_question(request, *actor, city->directory, clock_());
    if (!question) co_return http::problem(request, question.error());
    auto made = co_await body(std::move(*question), request.wants_english(), answers_);
    if (!made) co_return http::problem(request, made.error());
    co_return shared(std::move(*made));
}

asio::awaitable<Response> KpiApi::figures(Request request) {
    const CityPtr city = city_.current();
    ticketing::Actor anybody;
    request.query.clear();  // the whole city, this month, whatever is asked
    auto question = kpi_question(request, anybody, city->directory, clock_());
    if (!question) co_return http::problem(request, question.error());
    auto made = co_await body(std::move(*question), request.wants_english(), public_answers_);
    if (!made) co_return http::problem(request, made.error());
    co_return std::move(shared(std::move(*made)).set("cache-control", "public, max-age=10"));
}

asio::awaitable<Result<KpiApi::Body>> KpiApi::body(
    KpiQuestion question, bool english, AskedOnce<Body>& asked
) {
    const ticketing::Instant now = clock_();
    std::string key = key_of(question, english);
    auto counting = [this, &question, english, now] { return count(question, english, now); };
    co_return co_await asked.answer(std::move(key), now, std::move(counting));
}

asio::awaitable<Result<KpiApi::Body>> KpiApi::count(
    KpiQuestion question, bool english, ticketing::Instant now
) {
    auto job = [&question](mysql::Connection& db) {
        return actions::count_groups(db, question.filter, question.grouping);
    };
    auto groups = co_await pool_.read(std::move(job));
    if (!groups) co_return std::unexpected(groups.error());
    const auto hand = co_await work_in_hand(now);
    if (!hand) co_return std::unexpected(hand.error());
    if (question.grouping == KpiGrouping::day) {
        fill_days(*groups, question.filter, sla::local_day(now));
    }
    const CityPtr city = city_.current();
    const auto answer = answer_of(question, std::move(*groups), **hand, city->directory, english);
    co_return std::make_shared<const std::string>(kpi_json(answer, english));
}

// One picture of the whole city serves every question of the next seconds.
asio::awaitable<Result<KpiApi::Hand>> KpiApi::work_in_hand(ticketing::Instant now) {
    auto reading = [this, now]() -> asio::awaitable<Result<Hand>> {
        auto job = [now](mysql::Connection& db) { return mysql::read_work_in_hand(db, now); };
        auto read = co_await pool_.read(std::move(job));
        if (!read) co_return std::unexpected(read.error());
        co_return std::make_shared<const Hand::element_type>(std::move(*read));
    };
    std::string all;
    co_return co_await hand_.answer(std::move(all), now, std::move(reading));
}

void KpiApi::figures_moved() {
    answers_.forget(clock_());
    hand_.forget(clock_());
}

void KpiApi::add_routes(std::vector<http::Route>& routes) {
    const auto get = http::Method::get;
    routes.push_back({get, "/api/v1/kpi", [this](Request r) { return rates(std::move(r)); }});
    routes.push_back({get, "/api/v1/public/figures", [this](Request r) {
                          return figures(std::move(r));
                      }});
}

}  // namespace hotline::api
