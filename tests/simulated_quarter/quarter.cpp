#include "tests/simulated_quarter/quarter.hpp"

#include "tests/simulated_quarter/work_time.hpp"
#include "ticketing/router/misroutes.hpp"
#include "ticketing/router/officials.hpp"

#include <algorithm>
#include <queue>
#include <set>
#include <tuple>

namespace simulated_quarter {
namespace {

using namespace std::chrono_literals;
using std::chrono::minutes;

// Per mille, of the guide's behaviour where it names it.
constexpr int returned_when_wrong = 950;
constexpr int extended = 100;
constexpr int late = 20;
constexpr int proposal_followed = 600;  // the dispatcher sends it where the unit proposed
constexpr std::size_t days_between_leaves = 60;
constexpr std::size_t longest_leave = 10;
constexpr minutes limit = 40h;            // five working days
constexpr std::size_t days_a_month = 31;  // three fill the quarter
constexpr int returns_until_designated = 2;

enum class What { day_begins, appeal, ruling, overdue, result, day_ends };

struct Step {
    Instant at;
    std::uint64_t order = 0;
    What what{};
    std::size_t which = 0;  // of the cases
    int round = 0;          // of the case; passed over when it is another one by then

    auto operator<=>(const Step&) const = default;
};

struct Case {
    Incident incident;
    hotline::sla::TicketFacts facts;
    std::vector<UnitId> refused;
    Complexity complexity = Complexity::simple;
    OfficialId official;
    int round = 0;
    bool designated = false;
    bool overdue = false;
    Instant asked_to_return;
};

class Quarter {
public:
    Quarter(Town& town, const Plan& plan)
        : town_(town),
          plan_(plan),
          dice_(plan.seed, 0x9A47E2),
          back_on_(town.directory.officials.size()) {
        record_.desks = DeskBook{town.directory.officials.size()};
        at_desk_.resize(town.directory.officials.size());
        for (Official& official : town_.directory.officials) official.on_leave = false;
    }

    Record play() {
        for (int day = 0; day < days; ++day) {
            push(begin_ + std::chrono::days{day}, What::day_begins);
            push(begin_ + std::chrono::days{day} + 17h, What::day_ends);
        }
        while (!steps_.empty() && steps_.top().at < begin_ + std::chrono::days{days}) {
            const Step step = steps_.top();
            steps_.pop();
            now_ = step.at;
            take(step);
        }
        record_.learned = known_.size();
        return std::move(record_);
    }

private:
    void push(Instant at, What what, std::size_t which = 0, int round = 0) {
        steps_.push({at, ++order_, what, which, round});
    }
    void push_of(const Case& one, std::size_t which, minutes work, What what) {
        push(after_work(now_, work), what, which, one.round);
    }
    bool happens(int per_mille) { return dice_.below(1000) < static_cast<std::size_t>(per_mille); }
    minutes between(minutes least, minutes most) {
        return least + minutes{dice_.below(static_cast<std::size_t>((most - least).count()))};
    }
    std::size_t month_index() const {
        const auto day = std::chrono::floor<std::chrono::days>(now_ - begin_).count();
        return static_cast<std::size_t>(day) / days_a_month;
    }
    Month& month() { return record_.by_month[month_index()]; }
    OfficialDesk& desk(OfficialId official) { return loads_[official.value]; }
    static double weight(const Case& one) {
        return desk_weight(one.incident.urgency, one.complexity);
    }
    static std::size_t index(OfficialId official) { return official.value - 1; }
    UnitId holder(const Case& one) const { return UnitId{one.facts.assignments.back().unit}; }

    void take(const Step& step) {
        if (step.what == What::day_begins) return begin_day();
        if (step.what == What::day_ends) return end_day();
        if (step.what == What::appeal) return receive();
        Case& one = cases_[step.which];
        if (one.round != step.round) return;
        if (step.what == What::ruling) return rule_on_return(one, step.which);
        if (step.what == What::result) return submit(one, step.which);
        one.overdue = true;
        if (one.official) ++desk(one.official).overdue;
    }

    // R10 looks at this month and the last.
    void forget_what_was_given() {
        if (month_index() != 2 || given_[0].empty()) return;
        for (const auto& [official, matters] : given_[0]) loads_[official].given -= matters;
        given_[0].clear();
    }

