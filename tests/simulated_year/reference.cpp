#include "tests/simulated_year/reference.hpp"

#include <algorithm>
#include <stdexcept>

namespace simulated_year {
namespace {

using sla::RateCode;
using Day = sla::LocalDay;

class Clerk {
public:
    Clerk(const Asked& asked, const std::set<Rule>& off) : asked_(asked), off_(off) {}

    void count(RateCode rate, const Story& s);
    Counts counts;

private:
    bool holds(Rule rule) const { return !off_.contains(rule); }
    bool left_out(const Story& s) const {
        if (s.declined && s.test) return holds(Rule::test);
        if (s.declined) return holds(Rule::declined);
        if (s.withdrawn) return holds(Rule::withdrawn);
        if (s.merged) return holds(Rule::merged);
        return s.type == AppealType::praise && holds(Rule::praise);
    }
    bool inside(Day day) const { return day >= asked_.from && day <= asked_.to; }
    bool mine(UnitId unit) const { return !asked_.unit || *asked_.unit == unit; }
    void one(bool counts_in, Day day, bool made) {
        if (!counts_in || !inside(day)) return;
        ++counts.denominator;
        if (made) ++counts.numerator;
    }
    static UnitId last_unit(const Story& s) {
        if (s.postings.empty() || s.postings.back().given_back) return {};
        return s.postings.back().unit;
    }

    void of_centre(RateCode rate, const Story& s);
    void of_postings(RateCode rate, const Story& s);
    void of_handling(RateCode rate, const Story& s);
    void of_surveys(RateCode rate, const Story& s);
    void of_callbacks(RateCode rate, const Story& s);

