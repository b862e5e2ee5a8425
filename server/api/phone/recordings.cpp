#include "server/api/phone/recordings.hpp"

#include "integrations/telephony/recording_rules.hpp"
#include "server/api/disposition.hpp"
#include "server/api/dto.hpp"
#include "server/auth/audit.hpp"
#include "server/http/byte_range.hpp"
#include "ticketing/json_text.hpp"

#include <algorithm>

namespace hotline::api {
namespace {

namespace asio = boost::asio;
using http::Request;
using http::Response;
using namespace std::chrono_literals;

// T50: a player asks for one recording many times; so long that is one hearing.
constexpr auto one_hearing = 10min;
constexpr std::size_t most_remembered = 10'000;
// A player is sent this much at a time, a minute of speech, and asks for the next when it needs it
// (RFC 9110, section 15.3.7: a server may send less than was asked for).
constexpr std::uint64_t longest_part = 1024UZ * 1024;

mysql::AuditEntry audit_of_hearing(
    const Request& request,
    const ticketing::Actor& actor,
    const mysql::RecordingOfCall& found,
    ticketing::Instant now
) {
    ticketing::JsonObject detail;
    detail.text("call_id", found.call_id).raw("ticket", found.filed ? "true" : "false");
    return auth::audit_entry(
        auth::caller_of(request),
        actor,
        "recording.hear",
        "call:" + std::to_string(found.recording.call),
        now,
        detail.str()
    );
}

Response head_of(const mysql::Recording& recording) {
    const std::string name = "录音-" + std::to_string(recording.call) + ".wav";
    Response response;
    response.set("content-type", "audio/wav").set("accept-ranges", "bytes");
    response.set("cache-control", "no-store");
    response.set("content-disposition", disposition(Saving::shown, "recording.wav", name));
    return response;
}

}  // namespace

RecordingsApi::RecordingsApi(
    auth::Guard& guard,
    mysql::Pool& pool,
    actions::RecordingVault& vault,
    Metrics& metrics,
    auth::Clock clock
)
    : guard_(guard), pool_(pool), vault_(vault), metrics_(metrics), clock_(std::move(clock)) {}

bool RecordingsApi::is_new(Hearing hearing, ticketing::Instant now) const {
    const auto last = heard_.find(hearing);
    return last == heard_.end() || now - last->second >= one_hearing;
}

void RecordingsApi::note(Hearing hearing, ticketing::Instant now) {
    if (heard_.size() >= most_remembered) {
        std::erase_if(heard_, [now](const auto& one) { return now - one.second >= one_hearing; });
    }
    // Whoever hears that much is told of more often.
    if (heard_.size() >= most_remembered) heard_.clear();
    heard_[hearing] = now;
    metrics_.recordings_heard.Increment();
}

asio::awaitable<Response> RecordingsApi::hear(Request request) {
    const auto actor = co_await guard_.who_may(request, ticketing::Verb::recording_hear);
    if (!actor) co_return http::problem(request, actor.error());
    const auto call = path_id(request, "phone_call_id");
    if (!call) co_return http::problem(request, call.error());
    const auto now = clock_();
    const Hearing hearing{actor->user.value, *call};
    const bool audited = is_new(hearing, now);
    const auto job = [&](mysql::Connection& db) -> Result<mysql::Recording> {
        auto found = mysql::find_recording(db, *call);
        if (!found) return std::unexpected(found.error());
        if (!*found) return fail(ErrorCode::not_found);
        const ticketing::RecordedCall facts{(*found)->agent, (*found)->filed, (*found)->hidden};
        const bool kept =
            (*found)->recording.state == static_cast<int>(telephony::RecordingState::kept);
        if (!kept || !may_hear(*actor, facts)) return fail(ErrorCode::not_found);
        if (audited) {
            const auto entry = audit_of_hearing(request, *actor, **found, now);
            if (auto noted = auth::record(db, entry); !noted) {
                return std::unexpected(noted.error());
            }
        }
        return std::move((*found)->recording);
    };
    // Whoever seeks asks many times, and is noted once.
    Result<mysql::Recording> recording = fail(ErrorCode::internal);
    if (audited) {
        recording = co_await pool_.transact(job);
    } else {
        recording = co_await pool_.read(job);
    }
    if (!recording) co_return http::problem(request, recording.error());
    if (audited) note(hearing, now);
    Response response = head_of(*recording);
    auto part = http::range_asked(request, recording->bytes);
    if (part && !http::mark_as_part(response, *part, recording->bytes)) co_return response;
    http::ByteRange wanted{0, recording->bytes - 1};
    if (part) {
        wanted = {part->first, std::min(part->last, part->first + longest_part - 1)};
        http::mark_as_part(response, wanted, recording->bytes);
    }
    auto bytes = co_await vault_.hand_out(*recording, wanted.first, wanted.length());
    if (!bytes) co_return http::problem(request, bytes.error());
    response.shared_body = std::move(*bytes);
    co_return response;
}

void RecordingsApi::add_routes(std::vector<http::Route>& routes) {
    routes.push_back(
        {http::Method::get,
         "/api/v1/calls/{phone_call_id}/recording",
         [this](Request r) { return hear(std::move(r)); }}
    );
}

}  // namespace hotline::api