    void begin_day() {
        forget_what_was_given();
        for (int n = 0; n < plan_.per_day; ++n) {
            push(now_ + 8h + minutes{dice_.below(12 * 60)}, What::appeal);
        }
        for (std::size_t i = 0; i < town_.directory.officials.size(); ++i) {
            Official& official = town_.directory.officials[i];
            if (official.on_leave) {
                official.on_leave = now_ < back_on_[i];
            } else if (dice_.one_in(days_between_leaves)) {
                back_on_[i] = now_ + std::chrono::days{1 + dice_.below(longest_leave)};
                official.on_leave = true;
                hand_over(official.id);
            }
        }
        learn();
    }

    void end_day() {
        if (!works(std::chrono::floor<std::chrono::days>(now_))) return;
        for (const Official& official : town_.directory.officials) {
            if (official.on_leave) continue;
            record_.desks.note(index(official.id), desk(official.id).open_weighted);
        }
    }

    // Each server reads what was learned anew every minute; an hour is late enough here.
    void learn() {
        if (!plan_.learns || !news_ || now_ < learned_at_ + 1h) return;
        std::vector<Misroute> misroutes;
        for (const auto& [which, lessons] : lessons_) {
            misroutes.insert(misroutes.end(), lessons.begin(), lessons.end());
        }
        std::vector<Kept> kept;
        for (const auto& [kind, one] : kept_) kept.push_back(one);
        known_ = Misroutes{misroutes, kept, now_};
        learned_at_ = now_;
        news_ = false;
    }

    Matter matter(const Case& one) {
        Matter matter = simulated_quarter::matter_of(one.incident);
        matter.refused_units = one.refused;
        matter.return_count = static_cast<int>(one.refused.size());
        const auto solved = solved_.find(one.incident.firm ? one.incident.firm->id.value : 0);
        if (solved != solved_.end()) matter.solved_before = solved->second;
        return matter;
    }

    void receive() {
        learn();
        ++month().tickets;
        Case one;
        one.incident = town_.incident(dice_);
        one.facts.topic = one.incident.topic;
        one.facts.accepted_at = now_;
        cases_.push_back(std::move(one));
        send(cases_.back(), cases_.size() - 1);
    }

    void send(Case& one, std::size_t which) {
        const auto decision =
            route(matter(one), one.incident.firm, town_.directory, loads_, known_);
        ++record_.routed;
        judge(one, decision);
        one.complexity = decision.complexity;
        place(one, which, decision.lead, decision.official);
    }

    void judge(const Case& one, const RouteDecision& decision) {
        const auto barred = [&](UnitId unit) {
            return concerned(town_.directory, unit, one.incident.complained);
        };
        const auto official_barred = [&](OfficialId id) {
            const Official* official = town_.directory.official(id);
            return official && barred(official->unit);
        };
        record_.conflicts += static_cast<int>(
            barred(decision.lead) + std::ranges::count_if(decision.co_units, barred) +
            official_barred(decision.official) + official_barred(decision.case_owner)
        );
        const Official* chosen = town_.directory.official(decision.official);
        if (chosen && chosen->on_leave) ++record_.chosen_on_leave;
    }

    // A person chose the unit: the router still chooses the official.
    void send_to(Case& one, std::size_t which, UnitId unit) {
        RouteDecision decision;
        decision.lead = unit;
        choose(one, decision);
        place(one, which, unit, decision.official);
    }

    void choose(const Case& one, RouteDecision& decision) {
        const Duty& duty = *town_.directory.duty(one.incident.topic);
        routing::choose_official(matter(one), duty, nullptr, town_.directory, loads_, decision);
        judge(one, decision);
    }

    void place(Case& one, std::size_t which, UnitId unit, OfficialId official) {
        hotline::sla::Assignment next;
        next.unit = unit.value;
        next.division = one.incident.division;
        next.dispatched_at = now_;
        one.facts.assignments.push_back(std::move(next));
        ++one.round;
        lay_on_desk(one, which, official ? official : by_clerk(unit));
        if (wrong(one) && happens(returned_when_wrong)) {
            push_of(one, which, between(1h, 16h), What::ruling);
            one.asked_to_return = now_;
            return;
        }
        handle(one, which);
    }

    bool wrong(const Case& one) const {
        return one.incident.truth && !one.designated && holder(one) != one.incident.truth;
    }

