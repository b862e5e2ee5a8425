#include "integrations/telephony/simulated_day.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <deque>
#include <functional>
#include <queue>
#include <random>

namespace hotline::telephony {
namespace {

using namespace std::chrono_literals;
using Moment = std::chrono::milliseconds;

// Of a hundred calls, how many come in each hour: mornings from nine to eleven and afternoons from
// two to four are the busiest.
constexpr std::array<double, 24> calls_by_hour{0.5, 0.3, 0.3, 0.2, 0.3, 0.5, 1.2,  3.0,
                                               8.0, 12., 12., 9.0, 5.0, 6.0, 10.5, 10.5,
                                               7.5, 4.5, 2.7, 2.0, 1.5, 1.1, 0.8,  0.6};
// From and to which hour somebody works, one after the other.
constexpr std::array<std::pair<int, int>, 6> shifts{
    {{8, 16}, {9, 17}, {16, 24}, {0, 8}, {8, 16}, {10, 18}}
};
constexpr auto queued_after = 1s;
constexpr auto rung_in_vain = 15s;
constexpr auto away_after_it = 2min;
constexpr auto held_for = 20s;
constexpr int held_percent = 10;

class Chance {
public:
    explicit Chance(std::uint32_t seed) : random_(seed) {}

    double share() { return static_cast<double>(random_()) / 4294967296.0; }
    bool percent(int of) { return share() * 100 < of; }
    int below(int end) { return static_cast<int>(share() * end); }
    Moment between(std::chrono::seconds from, std::chrono::seconds to) {
        const Moment span = to - from;
        return from +
               Moment(static_cast<std::int64_t>(share() * static_cast<double>(span.count())));
    }
    // How long until something that happens at random, once in `mean`.
    Moment waiting(std::chrono::seconds mean) {
        const double wait = -std::log(1 - share()) * static_cast<double>(Moment(mean).count());
        return Moment(static_cast<std::int64_t>(wait));
    }

private:
    std::mt19937 random_;
};

struct SimulatedCall {
    std::string id;
    std::string ani;
    int agent = -1;  // it rings at, or who speaks
    bool over = false;
    bool answered = false;
    int told = 0;
};

struct SimulatedAgent {
    std::string extension;
    AgentState state = AgentState::offline;
    Moment since{};
    Moment leaves{};
    std::vector<std::pair<Moment, AgentReason>> breaks;  // not yet taken, the next one last
};

class Day {
public:
    Day(const DaySettings& settings, std::string run)
        : settings_(settings), run_(std::move(run)), chance_(settings.seed) {}

    std::vector<SimulatedMoment> play() {
        come_to_work();
        let_calls_come();
        while (!due_.empty()) {
            const Due next = due_.top();
            due_.pop();
            now_ = next.at;
            next.run();
        }
        return std::move(told_);
    }

private:
    struct Due {
        Moment at;
        std::uint64_t serial;
        std::function<void()> run;
        bool operator<(const Due& other) const {
            return std::pair(at, serial) > std::pair(other.at, other.serial);
        }
    };

    void after(Moment wait, std::function<void()> run) {
        due_.push({now_ + wait, serial_++, std::move(run)});
    }

    void tell(std::size_t of, CtiKind kind, std::optional<int> score = {}) {
        SimulatedCall& call = calls_[of];
        CtiEvent event;
        event.event_id = call.id + "." + std::to_string(call.told);
        event.call_id = call.id;
        event.kind = kind;
        event.seq = call.told++;
        event.direction = Direction::in;
        event.ani = call.ani;
        event.dnis = settings_.number;
        event.queue = "enterprise";
        if (call.agent >= 0) event.agent = agent_of(call).extension;
        event.score = score;
        told_.push_back({now_, std::move(event), {}, {}});
    }
    void stand(SimulatedAgent& agent, AgentState state, AgentReason reason = AgentReason::none) {
        agent.state = state;
        agent.since = now_;
        const bool said = state == AgentState::ready || state == AgentState::not_ready ||
                          state == AgentState::wrap_up || state == AgentState::offline;
        if (said) told_.push_back({now_, {}, agent.extension, {state, reason}});
    }
    SimulatedAgent& agent_of(const SimulatedCall& call) {
        return agents_[static_cast<std::size_t>(call.agent)];
    }

    void come_to_work() {
        for (std::size_t n = 0; n < settings_.extensions.size(); ++n) {
            const auto [from, to] =
                settings_.extensions.size() == 1 ? std::pair(0, 24) : shifts[n % shifts.size()];
            const Moment begin = std::chrono::hours(from);
            SimulatedAgent agent{.extension = settings_.extensions[n]};
            agent.leaves = std::chrono::hours(to);
            agent.breaks.push_back({begin + 6h + chance_.between(0s, 40min), AgentReason::rest});
            agent.breaks.push_back({begin + 4h + chance_.between(0s, 1h), AgentReason::meal});
            agent.breaks.push_back({begin + 2h + chance_.between(0s, 40min), AgentReason::rest});
            agents_.push_back(std::move(agent));
            after(begin, [this, n] {
                stand(agents_[n], AgentState::not_ready, AgentReason::signed_in);
            });
            after(begin + chance_.between(20s, 3min), [this, n] { be_free(n); });
        }
    }