    const Asked& asked_;
    const std::set<Rule>& off_;
};

Day day_of(Instant at) {
    return sla::local_day(at);
}

void Clerk::of_centre(RateCode rate, const Story& s) {
    if (!mine({})) return;
    const Day accepted = day_of(s.accepted_at);
    if (rate == RateCode::repeat_rate) {
        const bool heard =
            !s.declined && !s.withdrawn && (s.merged || s.type != AppealType::praise);
        one(heard || (!s.merged && !left_out(s)), accepted, s.merged || s.reopened);
    } else if (rate == RateCode::direct_answer_rate) {
        one(!left_out(s), accepted, s.on_call);
    } else if (rate == RateCode::dispatch_accuracy_rate && !s.postings.empty()) {
        const bool returned = std::ranges::any_of(s.postings, [](const Posting& p) {
            return p.returned_at.has_value();
        });
        one(!left_out(s), day_of(s.postings.front().at), !returned);
    }
}

// A limit decides on the earlier of its end and the deed.
Day decided(const std::optional<Instant>& done, Instant due) {
    return day_of(done && *done < due ? *done : due);
}

void Clerk::of_postings(RateCode rate, const Story& s) {
    for (const Posting& p : s.postings) {
        if (!mine(p.unit)) continue;
        const auto let_off = [&](const std::optional<Instant>& due, Rule rule) {
            return p.given_back && due && *p.returned_at <= *due && holds(rule);
        };
        const bool no_signature = !p.signed_at && let_off(p.sign_due, Rule::given_back_unsigned);
        const bool unsigned_back = !p.signed_at && p.given_back && holds(Rule::given_back_unsigned);
        const bool no_contact = !p.contacted_at && let_off(p.contact_due, Rule::given_back_in_time);
        // Without the rule the limit would have run for those nobody can contact as well.
        const bool owes = p.contact_due || (!s.has_phone && !holds(Rule::nobody_to_contact));
        const Instant contact_due = p.contact_due.value_or(p.at);
        const bool in_time = p.contacted_at && *p.contacted_at <= contact_due;
        switch (rate) {
            case RateCode::on_time_sign_rate:
                if (!p.sign_due) break;
                one(!no_signature,
                    decided(p.signed_at, *p.sign_due),
                    p.signed_at && *p.signed_at <= *p.sign_due);
                break;
            case RateCode::first_contact_rate:
                one(owes && !no_contact, decided(p.contacted_at, contact_due), in_time);
                break;
            case RateCode::sign_rate:
                one(!unsigned_back, day_of(p.at), p.signed_at.has_value());
                break;
            case RateCode::response_rate:
                one(owes && !no_contact, day_of(p.at), in_time);
                break;
            case RateCode::return_rate:
                one(true, day_of(p.at), p.returned_at.has_value());
                break;
            default:  // refused_return_rate
                one(true, day_of(p.at), p.return_wrong);
        }
    }
}

void Clerk::of_handling(RateCode rate, const Story& s) {
    if (!mine(last_unit(s))) return;
    const bool by_unit = !s.postings.empty();
    const bool closing = rate == RateCode::redo_rate || rate == RateCode::first_time_rate;
    if (closing) {
        if (!s.closed_at || (!by_unit && holds(Rule::answered_on_call))) return;
        const bool review = s.sent_back && !holds(Rule::review_is_no_redo);
        const bool redone = s.redos > 0 || review;
        one(true,
            day_of(*s.closed_at),
            rate == RateCode::redo_rate ? redone : s.redos == 0 && !s.sent_back && !s.reopened);
        return;
    }
    if (!s.due && !(s.on_call && !holds(Rule::answered_on_call))) return;
    const Instant due = s.due.value_or(s.accepted_at);
    const Day day = decided(s.closed_at, due);
    const bool on_time = s.first_result && *s.first_result <= due && !s.redo_late;
    const bool made = rate == RateCode::closing_rate     ? s.closed_at.has_value()
                      : rate == RateCode::on_time_rate   ? on_time
                      : rate == RateCode::extension_rate ? s.extended
                                                         : s.supervised;
    one(true, day, made);
}

void Clerk::of_callbacks(RateCode rate, const Story& s) {
    if (!s.last_review || !mine(last_unit(s))) return;
    if (!s.has_phone && holds(Rule::nobody_to_call)) return;
    const bool done = s.survey || s.tried_in_vain;
    if (rate == RateCode::callback_rate) {
        one(true, day_of(*s.last_review), done);
    } else {
        one(done, day_of(*s.last_review), s.survey.has_value());
    }
}

void Clerk::of_surveys(RateCode rate, const Story& s) {
    if (!mine(last_unit(s))) return;
    if (!s.survey) {
        // Counted as content, as some cities do, when the rule is off.
        if (s.tried_in_vain && !holds(Rule::not_reached)) one(true, day_of(*s.closed_at), true);
        return;
    }
    const auto& [at, answer] = *s.survey;
    const bool content = static_cast<int>(answer) >= 3;
    const bool let_off = rate == RateCode::satisfaction_rate_adjusted && s.found_unreasonable;
    if (let_off && holds(Rule::unreasonable)) return;
    one(true, day_of(at), rate == RateCode::solved_rate ? s.solved == Solved::yes : content);
}

void Clerk::count(RateCode rate, const Story& s) {
    if (rate == RateCode::repeat_rate) return of_centre(rate, s);
    if (left_out(s)) return;
    switch (rate) {
        case RateCode::direct_answer_rate:
        case RateCode::dispatch_accuracy_rate:
            return of_centre(rate, s);
        case RateCode::on_time_sign_rate:
        case RateCode::first_contact_rate:
        case RateCode::sign_rate:
        case RateCode::response_rate:
        case RateCode::return_rate:
        case RateCode::refused_return_rate:
            return of_postings(rate, s);
        case RateCode::satisfaction_rate:
        case RateCode::satisfaction_rate_adjusted:
        case RateCode::solved_rate:
            return of_surveys(rate, s);
        case RateCode::callback_rate:
        case RateCode::valid_callback_rate:
            return of_callbacks(rate, s);
        case RateCode::overdue_rate:
        case RateCode::suspended_rate:
            throw std::logic_error("a picture of now is not reckoned from a year");
        default:
            return of_handling(rate, s);
    }
}

}  // namespace

Counts reckon(
    RateCode rate, const std::vector<Play>& plays, const Asked& asked, const std::set<Rule>& off
) {
    Clerk clerk(asked, off);
    for (const Play& play : plays) clerk.count(rate, play.story);
    return clerk.counts;
}

}  // namespace simulated_year
