#include "tests/simulated_year/year.hpp"

#include <algorithm>

namespace simulated_year {

using namespace std::chrono_literals;

void Player::open(std::uint64_t serial) {
    constexpr std::array divisions{"610502", "610526", "610527", "6105G1", ""};
    constexpr std::array topics{"规划建设", "用电", "市场竞争", "政策兑现", "其他"};
    Ticket fresh;
    fresh.id = {serial};
    fresh.number = format_ticket_number(now_, serial);
    fresh.title = "企业诉求";
    fresh.content = "请协调解决";
    const auto kind = dice_.between(1, 100);
    fresh.type = kind <= 36   ? AppealType::complaint
                 : kind <= 62 ? AppealType::consult
                 : kind <= 85 ? AppealType::help
                 : kind <= 93 ? AppealType::suggestion
                 : kind <= 97 ? AppealType::report
                              : AppealType::praise;
    fresh.urgency = percent(3) ? Urgency::urgent : Urgency::normal;
    fresh.channel = percent(70) ? Channel::phone : percent(60) ? Channel::web : Channel::visit;
    fresh.topic = topics[static_cast<std::size_t>(dice_.between(0, 4))];
    fresh.division = divisions[static_cast<std::size_t>(percent(2) ? 4 : dice_.between(0, 3))];
    fresh.appellant.anonymous = percent(4);
    fresh.appellant.confidential = percent(6);
    if (!fresh.appellant.anonymous) fresh.appellant.phone = "13800001111";
    story_.accepted_at = now_;
    story_.channel = fresh.channel;
    story_.type = fresh.type;
    story_.topic = fresh.topic;
    story_.division = fresh.division;
    story_.has_phone = !fresh.appellant.phone.empty();
    auto opened = open_ticket(std::move(fresh), Actor{.role = Role::enterprise}, world_.at(now_));
    opened.event.seq = 1;
    play_.first = ticket_ = std::move(opened.after);
    play_.events.push_back(std::move(opened.event));
}

ActRequest Player::request(Act what, Role role) const {
    ActRequest r;
    r.act = what;
    r.actor = {.user = {static_cast<std::uint64_t>(role)}, .role = role, .name = "某人"};
    if (role == Role::official) r.actor.official = ticket_.official;
    if (role == Role::official || role == Role::unit_clerk || role == Role::unit_leader) {
        r.actor.unit = ticket_.lead_unit;
    }
    r.reason = "理由如下";
    r.basis = "依据如下";
    r.contact_way = "phone";
    r.contact_result = "已联系";
    r.outcome = Outcome::solved;
    r.result_text = "已经办好，请查收";
    r.told_at = now_;
    r.parent = {1};
    r.parent_fits = true;
    r.reached = true;
    return r;
}

bool Player::act(ActRequest wanted) {
    auto decision = decide(ticket_, wanted, world_.at(now_));
    if (!decision) {
        ++refusals;
        return false;
    }
    decision->event.seq = static_cast<std::uint32_t>(play_.events.size() + 1);
    play_.steps.emplace_back(ticket_, decision->after);
    ticket_ = std::move(decision->after);
    play_.events.push_back(std::move(decision->event));
    return true;
}

void Player::work_for(std::int64_t at_most_minutes) {
    now_ = world_.calendar
               .add_working_time(now_, std::chrono::minutes{dice_.between(1, at_most_minutes)})
               .at;
}

std::optional<Instant> Player::due(sla::ClockKind kind) const {
    for (auto clock = ticket_.clocks.rbegin(); clock != ticket_.clocks.rend(); ++clock) {
        if (clock->kind == kind) return clock->due_at;
    }
    return std::nullopt;
}

Play Player::play(Instant end_of_year) {
    end_ = end_of_year;
    at_the_desk();
    while (!done_ && !over() && ticket_.state == State::dispatched) {
        if (story_.postings.size() < 3 && percent(8)) {
            send_back();
        } else {
            take_up();
        }
    }
    if (!done_ && !over() && ticket_.state == State::handling) {
        extend();
        park();
        if (!done_ && hand_in()) call_back();
    }
    play_.story = std::move(story_);
    return std::move(play_);
}

void Player::at_the_desk() {
    work_for(20);
    const auto kind = dice_.between(1, 100);
    done_ = true;
    if (over()) return;
    if (kind <= 5) {
        auto r = request(Act::decline, Role::dispatcher);
        story_.test = dice_.one_in(5);
        r.reason_code = story_.test ? "test" : "outside_city";
        story_.declined = act(r);
        return;
    }
    if (kind <= 13) {
        story_.merged = act(Act::merge, Role::dispatcher);
        return;
    }
    if (kind == 14) {
        story_.withdrawn = act(Act::withdraw, Role::enterprise);
        return;
    }
    if (ticket_.type == AppealType::consult && percent(50)) {
        auto r = request(Act::close_on_call, Role::agent);
        const bool asked = percent(80);
        if (asked) {
            r.solved = Solved::yes;
            r.satisfaction = percent(97) ? Satisfaction::satisfied : Satisfaction::dissatisfied;
        }
        if (!act(r)) return;
        story_.on_call = true;
        story_.closed_at = now_;
        if (ticket_.survey) {
            story_.survey.emplace(now_, *r.satisfaction);
            story_.solved = r.solved;
        }
        return;
    }
    done_ = !dispatch();
}

bool Player::dispatch() {
    auto r = request(Act::dispatch, Role::dispatcher);
    const std::size_t first = static_cast<std::size_t>(dice_.between(0, 6));
    for (std::size_t i = 0; i < world_.units.size(); ++i) {
        r.unit = world_.units[(first + i) % world_.units.size()];
        const auto& refused = ticket_.refused_units;
        if (std::ranges::find(refused, r.unit) == refused.end()) break;
    }
    const auto& officials = world_.city.officials_of(r.unit);
    r.official = officials[static_cast<std::size_t>(dice_.between(0, 1))];
    if (!act(r)) return false;
    Posting fresh;
    fresh.unit = r.unit;
    fresh.official = r.official;
    fresh.division = ticket_.division;
    fresh.at = now_;
    fresh.sign_due = due(sla::ClockKind::sign_for);
    if (story_.has_phone) fresh.contact_due = due(sla::ClockKind::first_contact);
    story_.postings.push_back(std::move(fresh));
    story_.due = due(sla::ClockKind::handle);
    return true;
}

void Player::send_back() {
    if (percent(8)) {  // so late that the limit of signing has passed
        if (posting().sign_due) wait_until(*posting().sign_due + 1min);
    }
    work_for(15);
    auto r = request(Act::return_ticket, Role::unit_leader);
    r.reason_code = "not_our_duty";
    if (!act(r)) return take_up();
    posting().returned_at = now_;
    work_for(30);
    if (percent(70)) {
        if (!act(Act::approve_return, Role::supervisor)) return;
        posting().given_back = true;
        story_.due.reset();
        work_for(20);
        dispatch();
    } else if (act(Act::refuse_return, Role::supervisor)) {
        posting().return_wrong = true;
        posting().signed_at = now_;
    }
}

void Player::take_up() {
    if (percent(2) && posting().sign_due) wait_until(*posting().sign_due + 1min);
    work_for(20);
    if (over() || !act(Act::sign_for, Role::official)) {
        done_ = true;
        return;
    }
    posting().signed_at = now_;
    if (percent(2)) {
        auto r = request(Act::reassign, Role::unit_leader);
        for (const OfficialId other : world_.city.officials_of(ticket_.lead_unit)) {
            if (other != ticket_.official) r.official = other;
        }
        if (act(r)) posting().official = r.official;
    }
}

void Player::extend() {
    if (!percent(10) || ticket_.urgency != Urgency::normal) return;
    auto r = request(Act::ask_extension, Role::official);
    r.extension_days = 1;
    if (!act(r)) return;
    work_for(30);
    if (percent(90)) {
        story_.extended = act(Act::approve_extension, Role::supervisor);
        story_.due = due(sla::ClockKind::handle);
    } else {
        act(Act::refuse_extension, Role::supervisor);
    }
}

void Player::park() {
    if (percent(2)) {
        auto r = request(Act::supervise, Role::supervisor);
        r.level = ticket_.supervise_level + 1;
        story_.supervised = act(r);
    }
    if (!percent(1)) return;
    auto r = request(Act::suspend, Role::supervisor);
    r.reason_code = "works";
    r.review_on = sla::local_day(now_) + std::chrono::days{30};
    if (!act(r)) return;
    now_ += std::chrono::days{dice_.between(5, 25)};
    if (over()) {
        done_ = true;
        story_.due.reset();
        posting().contact_due.reset();
        return;
    }
    act(Act::resume, Role::supervisor);
    if (story_.has_phone) posting().contact_due = due(sla::ClockKind::first_contact);
    story_.due = due(sla::ClockKind::handle);
}

// To a result that the review lets pass.
bool Player::hand_in() {
    if (story_.has_phone && !posting().contacted_at) {
        if (percent(2) && posting().contact_due) wait_until(*posting().contact_due + 1min);
        work_for(15);
        if (over() || !act(Act::first_contact, Role::official)) return false;
        posting().contacted_at = now_;
    }
    for (int tries = 0; tries < 3; ++tries) {
        if (percent(2)) wait_until(*due(sla::ClockKind::handle) + 1h);
        work_for(120);
        if (over() || !act(Act::submit_result, Role::official)) return false;
        if (!story_.first_result) story_.first_result = now_;
        if (ticket_.round > 1 && now_ > *due(sla::ClockKind::handle)) {
            story_.redo_late = true;
        }
        work_for(200);
        if (over()) return false;
        if (tries == 2 || !percent(4)) break;
        if (!act(Act::review_fail, Role::reviewer)) return false;
        story_.sent_back = true;
        if (!story_.last_review) story_.first_result.reset();
    }
    if (!act(Act::review_pass, Role::reviewer)) return false;
    story_.last_review = now_;
    story_.tried_in_vain = false;
    if (ticket_.state == State::closed) story_.closed_at = now_;
    return ticket_.state == State::callback;
}

void Player::not_reached() {
    for (int attempt = 0; attempt < 6 && ticket_.state == State::callback; ++attempt) {
        auto r = request(Act::callback, Role::reviewer);
        r.reached = false;
        if (!act(r)) return;
        work_for(480);
        if (ticket_.state == State::callback && over()) return;
    }
    if (ticket_.state != State::closed) return;
    story_.closed_at = play_.events.back().at;
    story_.tried_in_vain = true;
}

void Player::call_back() {
    work_for(400);
    if (over()) return;
    if (!percent(70)) return not_reached();
    if (percent(95)) {
        ask(percent(20) ? Satisfaction::basically_satisfied : Satisfaction::satisfied,
            percent(93)   ? Solved::yes
            : percent(50) ? Solved::partly
                          : Solved::no,
            Role::reviewer,
            std::nullopt);
        return;
    }
    if (percent(20)) {
        ask(Satisfaction::dissatisfied, Solved::no, Role::supervisor, false);
        story_.found_unreasonable = ticket_.state == State::closed;
        return;
    }
    ask(Satisfaction::dissatisfied, Solved::no, Role::reviewer, true);
    if (ticket_.state == State::handling) {
        ++story_.redos;
        redo();
    }
}

void Player::ask(Satisfaction answer, Solved solved, Role role, std::optional<bool> reasonable) {
    auto r = request(Act::callback, role);
    r.satisfaction = answer;
    r.solved = solved;
    r.reasonable = reasonable;
    if (!act(r)) return;
    story_.survey.emplace(now_, answer);
    story_.solved = solved;
    if (ticket_.state != State::closed) return;
    story_.closed_at = now_;
    if (!percent(1)) return;
    work_for(600);
    if (over() || !act(Act::reopen, Role::supervisor)) return;
    story_.closed_at.reset();
    story_.reopened = true;
    ++story_.redos;
    redo();
}

void Player::redo() {
    work_for(60);
    if (over() || !hand_in()) return;
    work_for(400);
    if (over()) return;
    if (percent(70)) {
        ask(Satisfaction::satisfied, Solved::yes, Role::reviewer, std::nullopt);
    } else {
        not_reached();
    }
}

std::vector<Play> whole_year(const World& world, int appeals_a_day) {
    std::vector<Play> plays;
    std::uint64_t serial = 0;
    const Instant end = sla::test::at(2027, 1, 1);
    for (sla::LocalDay day = sla::test::day(2026, 1, 1); day < sla::test::day(2027, 1, 1);
         day += std::chrono::days{1}) {
        if (!world.calendar.is_workday(day)) continue;
        const Instant nine = Instant{std::chrono::sys_days{day.time_since_epoch()}} + 1h;
        for (int i = 0; i < appeals_a_day; ++i) {
            const auto spread = 9h / appeals_a_day * i;
            const auto came = std::chrono::duration_cast<std::chrono::milliseconds>(spread);
            plays.push_back(Player(world, ++serial, nine + came).play(end));
        }
    }
    return plays;
}

}  // namespace simulated_year
