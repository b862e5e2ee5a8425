#include "server/actions/record_cti_events.hpp"

#include "integrations/mysql/call_store.hpp"
#include "integrations/mysql/enterprise_store.hpp"
#include "integrations/telephony/call_state.hpp"
#include "integrations/telephony/number.hpp"
#include "server/actions/agent_moves.hpp"
#include "server/actions/call_back.hpp"
#include "server/cti_payload.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace hotline::actions {
namespace {

using mysql::CallEvent;
using mysql::PhoneCall;
using telephony::CallStory;
using telephony::CtiEvent;

using EventsByCall = std::map<std::string, std::vector<CtiEvent>>;
using Stories = std::map<std::string, CallStory>;
using SizeByCall = std::map<std::string, std::size_t>;

// One request's events on their way.
struct Request {
    mysql::Connection& db;
    const std::string& source;
    std::span<const CtiEvent> events;
    ticketing::Instant now;
    std::vector<CtiOutcome> outcomes{};
};

// The events to be kept, marked in the outcomes; of one sent twice in the same request the first.
Result<std::vector<const CtiEvent*>> unseen(Request& request) {
    std::vector<std::string> ids;
    for (const CtiEvent& event : request.events) ids.push_back(event.event_id);
    const auto known = mysql::known_call_events(request.db, request.source, ids);
    if (!known) return std::unexpected(known.error());
    std::set<std::string_view> seen(known->begin(), known->end());
    std::vector<const CtiEvent*> fresh;
    for (const CtiEvent& event : request.events) {
        const bool is_new = seen.insert(event.event_id).second;
        request.outcomes.push_back(is_new ? CtiOutcome::accepted : CtiOutcome::duplicate);
        if (is_new) fresh.push_back(&event);
    }
    return fresh;
}

Result<EventsByCall> events_by_call(
    mysql::Connection& db, const std::string& source, const std::vector<std::string>& call_ids
) {
    const auto stored = mysql::read_call_events(db, source, call_ids);
    if (!stored) return std::unexpected(stored.error());
    EventsByCall calls;
    for (const CallEvent& row : *stored) {
        auto event = decode_cti(row.body);
        if (!event) return std::unexpected(event.error());
        calls[row.call_id].push_back(std::move(*event));
    }
    return calls;
}

// Adds the fresh events to what is known of their calls, as long as there is room, and keeps those.
Result<void> keep(
    Request& request, const std::vector<const CtiEvent*>& fresh, EventsByCall& calls
) {
    std::vector<CallEvent> rows;
    for (const CtiEvent* event : fresh) {
        auto& known = calls[event->call_id];
        if (known.size() >= most_events_of_a_call) {
            const auto place = static_cast<std::size_t>(event - request.events.data());
            request.outcomes[place] = CtiOutcome::call_full;
            continue;
        }
        known.push_back(*event);
        const std::string type{ticketing::name(event->kind)};
        rows.push_back(
            {request.source,
             event->event_id,
             event->call_id,
             type,
             event->occurred_at,
             request.now,
             encode_cti(*event)}
        );
    }
    return mysql::insert_call_events(request.db, rows);
}

void tell(PhoneCall& call, const CallStory& story) {
    call.state = static_cast<int>(story.state);
    call.direction = static_cast<int>(story.direction);
    call.ani = telephony::number_of(story.ani);
    call.dnis = telephony::number_of(story.dnis);
    call.queue = story.queue;
    call.offered_at = story.offered_at;
    call.queued_at = story.queued_at;
    call.ringing_at = story.ringing_at;
    call.answered_at = story.answered_at;
    call.ended_at = story.ended_at;
    call.recording = story.recording;
    call.score = story.score;
    call.last_seq = story.last_seq;
}

// The register's only enterprise with this number; else the one this number last spoke for.
Result<ticketing::EnterpriseId> enterprise_calling(
    mysql::Connection& db, const CallStory& story, const PhoneCall& call
) {
    const bool incoming = story.direction == telephony::Direction::in;
    const std::string& number = incoming ? call.ani : call.dnis;
    if (number.empty()) return ticketing::EnterpriseId{};
    const auto found = mysql::find_enterprises_by_phone(db, {&number, 1});
    if (!found) return std::unexpected(found.error());
    if (found->size() == 1) return found->front().id;
    return mysql::last_enterprise_of(db, number);
}

Result<std::map<std::string, ticketing::UserId>> agents(
    mysql::Connection& db, const Stories& stories
) {
    std::set<std::string> extensions;
    for (const auto& [call_id, story] : stories) {
        if (!story.agent.empty()) extensions.insert(story.agent);
    }
    const auto owners = mysql::extension_owners(db, {extensions.begin(), extensions.end()});
    if (!owners) return std::unexpected(owners.error());
    std::map<std::string, ticketing::UserId> by_extension;
    for (const auto& owner : *owners) by_extension.try_emplace(owner.extension, owner.account);
    return by_extension;
}

Stories stories_of(const EventsByCall& events) {
    Stories stories;
    for (const auto& [call_id, known] : events) stories[call_id] = story_of(known);
    return stories;
}

Result<void> bring_up_to_date(
    mysql::Connection& db,
    std::vector<PhoneCall>& calls,
    const Stories& before,
    Stories stories,
    ticketing::Instant now,
    CtiRecord& record
) {
    const auto owners = agents(db, stories);
    if (!owners) return std::unexpected(owners.error());
    for (PhoneCall& call : calls) {
        const CallStory& story = stories[call.call_id];
        tell(call, story);
        // Whose extension it was then: extensions move on, and recordings come late.
        const auto earlier = before.find(call.call_id);
        const bool same_agent = earlier != before.end() && earlier->second.agent == story.agent;
        if (!call.agent || !same_agent) {
            const auto owner = owners->find(story.agent);
            const auto taker = owner == owners->end() ? ticketing::UserId{} : owner->second;
            if (call.agent && call.agent != taker) {
                record.left.push_back({call.agent, call.call_id});
            }
            call.agent = taker;
        }
        if (!call.enterprise) {
            const auto enterprise = enterprise_calling(db, story, call);
            if (!enterprise) return std::unexpected(enterprise.error());
            call.enterprise = *enterprise;
        }
        if (const auto stored = mysql::store_call(db, call); !stored) return stored;
        const auto moved = follow_call(db, call, story, now);
        if (!moved) return std::unexpected(moved.error());
        record.callbacks |= *moved;
    }
    return {};
}

std::vector<std::string> calls_of(const std::vector<const CtiEvent*>& events) {
    std::set<std::string> names;
    for (const CtiEvent* event : events) names.insert(event->call_id);
    return {names.begin(), names.end()};
}

// `known`: how many of a call's events were there before; the fresh ones stand behind them.
std::vector<WordsOfCall> words_of(
    const EventsByCall& events, const SizeByCall& known, CtiTelling telling
) {
    std::vector<WordsOfCall> calls;
    for (const auto& [call_id, all] : events) {
        const auto before = known.find(call_id);
        const std::size_t size = before == known.end() ? 0 : before->second;
        const std::span<const CtiEvent> told(all);
        auto words = agent_words(told.first(size), told.subspan(size));
        if (telling == CtiTelling::afterwards) {
            std::erase_if(words, [](const telephony::AgentWord& word) {
                return word.word != telephony::CallWord::left;
            });
        }
        calls.push_back({call_id, std::move(words)});
    }
    return calls;
}

template <class T>
void append(std::vector<T>& all, std::vector<T> more) {
    all.insert(
        all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end())
    );
}

}  // namespace

