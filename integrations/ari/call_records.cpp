#include "integrations/ari/call_records.hpp"

#include "integrations/ari/event.hpp"
#include "integrations/ari/names.hpp"
#include "integrations/telephony/call_command.hpp"

#include <algorithm>
#include <ctime>
#include <map>
#include <optional>

namespace hotline::ari {
namespace {

using telephony::CallDetail;
using ticketing::Instant;

// In the order cdr_csv writes them.
enum Cell : std::size_t {
    source = 1,
    destination = 2,
    context = 3,
    other_channel = 6,
    last_program = 7,
    began = 9,
    answered = 10,
    ended = 11,
    outcome = 14,
    name = 16,
    cells = 17,
};

// "2026-11-28 07:39:15", UTC.
std::optional<Instant> second_of(const std::string& text) {
    std::tm parts{};
    const char* rest = strptime(text.c_str(), "%Y-%m-%d %H:%M:%S", &parts);
    if (rest == nullptr || *rest != '\0') return std::nullopt;
    return Instant(std::chrono::seconds(timegm(&parts)));
}

bool is_outgoing(const RecordLine& line) {
    return line.cells[name].starts_with(telephony::our_calls);
}

// A caller's channel: by the dialplan of ours it went through, or by a name we gave it.
bool is_call(const RecordLine& line) {
    if (read_name(line.cells[name])) return false;
    const std::string& where = line.cells[context];
    return is_outgoing(line) || where == "from-trunk" || where.starts_with("hotline-");
}

// That a channel is answered says nothing of an agent, except of a call of ours, which nobody
// answers for the other end. Of the dialplan's own queue it is known whom it rang through to, not
// when.
void add_answer(const RecordLine& line, CallDetail& detail) {
    if (is_outgoing(line)) {
        detail.answered_at = second_of(line.cells[answered]);
        detail.answered = detail.answered_at.has_value();
    } else if (line.cells[last_program] == "Queue") {
        // Whom it rang at in vain is named as well.
        if (line.cells[outcome] == "ANSWERED") {
            detail.agent = endpoint_of(line.cells[other_channel]);
        }
        detail.answered = !detail.agent.empty();
    }
}

// Nothing: the line is not as cdr.conf has it.
std::optional<CallDetail> detail_of(const RecordLine& line) {
    if (line.cells.size() < cells || line.cells[name].empty()) return std::nullopt;
    const auto first = second_of(line.cells[began]);
    const auto last = second_of(line.cells[ended]);
    if (!first || !last) return std::nullopt;
    CallDetail detail;
    detail.call_id = line.cells[name];
    detail.direction = is_outgoing(line) ? telephony::Direction::out : telephony::Direction::in;
    detail.ani = line.cells[source];
    if (!is_outgoing(line)) detail.dnis = line.cells[destination];
    detail.offered_at = *first;
    detail.ended_at = *last;
    add_answer(line, detail);
    return detail;
}

// A channel that spoke with several has a line for each.
void join_lines(CallDetail& all, const CallDetail& more) {
    all.offered_at = std::min(all.offered_at, more.offered_at);
    all.ended_at = std::max(all.ended_at, more.ended_at);
    if (more.answered && all.answered != true) all.answered = more.answered;
    if (all.agent.empty()) all.agent = more.agent;
    if (!more.answered_at) return;
    all.answered_at = std::min(all.answered_at.value_or(*more.answered_at), *more.answered_at);
}

}  // namespace

Result<std::vector<CallDetail>> details_of_records(
    std::span<const RecordLine> lines, Instant from, Instant until
) {
    std::map<std::string, CallDetail> by_call;
    for (const RecordLine& line : lines) {
        auto detail = detail_of(line);
        if (!detail) {
            return fail(
                ErrorCode::validation_failed,
                "line " + std::to_string(line.number) +
                    " is not as cdr.conf has it (UTC, with the channel's name)"
            );
        }
        if (!is_call(line)) continue;
        const std::string call = detail->call_id;
        const auto [known, fresh] = by_call.try_emplace(call, *detail);
        if (!fresh) join_lines(known->second, *detail);
    }
    std::vector<CallDetail> details;
    for (auto& [call, detail] : by_call) {
        const bool within = detail.ended_at >= from && detail.ended_at < until;
        if (within) details.push_back(std::move(detail));
    }
    return details;
}

}  // namespace hotline::ari
