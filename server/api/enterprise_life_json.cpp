#include "server/api/enterprise_life_json.hpp"

#include "integrations/telephony/call_state.hpp"
#include "server/api/dto.hpp"
#include "server/api/enterprise_json.hpp"
#include "server/api/phone/recording_json.hpp"
#include "sla/date_text.hpp"
#include "ticketing/json_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace hotline::api {
namespace {

using ticketing::Instant;
using ticketing::JsonObject;

// A call counts from when it was first told of.
Instant began(const mysql::PhoneCall& call) {
    for (const auto& at : {call.offered_at, call.queued_at, call.ringing_at, call.answered_at}) {
        if (at) return *at;
    }
    return call.ended_at.value_or(Instant{});
}

// Schema LifeTicket: what he may not open he is not sent to.
std::string life_ticket_json(
    const mysql::TicketLine& line, const Viewer& viewer, const std::vector<std::uint64_t>& readable
) {
    JsonObject out;
    out.raw("ticket", summary_json(line, viewer));
    const bool may_open = std::ranges::binary_search(readable, line.ticket.id.value);
    return out.raw("readable", may_open ? "true" : "false").str();
}

std::string life_card_json(const ticketing::organisation::Card& card, const City& city) {
    JsonObject out;
    out.number("official_id", static_cast<std::int64_t>(card.official.value));
    if (const auto* official = city.directory.official(card.official)) {
        out.text("official_name", official->name);
        if (const auto* unit = city.directory.unit(official->unit)) {
            out.text("unit_name", unit->name);
        }
    }
    out.text("since", sla::date_text(card.since));
    return out.raw("active", card.active ? "true" : "false").str();
}

std::string rating_json(const ticketing::MonthOfRatings& month) {
    JsonObject out;
    out.text("month", month.month).number("rated", month.rated);
    return out.number("satisfied", month.satisfied).number("solved", month.solved).str();
}

std::string words_json(const ticketing::CountedWords& words) {
    return JsonObject().text("text", words.text).number("tickets", words.tickets).str();
}

std::string figures_json(const EnterpriseLife& life) {
    const auto& figures = life.figures;
    JsonObject out;
    out.number("tickets", figures.tickets).number("open", figures.open);
    out.number("visits", figures.visits);
    out.raw("all_counted", life.all_counted ? "true" : "false");
    if (figures.first_at) out.text("first_at", to_text(*figures.first_at));
    out.raw("ratings", ticketing::json_array(figures.ratings, rating_json));
    out.raw("topics", ticketing::json_array(figures.topics, words_json));
    out.raw("words", ticketing::json_array(figures.words, words_json));
    return out.str();
}

// One entry on its way into the page, by when it happened.
struct Entry {
    Instant at;
    int source;  // 0 ticket, 1 call, 2 change
    std::size_t place;
};

std::string ticket_entry(
    const mysql::TicketLine& line, const LifePage& page, const Viewer& viewer
) {
    const bool visit = line.ticket.channel == ticketing::Channel::visit;
    JsonObject out;
    out.text("kind", visit ? "visit" : "ticket").text("at", to_text(line.ticket.accepted_at));
    out.raw("of", life_ticket_json(line, viewer, page.readable));
    const auto found = page.results.find(line.ticket.id.value);
    if (found == page.results.end()) return out.str();
    const mysql::TicketResult& result = found->second;
    if (result.closed_at) out.text("closed_at", to_text(*result.closed_at));
    if (result.outcome) out.text("outcome", ticketing::name(*result.outcome));
    if (result.solved) out.text("solved", ticketing::name(*result.solved));
    if (result.satisfaction) out.text("satisfaction", ticketing::name(*result.satisfaction));
    return out.str();
}

std::string call_entry(const mysql::PhoneCall& call, const Viewer& viewer) {
    JsonObject out;
    out.text("kind", "call").text("at", to_text(began(call)));
    out.text("direction", ticketing::name(static_cast<telephony::Direction>(call.direction)));
    out.text("call_state", ticketing::name(static_cast<telephony::CallState>(call.state)));
    out.raw("answered", call.answered_at ? "true" : "false");
    if (call.answered_at && call.ended_at) {
        const auto lasted = *call.ended_at - *call.answered_at;
        out.number("seconds", std::chrono::duration_cast<std::chrono::seconds>(lasted).count());
    }
    if (call.score) out.number("score", *call.score);
    // Calls of hidden appellants are not on this page (A7).
    const ticketing::RecordedCall recorded{call.agent, !call.ticket_no.empty(), false};
    if (may_hear(viewer.actor, recorded)) add_recording(out, call);
    if (!call.agent_name.empty()) out.text("by", call.agent_name);
    return out.str();
}

std::string change_entry(const mysql::DirectoryChange& change) {
    JsonObject out;
    out.text("kind", "change").text("at", to_text(change.at));
    out.text("entry", ticketing::name(change.kind)).text("deed", ticketing::name(change.deed));
    out.text("name", change.entity_name);
    if (!change.user_name.empty()) out.text("by", change.user_name);
    return out.str();
}

std::vector<Entry> all_entries(const LifePage& page) {
    std::vector<Entry> all;
    for (std::size_t i = 0; i < page.tickets.size(); ++i) {
        all.push_back({page.tickets[i].ticket.accepted_at, 0, i});
    }
    for (std::size_t i = 0; i < page.calls.size(); ++i) {
        all.push_back({began(page.calls[i]), 1, i});
    }
    for (std::size_t i = 0; i < page.changes.size(); ++i) {
        all.push_back({page.changes[i].at, 2, i});
    }
    return all;
}

// Of each source the next in its own order, whichever is the newest: so that a page goes on where
// the one before ended even where times and ids disagree.
std::vector<Entry> newest_of(const LifePage& page, std::size_t limit) {
    const std::vector<Entry> all = all_entries(page);
    const std::size_t ends[] = {
        page.tickets.size(),
        page.tickets.size() + page.calls.size(),
        all.size(),
    };
    std::size_t next[] = {0, ends[0], ends[1]};
    std::vector<Entry> chosen;
    while (chosen.size() < limit) {
        const Entry* best = nullptr;
        for (int source = 0; source < 3; ++source) {
            if (next[source] == ends[source]) continue;
            const Entry& candidate = all[next[source]];
            if (best == nullptr || candidate.at > best->at) best = &candidate;
        }
        if (best == nullptr) break;
        ++next[best->source];
        chosen.push_back(*best);
    }
    return chosen;
}

}  // namespace