void CtiRecord::add(CtiRecord more) {
    append(outcomes, std::move(more.outcomes));
    append(calls, std::move(more.calls));
    append(left, std::move(more.left));
    append(agents, std::move(more.agents));
    callbacks = callbacks || more.callbacks;
}

Result<CtiRecord> record_cti_events(
    mysql::Connection& db,
    const std::string& source,
    std::span<const CtiEvent> events,
    ticketing::Instant now,
    CtiTelling telling
) {
    Request request{db, source, events, now};
    const auto fresh = unseen(request);
    if (!fresh) return std::unexpected(fresh.error());
    if (fresh->empty()) return CtiRecord{std::move(request.outcomes), {}, {}, {}, false};
    const auto names = calls_of(*fresh);
    auto calls = mysql::lock_calls(db, source, names);
    if (!calls) return std::unexpected(calls.error());
    auto known = events_by_call(db, source, names);
    if (!known) return std::unexpected(known.error());
    const Stories before = stories_of(*known);
    SizeByCall sizes;
    for (const auto& [call_id, events_of_it] : *known) sizes[call_id] = events_of_it.size();
    const auto kept = keep(request, *fresh, *known);
    if (!kept) return std::unexpected(kept.error());
    CtiRecord record;
    const auto done = bring_up_to_date(db, *calls, before, stories_of(*known), now, record);
    if (!done) return std::unexpected(done.error());
    auto moved = follow_calls(db, source, words_of(*known, sizes, telling), now);
    if (!moved) return std::unexpected(moved.error());
    record.agents = std::move(*moved);
    record.outcomes = std::move(request.outcomes);
    for (const PhoneCall& call : *calls) record.calls.push_back(call.id);
    return record;
}

}  // namespace hotline::actions
