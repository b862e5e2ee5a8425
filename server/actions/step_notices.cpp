#include "server/actions/step_notices.hpp"

#include "integrations/mysql/notice_work.hpp"
#include "integrations/mysql/outbox_store.hpp"
#include "ticketing/lifecycle/ticket_clocks.hpp"

#include <algorithm>
#include <unordered_map>

namespace hotline::actions {
namespace {

using mysql::DueNotice;
using mysql::NewNotice;
using ticketing::notices::Ending;
using ticketing::notices::Occasion;
using ticketing::notices::Standing;
using NoticeStep = ticketing::notices::Step;
using ticketing::notices::Told;
using ticketing::notices::Weight;

// What steps are decided by, read once for all.
struct Known {
    std::unordered_map<std::uint64_t, ticketing::Ticket> tickets;
    std::unordered_map<std::uint64_t, mysql::Reach> reach;
    ticketing::notices::Roster roster;
};

template <class Id>
void each_once(std::vector<Id>& ids) {
    std::ranges::sort(ids);
    ids.erase(std::ranges::unique(ids).begin(), ids.end());
}

Result<Known> read_known(
    mysql::Connection& db, const std::vector<DueNotice>& due, const NoticeWays& ways
) {
    Known known;
    std::vector<ticketing::TicketId> ids;
    std::vector<ticketing::UserId> receivers;
    for (const DueNotice& notice : due) {
        if (notice.ticket) ids.push_back(notice.ticket);
        receivers.push_back(notice.receiver);
    }
    each_once(receivers);
    each_once(ids);
    auto lines = mysql::changed_tickets(db, ids);
    if (!lines) return std::unexpected(lines.error());
    for (auto& line : *lines) known.tickets.emplace(line.ticket.id.value, std::move(line.ticket));
    auto reach = mysql::read_reach(db, receivers, ways.mail);
    if (!reach) return std::unexpected(reach.error());
    known.reach = std::move(*reach);
    if (ids.empty()) return known;
    auto roster = mysql::read_roster(db);
    if (!roster) return std::unexpected(roster.error());
    known.roster = std::move(*roster);
    return known;
}

const ticketing::Ticket* ticket_of(const Known& known, const DueNotice& notice) {
    const auto found = known.tickets.find(notice.ticket.value);
    return found == known.tickets.end() ? nullptr : &found->second;
}

// G11.
bool settled(const Known& known, const DueNotice& notice) {
    const auto* person = known.roster.user(notice.receiver);
    if (!known.reach.contains(notice.receiver.value)) return true;  // the account is no more
    if (!notice.ticket) return false;
    const auto* ticket = ticket_of(known, notice);
    if (ticket == nullptr || person == nullptr) return true;
    return is_settled(notice.course.occasion, notice.course.standing, *person, *ticket);
}

// Of the unit the receiver works for.
const sla::Calendar& calendar_of(const Known& known, const DueNotice& notice, const City& city) {
    const auto* person = known.roster.user(notice.receiver);
    const auto* own =
        person == nullptr ? nullptr : city.unit_calendars.of(person->unit, city.directory);
    return own == nullptr ? city.calendar : *own;
}

// G14: a newer one of the same sweep about the same ticket takes this one's place.
bool replaced_by_newer(const DueNotice& old, const std::vector<DueNotice>& due) {
    if (!old.ticket || old.course.rung > 0) return false;
    return std::ranges::any_of(due, [&](const DueNotice& newer) {
        return newer.ticket == old.ticket && newer.receiver == old.receiver &&
               newer.seq > old.seq &&
               takes_the_place(
                   newer.course.occasion,
                   newer.course.standing,
                   old.course.occasion,
                   old.course.standing,
                   old.course.rung
               );
    });
}

// G15: those of one receiver that waited for the shift.
struct Morning {
    std::vector<std::size_t> places;  // in the list of steps
    bool summary = false;
};

// The first rung of a duty counts as taken by the summary; everything else ends in it.
void put_in_summary(NoticeStep& step, const DueNotice& notice) {
    const auto weight = weight_of(notice.course.occasion, notice.course.standing);
    step.send = {};
    if (weight == Weight::duty && step.next_at) return;
    step.next_at.reset();
    step.ending = Ending::summarised;
}

std::vector<NewNotice> summaries(
    const std::vector<DueNotice>& due,
    std::vector<mysql::StepTaken>& steps,
    const NoticeWays& ways,
    ticketing::Instant now
) {
    std::unordered_map<std::uint64_t, Morning> mornings;
    for (std::size_t i = 0; i < due.size(); ++i) {
        if (due[i].held && !steps[i].step.held && steps[i].step.rung > 0) {
            mornings[due[i].receiver.value].places.push_back(i);
        }
    }
    std::vector<NewNotice> made;
    const auto day = sla::local_day(now).time_since_epoch().count();
    for (const auto& [receiver, morning] : mornings) {
        if (static_cast<int>(morning.places.size()) < ways.rules.pace.summary_from) continue;
        for (const std::size_t place : morning.places) {
            put_in_summary(steps[place].step, due[place]);
        }
        NewNotice& notice = made.emplace_back();
        notice.seq = static_cast<std::uint64_t>(day);
        notice.told = {{receiver}, Occasion::shift_summary, Standing::reader, true};
        notice.matters = static_cast<std::uint32_t>(morning.places.size());
        notice.at = notice.made_at = now;
    }
    return made;
}

// G18: who has set no quiet hours has the usual ones.
ticketing::notices::Preferences preferences_under(
    const ticketing::notices::Rules& rules, const mysql::Reach& reach
) {
    auto preferences = reach.preferences;
    if (reach.own) return preferences;
    preferences.quiet_from = rules.quiet_from;
    preferences.quiet_to = rules.quiet_to;
    return preferences;
}

const mysql::Reach& reach_of(const Known& known, const DueNotice& notice) {
    static const mysql::Reach nowhere;
    const auto found = known.reach.find(notice.receiver.value);
    return found == known.reach.end() ? nowhere : found->second;
}

NoticeStep step_of(
    const ticketing::notices::Course& course,
    const mysql::Reach& reach,
    const NoticeWays& ways,
    const sla::Calendar& calendar,
    ticketing::Instant now
) {
    const auto open = permitted(
        ways.rules,
        course.occasion,
        course.standing,
        course.urgency,
        {reach.addresses.bits & ways.channels.bits}
    );
    return next_step(
        course, preferences_under(ways.rules, reach), open, ways.rules.pace, calendar, now
    );
}

// G13.
void ask_stand_ins(
    std::vector<NewNotice>& made,
    const Known& known,
    const DueNotice& notice,
    const City& city,
    ticketing::Instant now
) {
    const auto* ticket = ticket_of(known, notice);
    if (ticket == nullptr) return;
    const Told of{notice.receiver, notice.course.occasion, notice.course.standing, true};
    for (const Told& told : stand_ins_of(of, *ticket, known.roster, city.directory)) {
        made.push_back({notice.ticket, notice.seq, told, notice.course.urgency, 0, now, now});
    }
}

}  // namespace

Result<SteppedNotices> step_notices(
    mysql::Connection& db,
    const City& city,
    const NoticeWays& ways,
    ticketing::Instant now,
    std::size_t limit
) {
    SteppedNotices stepped;
    const auto due = mysql::take_due_notices(db, now, limit);
    if (!due) return std::unexpected(due.error());
    stepped.taken = due->size();
    if (due->empty()) return stepped;
    const auto known = read_known(db, *due, ways);
    if (!known) return std::unexpected(known.error());

    std::vector<mysql::StepTaken> steps;
    std::vector<NewNotice> made;
    for (const DueNotice& notice : *due) {
        auto course = notice.course;
        course.settled = settled(*known, notice);
        mysql::StepTaken& taken = steps.emplace_back();
        taken.notice = notice.id;
        if (replaced_by_newer(notice, *due)) {
            taken.step.ending = Ending::coalesced;
            continue;
        }
        const mysql::Reach& reach = reach_of(*known, notice);
        taken.step = step_of(course, reach, ways, calendar_of(*known, notice, city), now);
        taken.devices = reach.devices;
        if (taken.step.ask_stand_in) ask_stand_ins(made, *known, notice, city, now);
    }
    for (NewNotice& summary : summaries(*due, steps, ways, now)) made.push_back(std::move(summary));
    for (const auto& taken : steps) stepped.sent.bits |= taken.step.send.bits;
    if (auto done = mysql::take_steps(db, steps, now); !done) return std::unexpected(done.error());
    if (auto done = mysql::insert_notices(db, made); !done) return std::unexpected(done.error());
    return stepped;
}

}  // namespace hotline::actions
