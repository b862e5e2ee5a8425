#include "integrations/crypto/ids.hpp"
#include "integrations/telephony/simulated_day.hpp"
#include "server/cli/call_platform.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/running_server.hpp"
#include "server/now.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <map>
#include <set>
#include <thread>

namespace hotline::cli {
namespace {

namespace json = boost::json;
using std::chrono::milliseconds;
using telephony::SimulatedMoment;
using namespace std::chrono_literals;

constexpr std::size_t told_at_once = 100;
constexpr auto told_every = 100ms;
constexpr auto beaten_every = 10s;
constexpr int calls_an_agent = 50;

volatile std::sig_atomic_t interrupted = 0;

Result<std::vector<std::string>> extensions_at_work(Person& admin) {
    std::vector<std::string> found;
    std::string target = "/api/v1/admin/users?limit=200";
    for (;;) {
        const auto page = admin.get(target);
        if (!page) return std::unexpected(page.error());
        for (const auto& item : page->at("items").as_array()) {
            const auto& user = item.as_object();
            const bool off = user.contains("disabled") && user.at("disabled") == true;
            const auto extension = text_of(user, "extension");
            if (!off && !extension.empty()) found.push_back(extension);
        }
        const std::string next = text_of(*page, "next_cursor");
        if (next.empty()) break;
        target = "/api/v1/admin/users?limit=200&cursor=" + next;
    }
    if (found.empty()) return fail(ErrorCode::not_found, "no account has an extension");
    std::ranges::sort(found);
    return found;
}

// The part of a day that is played, on the wall's clock: what happens at `from` happens now.
class Play {
public:
    Play(CallPlatform& platform, const SimDayOptions& options, ticketing::Instant begun)
        : platform_(platform), speed_(options.speed), from_(options.from), begun_(begun) {}

    milliseconds passed() const {
        return from_ + milliseconds(static_cast<std::int64_t>(
                           static_cast<double>((now() - begun_).count()) * speed_
                       ));
    }

    Result<void> tell(const SimulatedMoment& moment) {
        waiting_.push_back(event_of(moment));
        if (moment.call) count_[std::string(ticketing::name(moment.call->kind))] += 1;
        if (waiting_.size() < told_at_once) return {};
        return send();
    }
    Result<void> send() {
        if (waiting_.empty()) return {};
        const json::array events = std::exchange(waiting_, {});
        return platform_.tell(events);
    }
    void print() const {
        for (const auto& [kind, times] : count_) fmt::print("  {:<18} {:>6}\n", kind, times);
    }

private:
    json::object event_of(const SimulatedMoment& moment) {
        const auto since = static_cast<double>((moment.at - from_).count()) / speed_;
        json::object event;
        event["occurred_at"] = time_text(begun_ + milliseconds(static_cast<std::int64_t>(since)));
        if (!moment.call) {
            event["event_id"] = fmt::format("{}-a{}", run(), ++serial_);
            event["type"] = "agent.state";
            event["agent"] = moment.extension;
            event["state"] = ticketing::name(moment.place.state);
            if (moment.place.reason != telephony::AgentReason::none) {
                event["reason"] = ticketing::name(moment.place.reason);
            }
            return event;
        }
        const telephony::CtiEvent& told = *moment.call;
        event["event_id"] = told.event_id;
        event["call_id"] = told.call_id;
        event["seq"] = told.seq.value_or(0);
        event["type"] = ticketing::name(told.kind);
        event["direction"] = "in";
        event["ani"] = told.ani;
        event["dnis"] = told.dnis;
        event["queue"] = told.queue;
        if (!told.agent.empty()) event["agent"] = told.agent;
        if (told.score) event["score"] = *told.score;
        return event;
    }
    std::string run() const { return fmt::format("sim-{}", begun_.time_since_epoch().count()); }

    CallPlatform& platform_;
    double speed_;
    milliseconds from_;
    ticketing::Instant begun_;
    json::array waiting_;
    int serial_ = 0;
    std::map<std::string, int> count_;
};

// What the part has: where everybody stands when it begins, and the calls that come in within it.
std::vector<SimulatedMoment> part_of(
    const std::vector<SimulatedMoment>& day, milliseconds from, milliseconds until
) {
    std::map<std::string, SimulatedMoment> standing;
    std::set<std::string> before;
    std::vector<SimulatedMoment> part;
    for (const SimulatedMoment& moment : day) {
        if (moment.at >= until) break;
        if (moment.at < from) {
            if (moment.call) before.insert(moment.call->call_id);
            if (!moment.call) standing[moment.extension] = moment;
        } else if (!moment.call || !before.contains(moment.call->call_id)) {
            part.push_back(moment);
        }
    }
    std::vector<SimulatedMoment> whole;
    for (auto& [extension, moment] : standing) {
        moment.at = from;
        whole.push_back(std::move(moment));
    }
    whole.insert(whole.end(), part.begin(), part.end());
    return whole;
}

Result<void> play(Play& day, CallPlatform& platform, const std::vector<SimulatedMoment>& moments) {
    auto beaten = std::chrono::steady_clock::time_point();
    auto next = moments.begin();
    while (next != moments.end() && interrupted == 0) {
        const auto at = std::chrono::steady_clock::now();
        if (at - beaten >= beaten_every) {
            if (auto heard = platform.beat(); !heard) return heard;
            beaten = at;
        }
        for (const auto passed = day.passed(); next != moments.end() && next->at <= passed;
             ++next) {
            if (auto told = day.tell(*next); !told) return told;
        }
        if (auto told = day.send(); !told) return told;
        std::this_thread::sleep_for(told_every);
    }
    return {};
}

}  // namespace

int sim_day(const config::Settings& settings, const SimDayOptions& options) {
    const auto give_up = [](const Error& error) {
        fmt::print(stderr, "Not played: {}.\n", error.detail);
        return 1;
    };
    const auto known = demo_passwords(settings);
    if (!known) return give_up(known.error());
    const std::string url = address_of(settings, options.url);
    auto admin = Person::log_in(url, "admin", *known);
    if (!admin) return give_up(admin.error());
    const auto extensions = extensions_at_work(*admin);
    if (!extensions) return give_up(extensions.error());
    auto platform = CallPlatform::ready(url, *admin, "sim");
    if (!platform) return give_up(platform.error());
    const auto begun = now();
    telephony::DaySettings wanted;
    wanted.seed = options.seed;
    wanted.extensions = *extensions;
    const int bearable = calls_an_agent * static_cast<int>(extensions->size());
    wanted.calls = options.calls > 0 ? options.calls : bearable;
    const auto run = fmt::format("sim-{}", begun.time_since_epoch().count());
    const auto day = part_of(telephony::simulated_day(wanted, run), options.from, options.until);
    fmt::print(
        "{} agents, {} moments, {} × as fast.\n", extensions->size(), day.size(), options.speed
    );
    std::signal(SIGINT, [](int) { interrupted = 1; });
    Play played(*platform, options, begun);
    auto done = play(played, *platform, day);
    played.print();
    platform->dismiss(*admin);
    if (!done) return give_up(done.error());
    return 0;
}

}  // namespace hotline::cli