std::string enterprise_life_json(const EnterpriseLife& life, const Viewer& viewer) {
    JsonObject out;
    out.raw(
        "enterprise",
        enterprise_json(life.enterprise, viewer.actor, viewer.city.directory, life.figures.open)
    );
    const bool reveals = may(viewer.actor.role, ticketing::Verb::ticket_reveal);
    out.raw("active", life.enterprise.active ? "true" : "false");
    out.raw("may_reveal", reveals ? "true" : "false");
    out.raw("figures", figures_json(life));
    out.raw("open", ticketing::json_array(life.open, [&](const mysql::TicketLine& line) {
                return life_ticket_json(line, viewer, life.readable);
            }));
    out.raw("cards", ticketing::json_array(life.cards, [&](const auto& card) {
                return life_card_json(card, viewer.city);
            }));
    return out.str();
}

std::string life_cursor(const LifePlace& place) {
    return fmt::format("{}.{}.{}", place.ticket, place.call, place.change);
}

std::optional<LifePlace> life_place_from(std::string_view text) {
    LifePlace place;
    const char* at = text.data();
    const char* const end = at + text.size();
    for (std::uint64_t* part : {&place.ticket, &place.call, &place.change}) {
        const auto read = std::from_chars(at, end, *part);
        if (read.ec != std::errc{}) return std::nullopt;
        at = read.ptr;
        if (part == &place.change) break;
        if (at == end || *at != '.') return std::nullopt;
        ++at;
    }
    return at == end ? std::optional(place) : std::nullopt;
}

std::string life_page_json(
    const LifePage& page, const LifePlace& from, std::size_t limit, const Viewer& viewer
) {
    const auto chosen = newest_of(page, limit);
    LifePlace last = from;
    std::string items = "[";
    for (const Entry& entry : chosen) {
        if (items.size() > 1) items += ',';
        if (entry.source == 0) {
            const auto& line = page.tickets[entry.place];
            items += ticket_entry(line, page, viewer);
            last.ticket = line.ticket.id.value;
        } else if (entry.source == 1) {
            items += call_entry(page.calls[entry.place], viewer);
            last.call = page.calls[entry.place].id;
        } else {
            items += change_entry(page.changes[entry.place]);
            last.change = page.changes[entry.place].id;
        }
    }
    JsonObject out;
    out.raw("items", items + "]");
    const auto all = page.tickets.size() + page.calls.size() + page.changes.size();
    if (chosen.size() < all) out.text("next_cursor", life_cursor(last));
    return out.str();
}

}  // namespace hotline::api
