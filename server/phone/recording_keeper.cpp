#include "server/phone/recording_keeper.hpp"

#include "integrations/ari/names.hpp"
#include "integrations/crypto/digest.hpp"
#include "integrations/mysql/audit_store.hpp"
#include "integrations/telephony/call_state.hpp"
#include "server/log.hpp"
#include "ticketing/json_text.hpp"

#include <optional>
#include <utility>

namespace hotline::phone {

namespace asio = boost::asio;
using mysql::Connection;
using mysql::Recording;
using telephony::RecordingState;
using ticketing::Instant;
using namespace std::chrono_literals;

namespace {

constexpr auto looked_every = 5s;
constexpr auto counted_every = 60s;
// Longer than a fetch may take: whoever has it is dead by then.
constexpr auto fetch_lease = std::chrono::milliseconds(10min);
constexpr std::size_t deleted_at_once = 100;
constexpr std::size_t changed_at_once = 10'000;
// Why a fetch brought nothing; the first two may be for good.
constexpr std::string_view not_there = "not there";
constexpr std::string_view no_recording = "no recording";

std::vector<int> states_over() {
    std::vector<int> states;
    for (const auto& [state, word] : names_of(telephony::CallState{})) {
        if (telephony::is_over(state)) states.push_back(static_cast<int>(state));
    }
    return states;
}

int number_of(RecordingState state) {
    return static_cast<int>(state);
}

mysql::AuditEntry audit_of_deletion(const Recording& recording, Instant now) {
    ticketing::JsonObject detail;
    detail.number("recorded_at", recording.recorded_at.time_since_epoch().count());
    detail.number("bytes", static_cast<std::int64_t>(recording.bytes));
    if (recording.seconds) detail.number("seconds", *recording.seconds);
    mysql::AuditEntry entry;
    entry.at = now;
    entry.action = "recording.delete";
    entry.object = "call:" + std::to_string(recording.call);
    entry.detail = detail.str();
    return entry;
}

// The row stays: that there was one, how long, and when it was deleted.
Result<void> delete_one(Connection& db, Recording recording, Instant now) {
    const auto entry = audit_of_deletion(recording, now);
    recording.state = number_of(RecordingState::deleted);
    recording.deleted_at = now;
    recording.digest.reset();
    recording.sealed_key.clear();
    auto settled = mysql::settle_recording(db, recording, number_of(RecordingState::kept));
    if (!settled) return std::unexpected(settled.error());
    return mysql::append_audit(db, entry, crypto::sm3);
}

// Those of calls that are over, which the records have not been told of, or had done with.
Result<void> note_stored(
    Connection& db, const std::string& source, const std::vector<std::string>& calls, Instant now
) {
    const auto known = mysql::recorded_calls(db, source, calls);
    if (!known) return std::unexpected(known.error());
    for (const auto& call : *known) {
        if (!telephony::is_over(static_cast<telephony::CallState>(call.call_state))) continue;
        Result<void> done;
        if (!call.state) {
            const auto place = ari::name_of(ari::Part::recording, call.call_id);
            const auto at = call.ended_at.value_or(now);
            done = mysql::note_recording(db, source, call.call_id, place, at);
        } else if (call.settled) {
            done = mysql::look_at_recording_again(db, source, call.call_id, now);
        }
        if (!done) return done;
    }
    return {};
}

}  // namespace

RecordingKeeper::RecordingKeeper(Needs needs, RecordingSettings settings)
    : needs_(std::move(needs)), settings_(std::move(settings)) {}

void RecordingKeeper::start(TaskGroup& tasks) {
    if (needs_.exchange != nullptr) {
        tasks.spawn("recordings", work());
        tasks.spawn("recordings nobody told of", look_every_hour());
    }
    tasks.spawn("recordings counted", count());
    tasks.spawn("old recordings", clear_every_hour());
}

asio::awaitable<void> RecordingKeeper::work() {
    for (;;) {
        bool more = true;
        while (more) more = co_await do_next();
        co_await sleep_for(looked_every);
    }
}

asio::awaitable<bool> RecordingKeeper::do_next() {
    if (!needs_.exchange->is_ready()) co_return false;
    const auto now = needs_.now();
    const mysql::RecordingsDue due{
        .source = settings_.source,
        .over = states_over(),
        .now = now,
        .settled_before = now - settings_.settles,
        .lease = fetch_lease
    };
    auto job = [due](Connection& db) { return mysql::take_recording(db, due); };
    auto taken = co_await needs_.pool.transact(std::move(job), mysql::Lane::background);
    if (!taken) {
        if (taken.error().code != ErrorCode::conflict) {
            log::trouble("recordings not looked for", taken.error());
        }
        co_return false;
    }
    if (!*taken) co_return false;
    const int state = (*taken)->state;
    const bool ours =
        state == number_of(RecordingState::kept) || state == number_of(RecordingState::deleted);
    if (ours) {
        co_await remove_there(std::move(**taken));
    } else {
        co_await fetch(std::move(**taken));
    }
    co_return true;
}

// Durable here before it is removed there: a death in between leaves it in both places, and the
// row says which is next.
asio::awaitable<void> RecordingKeeper::fetch(Recording recording) {
    const int before = recording.state;
    const std::string fault = co_await take_in(recording);
    const auto now = needs_.now();
    recording.fault = fault;
    if (fault.empty()) {
        recording.state = number_of(RecordingState::kept);
        recording.fetched_at = now;
        recording.keep_until =
            telephony::recording_kept_until(recording.recorded_at, settings_.keep);
        recording.next_try_at = now;
        recording.tries = 0;
        needs_.metrics.recordings_fetched.Increment();
    } else {
        needs_.metrics.recording_failures.Increment();
        const bool for_good = fault == not_there || fault == no_recording;
        if (for_good && telephony::is_recording_given_up(recording.recorded_at, now)) {
            recording.state = number_of(RecordingState::lost);
            recording.next_try_at.reset();
        } else {
            const auto wait = telephony::recording_tried_again_after(recording.tries);
            recording.next_try_at = now + wait;
        }
        log::write(
            log::Level::warn,
            "recording not fetched",
            {{"call", static_cast<std::int64_t>(recording.call)}, {"why", fault}}
        );
    }
    const bool settled = co_await settle(recording, before);
    if (!settled || !fault.empty()) co_return;
    needs_.kept(recording.call);
    co_await remove_there(std::move(recording));
}

// "" when it is ours, else why not.
asio::awaitable<std::string> RecordingKeeper::take_in(Recording& recording) {
    auto incoming = co_await needs_.vault.begin();
    if (!incoming) co_return incoming.error().detail;
    std::string fault;
    http_client::Sink sink = [&fault,
                              into = *incoming](std::string_view piece) -> asio::awaitable<bool> {
        const auto added = co_await into->add(piece);
        if (!added) fault = added.error().detail;
        co_return added.has_value();
    };
    const auto fetched = co_await needs_.exchange->recording(recording.place, std::move(sink));
    if (!fault.empty()) co_return fault;
    if (fetched == ari::Exchange::Fetched::not_there) co_return std::string(not_there);
    if (fetched != ari::Exchange::Fetched::came) co_return std::string("cut off or refused");
    const auto finished = co_await (*incoming)->finish(recording);
    if (finished) co_return std::string();
    const bool refused = finished.error().code == ErrorCode::file_refused;
    co_return refused ? std::string(no_recording) : finished.error().detail;
}

asio::awaitable<void> RecordingKeeper::remove_there(Recording recording) {
    const bool removed = co_await needs_.exchange->remove_recording(recording.place);
    recording.next_try_at.reset();
    recording.fault.clear();
    if (!removed) {
        recording.fault = "not removed at the exchange";
        recording.next_try_at =
            needs_.now() + telephony::recording_tried_again_after(recording.tries);
    }
    const int state = recording.state;
    co_await settle(std::move(recording), state);
}

// False: it is not so in the records. What was fetched meanwhile is swept, and fetched again.
asio::awaitable<bool> RecordingKeeper::settle(Recording recording, int from) {
    auto job = [recording, from](Connection& db) {
        return mysql::settle_recording(db, recording, from);
    };
    const auto settled = co_await needs_.pool.transact(std::move(job), mysql::Lane::background);
    if (!settled) log::trouble("recording not noted", settled.error());
    co_return settled && *settled;
}

asio::awaitable<bool> RecordingKeeper::look_at_exchange() {
    const auto names = co_await needs_.exchange->recordings();
    if (!names) co_return false;
    std::vector<std::string> calls;
    for (const std::string& name : *names) {
        const auto named = ari::read_name(name);
        if (named && named->part == ari::Part::recording) calls.push_back(named->call);
    }
    constexpr std::size_t at_once = 500;
    for (std::size_t from = 0; from < calls.size(); from += at_once) {
        const std::size_t until = std::min(calls.size(), from + at_once);
        std::vector<std::string> some(
            calls.begin() + static_cast<std::ptrdiff_t>(from),
            calls.begin() + static_cast<std::ptrdiff_t>(until)
        );
        auto job = [source = settings_.source, some, now = needs_.now()](Connection& db) {
            return note_stored(db, source, some, now);
        };
        const auto noted = co_await needs_.pool.transact(std::move(job), mysql::Lane::background);
        if (!noted) {
            log::trouble("recordings at the exchange not noted", noted.error());
            co_return false;
        }
    }
    co_return true;
}

asio::awaitable<void> RecordingKeeper::look_every_hour() {
    for (;;) {
        bool looked = false;
        if (needs_.exchange->is_ready()) looked = co_await look_at_exchange();
        co_await sleep_for(looked ? std::chrono::seconds(1h) : looked_every);
    }
}

// T48, T49. The key goes with the row, the file after it: one that is left behind nobody can read.
asio::awaitable<std::uint64_t> RecordingKeeper::delete_expired() {
    std::uint64_t deleted = 0;
    for (bool more = true; more;) {
        auto job = [now = needs_.now()](Connection& db) -> Result<std::vector<Recording>> {
            auto expired = mysql::expired_recordings(db, now, deleted_at_once);
            if (!expired) return expired;
            for (const Recording& one : *expired) {
                if (auto done = delete_one(db, one, now); !done) {
                    return std::unexpected(done.error());
                }
            }
            return expired;
        };
        const auto expired = co_await needs_.pool.transact(std::move(job), mysql::Lane::background);
        if (!expired) {
            log::trouble("old recordings not deleted", expired.error());
            co_return deleted;
        }
        for (const Recording& one : *expired) {
            if (one.digest) co_await needs_.vault.remove(*one.digest);
        }
        deleted += expired->size();
        more = expired->size() == deleted_at_once;
    }
    co_return deleted;
}

asio::awaitable<void> RecordingKeeper::clear_every_hour() {
    for (bool more = true; more;) {
        auto job = [keep = settings_.keep](Connection& db) {
            return mysql::keep_recordings_for(db, keep, changed_at_once);
        };
        const auto changed = co_await needs_.pool.transact(std::move(job), mysql::Lane::background);
        if (!changed) {
            log::trouble("time of recordings not changed", changed.error());
            co_await sleep_for(counted_every);
        }
        more = !changed || *changed == changed_at_once;
    }
    for (;;) {
        const auto deleted = co_await delete_expired();
        const auto before = std::chrono::system_clock::now() - 24h;
        const auto swept = co_await needs_.vault.sweep(needs_.pool, before);
        if (!swept) log::trouble("recordings not swept", swept.error());
        if (deleted > 0) {
            log::write(
                log::Level::info,
                "recordings deleted after their time",
                {{"recordings", static_cast<std::int64_t>(deleted)}}
            );
        }
        co_await sleep_for(1h);
    }
}

asio::awaitable<void> RecordingKeeper::count() {
    for (;;) {
        auto job = [before = needs_.now() - telephony::recording_overdue_after](Connection& db) {
            return mysql::count_recordings(db, before);
        };
        const auto counts = co_await needs_.pool.read(std::move(job), mysql::Lane::background);
        if (counts) {
            needs_.metrics.recordings_waiting.Set(static_cast<double>(counts->waiting));
            needs_.metrics.recordings_overdue.Set(static_cast<double>(counts->overdue));
            needs_.metrics.recordings_lost.Set(static_cast<double>(counts->lost));
        }
        co_await sleep_for(counted_every);
    }
}

}  // namespace hotline::phone