    void handle(Case& one, std::size_t which) {
        minutes work = between(8h, 40h);
        if (one.complexity == Complexity::complex) work *= 2;
        if (one.incident.urgency == Urgency::urgent) work = between(4h, 16h);
        if (one.incident.urgency == Urgency::critical) work = between(2h, 6h);
        if (happens(extended)) work += work / 2;
        if (happens(late)) {
            push_of(one, which, limit, What::overdue);
            work = std::max(work, limit) + between(4h, 24h);
        }
        push_of(one, which, work, What::result);
    }

    // Among those present, whatever lies on their desks.
    OfficialId by_clerk(UnitId unit) {
        OfficialId lightest;
        for (const OfficialId id : town_.directory.officials_of(unit)) {
            if (town_.directory.official(id)->on_leave) continue;
            if (!lightest || desk(id).open_weighted < desk(lightest).open_weighted) lightest = id;
        }
        ++(lightest ? record_.given_by_clerk : record_.nobody_there);
        return lightest;
    }

    void lay_on_desk(Case& one, std::size_t which, OfficialId official) {
        one.official = official;
        if (!official) return;
        desk(official).open_weighted += weight(one);
        desk(official).overdue += one.overdue ? 1 : 0;
        desk(official).given += 1;
        ++given_[month_index()][official.value];
        record_.desks.took(index(official));
        at_desk_[index(official)].insert(which);
    }

    void take_from_desk(Case& one, std::size_t which) {
        if (!one.official) return;
        desk(one.official).open_weighted -= weight(one);
        desk(one.official).overdue -= one.overdue ? 1 : 0;
        at_desk_[index(one.official)].erase(which);
        one.official = {};
    }

    // T13: who goes on leave leaves his work to colleagues, if there are any.
    void hand_over(OfficialId official) {
        const auto work = at_desk_[index(official)];
        for (const std::size_t which : work) {
            Case& one = cases_[which];
            RouteDecision decision;
            decision.lead = holder(one);
            choose(one, decision);
            if (!decision.official) continue;
            take_from_desk(one, which);
            lay_on_desk(one, which, decision.official);
        }
    }

    // T10, T12: approved, and sent on.
    void rule_on_return(Case& one, std::size_t which) {
        auto& assignment = one.facts.assignments.back();
        assignment.returned_at = one.asked_to_return;
        assignment.return_approved = true;
        take_from_desk(one, which);
        ++month().returns;
        const auto way = std::tuple{one.facts.topic, assignment.division, assignment.unit};
        if (one.incident.by_kind && !ways_seen_.insert(way).second) ++month().repeats;
        one.refused.push_back(holder(one));
        one.designated = static_cast<int>(one.refused.size()) >= returns_until_designated;
        if (one.designated || happens(proposal_followed)) {
            send_to(one, which, one.incident.truth);
        } else {
            send(one, which);
        }
        lessons_[which] = lessons_of(one.facts).misroutes;
        news_ = true;
    }

    void submit(Case& one, std::size_t which) {
        one.facts.submitted_at = now_;
        if (one.official && one.incident.firm) {
            solved_[one.incident.firm->id.value].push_back(one.official);
        }
        take_from_desk(one, which);
        ++one.round;
        const auto lessons = lessons_of(one.facts);
        if (!lessons.kept) return;
        Kept& last = kept_[{lessons.kept->topic, lessons.kept->place, lessons.kept->unit}];
        if (last.sent_at < lessons.kept->sent_at) last = *lessons.kept;
    }

    Town& town_;
    Plan plan_;
    Dice dice_;
    Instant begin_ = std::chrono::sys_days{std::chrono::year{2026} / 6 / 29};
    Instant now_ = begin_;
    std::uint64_t order_ = 0;
    std::priority_queue<Step, std::vector<Step>, std::greater<>> steps_;
    std::vector<Case> cases_;
    std::vector<Instant> back_on_;
    std::vector<std::set<std::size_t>> at_desk_;
    Loads loads_;
    std::array<std::map<std::uint64_t, int>, months> given_;
    std::map<std::uint64_t, std::vector<OfficialId>> solved_;
    std::map<std::size_t, std::vector<Misroute>> lessons_;
    std::map<std::tuple<std::string, std::string, UnitId>, Kept> kept_;
    std::set<std::tuple<std::string, std::string, std::uint64_t>> ways_seen_;
    Misroutes known_;
    Instant learned_at_;
    bool news_ = false;
    Record record_;
};

}  // namespace

bool halved(const Record& record) {
    return 2 * record.by_month.back().repeats <= record.by_month.front().repeats;
}

Record play(Town& town, const Plan& plan) {
    return Quarter{town, plan}.play();
}

}  // namespace simulated_quarter
