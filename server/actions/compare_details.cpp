#include "server/actions/compare_details.hpp"

#include "integrations/crypto/digest.hpp"
#include "integrations/mysql/call_detail_store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

namespace hotline::actions {
namespace {

using mysql::Connection;
using telephony::CallDetail;
using telephony::CallStory;
using telephony::DetailDifference;
using ticketing::Instant;

constexpr std::size_t recorded_at_once = 100;
constexpr std::size_t stem_digits = 32;

// T43: as much of a story as the books can be held against.
CallStory short_story(const mysql::ToldCall& call) {
    CallStory story;
    story.state = static_cast<telephony::CallState>(call.state);
    story.answered_at = call.answered_at;
    story.ended_at = call.ended_at;
    return story;
}

// The same for the same call, whenever its books are told.
std::string stem_of(const std::string& call_id) {
    return "cdr." + crypto::hex(crypto::sha256(call_id)).substr(0, stem_digits);
}

std::optional<std::chrono::milliseconds> ours_of(const CallStory* story) {
    if (story == nullptr) return std::nullopt;
    return telephony::talk_time(story->answered_at, story->ended_at);
}

class Comparison {
public:
    Comparison(Connection& db, const std::string& source, const DetailList& list, Instant now)
        : db_(db), source_(source), list_(list), now_(now) {}

    Result<DetailsCompared> run();

private:
    Result<void> read_known();
    Result<void> find_not_told();
    Result<void> record_missing();
    Result<void> keep();
    void compare(const CallDetail& detail);
    void note(
        const std::string& call_id,
        DetailDifference kind,
        const CallStory* story,
        std::optional<std::chrono::milliseconds> theirs
    );

    Connection& db_;
    const std::string& source_;
    const DetailList& list_;
    Instant now_;
    std::map<std::string, CallStory, std::less<>> known_;
    std::map<std::string, std::vector<telephony::CtiEvent>> missing_;  // by call, in its order
    std::vector<mysql::CallDetailDifference> differences_;
    DetailsCompared compared_;
};

Result<void> Comparison::read_known() {
    std::vector<std::string> told;
    for (const CallDetail& detail : list_.calls) told.push_back(detail.call_id);
    const auto known = mysql::told_calls(db_, source_, told);
    if (!known) return std::unexpected(known.error());
    for (const auto& call : *known) known_[call.call_id] = short_story(call);
    return {};
}

void Comparison::note(
    const std::string& call_id,
    DetailDifference kind,
    const CallStory* story,
    std::optional<std::chrono::milliseconds> theirs
) {
    differences_.push_back({0, call_id, static_cast<int>(kind), ours_of(story), theirs});
    switch (kind) {
        case DetailDifference::unknown_call:
            ++compared_.taken_up;
            break;
        case DetailDifference::end_missed:
            ++compared_.ended;
            break;
        case DetailDifference::answer:
        case DetailDifference::talk_time:
            ++compared_.differing;
            break;
        case DetailDifference::not_in_details:
            ++compared_.not_told;
            break;
    }
}

void Comparison::compare(const CallDetail& detail) {
    const auto found = known_.find(detail.call_id);
    const CallStory* story = found != known_.end() ? &found->second : nullptr;
    const auto kind = telephony::difference(detail, story);
    if (!kind) return;
    note(detail.call_id, *kind, story, telephony::talk_time(detail.answered_at, detail.ended_at));
    auto events = telephony::missing_events(detail, story, stem_of(detail.call_id));
    if (!events.empty()) missing_[detail.call_id] = std::move(events);
}

Result<void> Comparison::find_not_told() {
    std::set<std::string_view> told;
    for (const CallDetail& detail : list_.calls) told.insert(detail.call_id);
    const auto ended = mysql::told_calls_ended(
        db_,
        source_,
        list_.from - telephony::longest_told_call,
        list_.from + telephony::edge_of_details,
        list_.until - telephony::edge_of_details
    );
    if (!ended) return std::unexpected(ended.error());
    for (const auto& call : *ended) {
        if (told.contains(call.call_id)) continue;
        const CallStory story = short_story(call);
        note(call.call_id, DetailDifference::not_in_details, &story, std::nullopt);
    }
    return {};
}

// Call after call in the order of their names, in which everybody locks them.
Result<void> Comparison::record_missing() {
    std::vector<telephony::CtiEvent> events;
    const auto record = [&]() -> Result<void> {
        if (events.empty()) return {};
        const auto told = std::exchange(events, {});
        auto some = record_cti_events(db_, source_, told, now_, CtiTelling::afterwards);
        if (!some) return std::unexpected(some.error());
        compared_.record.add(std::move(*some));
        return {};
    };
    for (auto& [call, of_call] : missing_) {
        std::ranges::move(of_call, std::back_inserter(events));
        if (events.size() < recorded_at_once) continue;
        if (auto done = record(); !done) return done;
    }
    return record();
}

Result<void> Comparison::keep() {
    mysql::CallDetailList row;
    row.source = source_;
    row.from = list_.from;
    row.until = list_.until;
    row.told_at = now_;
    row.told = list_.calls.size();
    const auto id = mysql::keep_detail_list(db_, row);
    if (!id) return std::unexpected(id.error());
    return mysql::replace_differences(
        db_,
        *id,
        {static_cast<int>(DetailDifference::unknown_call),
         static_cast<int>(DetailDifference::end_missed)},
        differences_
    );
}

Result<DetailsCompared> Comparison::run() {
    if (auto done = read_known(); !done) return std::unexpected(done.error());
    for (const CallDetail& detail : list_.calls) compare(detail);
    if (auto done = find_not_told(); !done) return std::unexpected(done.error());
    if (auto done = keep(); !done) return std::unexpected(done.error());
    if (auto done = record_missing(); !done) return std::unexpected(done.error());
    return std::move(compared_);
}

}  // namespace

Result<DetailsCompared> compare_details(
    Connection& db, const std::string& source, const DetailList& list, Instant now
) {
    return Comparison(db, source, list, now).run();
}

Result<CheckResult> check_details(Connection& db, Instant now) {
    CheckResult result{.name = "call details"};
    const auto told = mysql::details_told(db, now - telephony::details_expected_for);
    if (!told) return std::unexpected(told.error());
    for (const auto& [source, until] : *told) {
        ++result.looked_at;
        if (now - until <= telephony::details_expected_every) continue;
        result.fault(fmt::format("{}: no call details for two days", source));
    }
    const auto strange = mysql::count_differences(
        db,
        static_cast<int>(DetailDifference::not_in_details),
        now - telephony::details_expected_for
    );
    if (!strange) return std::unexpected(strange.error());
    result.looked_at += strange->calls;
    result.faults(
        strange->calls, fmt::format("call {}: not in its platform's books", strange->first)
    );
    return result;
}

}  // namespace hotline::actions