    void let_calls_come() {
        std::vector<Moment> times;
        for (int n = 0; n < settings_.calls; ++n) {
            double left = chance_.share() * 100;
            std::size_t hour = 0;
            while (hour + 1 < calls_by_hour.size() && left >= calls_by_hour[hour]) {
                left -= calls_by_hour[hour++];
            }
            times.push_back(std::chrono::hours(hour) + chance_.between(0s, 1h));
        }
        std::ranges::sort(times);
        for (std::size_t n = 0; n < times.size(); ++n) {
            // A subscriber's number that begins with a nought: nobody has it.
            calls_.push_back(
                {.id = run_ + "-" + std::to_string(n),
                 .ani = "09130" + std::to_string(100'000 + chance_.below(900'000))}
            );
            after(times[n], [this, n] { come_in(n); });
        }
    }

    void come_in(std::size_t call) {
        tell(call, CtiKind::offered);
        after(queued_after, [this, call] {
            tell(call, CtiKind::queued);
            line_.push_back(call);
            match();
        });
        const Moment patience = queued_after + chance_.waiting(settings_.mean_patience);
        after(patience, [this, call] { give_up(call); });
    }

    void give_up(std::size_t of) {
        SimulatedCall& call = calls_[of];
        if (call.over || call.answered) return;
        call.over = true;
        std::erase(line_, of);
        tell(of, CtiKind::abandoned);
        if (call.agent >= 0) be_free(static_cast<std::size_t>(call.agent));
    }

    // Whoever is idle longest gets who waits longest.
    void match() {
        while (!line_.empty()) {
            const auto free =
                std::ranges::min_element(agents_, {}, [](const SimulatedAgent& agent) {
                    return std::pair(agent.state != AgentState::ready, agent.since);
                });
            if (free == agents_.end() || free->state != AgentState::ready) return;
            const std::size_t call = line_.front();
            line_.pop_front();
            ring(call, static_cast<std::size_t>(free - agents_.begin()));
        }
    }

    void ring(std::size_t of, std::size_t at) {
        calls_[of].agent = static_cast<int>(at);
        stand(agents_[at], AgentState::ringing);
        tell(of, CtiKind::ringing);
        if (chance_.percent(settings_.no_answer_percent)) {
            after(rung_in_vain, [this, of, at] { ring_in_vain(of, at); });
        } else {
            after(chance_.between(2s, 9s), [this, of, at] { answer(of, at); });
        }
    }

    void ring_in_vain(std::size_t of, std::size_t at) {
        SimulatedCall& call = calls_[of];
        if (call.over) return;
        tell(of, CtiKind::no_answer);
        call.agent = -1;
        stand(agents_[at], AgentState::not_ready, AgentReason::no_answer);
        after(away_after_it, [this, at] { be_free(at); });
        line_.push_front(of);
        match();
    }

    void answer(std::size_t of, std::size_t at) {
        SimulatedCall& call = calls_[of];
        if (call.over) return;
        call.answered = true;
        stand(agents_[at], AgentState::talking);
        tell(of, CtiKind::answered);
        // Two matters: what it is, and what is done about it.
        const auto half = settings_.mean_talk / 2;
        Moment talk = 10s + chance_.waiting(half) + chance_.waiting(half);
        if (chance_.percent(held_percent)) {
            after(talk / 2, [this, of] { tell(of, CtiKind::held); });
            after(talk / 2 + held_for, [this, of] { tell(of, CtiKind::resumed); });
            talk += held_for;
        }
        after(talk, [this, of, at] { hang_up(of, at); });
    }

    void hang_up(std::size_t of, std::size_t at) {
        calls_[of].over = true;
        tell(of, CtiKind::ended);
        stand(agents_[at], AgentState::wrap_up);
        after(chance_.between(10s, 50s), [this, at] { be_free(at); });
        if (!chance_.percent(settings_.scored_percent)) return;
        constexpr std::array<int, 10> scores{5, 5, 5, 5, 5, 5, 5, 4, 4, 2};
        const int score = scores[static_cast<std::size_t>(chance_.below(10))];
        after(chance_.between(3s, 12s), [this, of, score] {
            tell(of, CtiKind::survey_scored, score);
        });
    }

    // Home when it is time, to a break that is due, or to the next call.
    void be_free(std::size_t at) {
        SimulatedAgent& agent = agents_[at];
        if (now_ >= agent.leaves) return stand(agent, AgentState::offline, AgentReason::left);
        if (!agent.breaks.empty() && now_ >= agent.breaks.back().first) {
            const AgentReason why = agent.breaks.back().second;
            agent.breaks.pop_back();
            stand(agent, AgentState::not_ready, why);
            after(why == AgentReason::meal ? 30min : 10min, [this, at] { be_free(at); });
            return;
        }
        stand(agent, AgentState::ready);
        const Moment soon =
            std::min(agent.leaves, agent.breaks.empty() ? agent.leaves : agent.breaks.back().first);
        // Nobody calls: he goes all the same.
        after(std::max(soon - now_, Moment(1ms)), [this, at, since = now_] {
            const SimulatedAgent& then = agents_[at];
            if (then.state == AgentState::ready && then.since == since) be_free(at);
        });
        match();
    }

    const DaySettings& settings_;
    std::string run_;
    Chance chance_;
    Moment now_{};
    std::uint64_t serial_ = 0;
    std::priority_queue<Due> due_;
    std::vector<SimulatedAgent> agents_;
    std::vector<SimulatedCall> calls_;
    std::deque<std::size_t> line_;
    std::vector<SimulatedMoment> told_;
};

}  // namespace

std::vector<SimulatedMoment> simulated_day(const DaySettings& settings, const std::string& run) {
    return Day(settings, run).play();
}

}  // namespace hotline::telephony
