#include "server/workers/handovers.hpp"

#include "integrations/http/retry_after.hpp"
#include "server/log.hpp"
#include "server/now.hpp"

#include <algorithm>

namespace hotline::workers {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using actions::PartnerAnswer;
using actions::PartnerTask;

constexpr auto partner_pause = 5s;
// A partner that asks for more is asked all the same.
constexpr std::chrono::hours longest_asked_for{6};
// A list of a thousand requests.
constexpr std::size_t partner_answer_bytes = 2UL * 1024 * 1024;

// As long as the lane lives, however it ends.
class OneLane {
public:
    OneLane(std::set<std::uint64_t>& open, std::uint64_t partner) : open_(open), partner_(partner) {
        open_.insert(partner_);
    }
    ~OneLane() { open_.erase(partner_); }
    OneLane(const OneLane&) = delete;
    OneLane& operator=(const OneLane&) = delete;

private:
    std::set<std::uint64_t>& open_;
    std::uint64_t partner_;
};

http_client::Limits wide(http_client::Limits limits) {
    limits.answer_bytes = std::max(limits.answer_bytes, partner_answer_bytes);
    return limits;
}

// Before a connection with TLS stands nothing has been said.
bool may_arrive(http_client::Fault fault) {
    using enum http_client::Fault;
    return fault == timeout || fault == cut || fault == too_large;
}

}  // namespace

HandoverWorker::HandoverWorker(
    asio::any_io_executor executor,
    mysql::Pool& pool,
    const CitySource& city,
    HandoverSettings settings
)
    : pool_(pool),
      city_(city),
      settings_(std::move(settings)),
      client_(executor, wide(settings_.limits)) {}

asio::awaitable<void> HandoverWorker::run(TaskGroup& tasks) {
    for (;;) {
        const auto opened = co_await open_lanes(tasks);
        if (!opened) {
            log::trouble("partners not looked for", opened.error());
            co_await sleep_for(partner_pause);
        }
        if (std::chrono::steady_clock::now() >= next_silent_) {
            next_silent_ = std::chrono::steady_clock::now() + settings_.silent_every;
            const auto told = co_await tell_silent();
            if (!told) log::trouble("silent partners not told of", told.error());
        }
        co_await sleep_for(settings_.interval);
    }
}

asio::awaitable<Result<void>> HandoverWorker::open_lanes(TaskGroup& tasks) {
    auto job = [](mysql::Connection& db) { return mysql::partners_with_work(db, now()); };
    const auto due = co_await pool_.read(std::move(job), mysql::Lane::background);
    if (!due) co_return std::unexpected(due.error());
    for (const std::uint64_t partner : *due) {
        if (!open_.contains(partner)) tasks.spawn("partner", lane(partner));
    }
    co_return Result<void>();
}

asio::awaitable<void> HandoverWorker::lane(std::uint64_t partner) {
    const OneLane open(open_, partner);
    for (;;) {
        const auto sent = co_await hand_over_one(partner);
        if (!sent) {
            log::trouble("ticket not handed over", sent.error());
            co_await sleep_for(partner_pause);
            co_return;
        }
        if (*sent) continue;
        const auto followed = co_await follow(partner);
        if (!followed) {
            log::trouble("handed over tickets not followed", followed.error());
            co_await sleep_for(partner_pause);
            co_return;
        }
        if (!*followed) co_return;
    }
}

asio::awaitable<Result<bool>> HandoverWorker::hand_over_one(std::uint64_t partner) {
    const CityPtr city = city_.current();
    auto take = [&](mysql::Connection& db) {
        return actions::take_partner_task(
            db, *city, partner, settings_.key, now(), settings_.lease
        );
    };
    const auto taken = co_await pool_.transact(std::move(take), mysql::Lane::background);
    if (!taken) co_return std::unexpected(taken.error());
    if (!*taken) co_return false;
    const PartnerTask& task = **taken;
    const PartnerAnswer answer = co_await ask(request_of(task));
    auto settle = [&](mysql::Connection& db) {
        return actions::settle_partner_task(db, *city, task, answer, now());
    };
    const auto done = co_await pool_.transact(std::move(settle), mysql::Lane::background);
    if (!done) co_return std::unexpected(done.error());
    co_return true;
}

asio::awaitable<Result<bool>> HandoverWorker::follow(std::uint64_t partner) {
    const CityPtr city = city_.current();
    auto take = [&](mysql::Connection& db) {
        return actions::take_follow_task(db, partner, settings_.key, now(), settings_.lease);
    };
    const auto taken = co_await pool_.transact(std::move(take), mysql::Lane::background);
    if (!taken) co_return std::unexpected(taken.error());
    if (!*taken) co_return false;
    const actions::FollowTask& task = **taken;
    const PartnerAnswer answer =
        co_await ask(get(open311::following_url(task.endpoint, task.ids())));
    auto settle = [&](mysql::Connection& db) {
        return actions::settle_follow_task(db, *city, task, answer, now());
    };
    const auto done = co_await pool_.transact(std::move(settle), mysql::Lane::background);
    if (!done) co_return std::unexpected(done.error());
    co_return true;
}

asio::awaitable<Result<std::size_t>> HandoverWorker::tell_silent() {
    const CityPtr city = city_.current();
    auto job = [&](mysql::Connection& db) {
        return actions::tell_silent_handovers(db, *city, now());
    };
    auto told = co_await pool_.transact(std::move(job), mysql::Lane::background);
    co_return told;
}

asio::awaitable<PartnerAnswer> HandoverWorker::ask(http_client::Request request) {
    const auto got = co_await client_.send(std::move(request));
    PartnerAnswer answer;
    if (!got) {
        answer.fault = name(got.error());
        answer.may_have_arrived = may_arrive(got.error());
        co_return answer;
    }
    answer.status = got->status;
    answer.body = got->body;
    const auto wait =
        http_client::retry_after(*got, std::chrono::floor<std::chrono::seconds>(now()));
    if (wait) answer.wait = std::min<std::chrono::seconds>(*wait, longest_asked_for);
    co_return answer;
}

http_client::Request HandoverWorker::get(std::string url) const {
    http_client::Request request;
    request.method = "GET";
    request.url = std::move(url);
    request.headers = {{"User-Agent", settings_.agent}};
    return request;
}

http_client::Request HandoverWorker::request_of(const PartnerTask& task) const {
    if (task.kind == PartnerTask::Kind::token) {
        return get(open311::token_url(task.endpoint, task.handover.token));
    }
    if (task.kind == PartnerTask::Kind::look) {
        const auto sent = task.handover.sent_at.value_or(task.handover.queued_at);
        return get(open311::looking_url(
            task.endpoint, task.handover.service_code, sent - 10min, now() + 10min
        ));
    }
    http_client::Request request;
    request.url = open311::requests_url(task.endpoint);
    request.headers = {
        {"User-Agent", settings_.agent},
        {"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"},
    };
    request.body = task.body;
    return request;
}

}  // namespace hotline::workers
