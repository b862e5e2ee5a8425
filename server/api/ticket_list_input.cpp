#include "server/actions/index_search_texts.hpp"
#include "server/api/dto.hpp"
#include "server/api/ticket_list.hpp"
#include "server/calendar/local_text.hpp"
#include "ticketing/intake.hpp"
#include "ticketing/text.hpp"
#include "ticketing/ticket_number.hpp"

#include <fmt/format.h>

#include <charconv>

namespace hotline::api {
namespace {

using mysql::TicketOrder;
using mysql::TicketPlace;
using ticketing::Role;
using ticketing::State;

constexpr std::int64_t last_instant = 253'402'300'800'000;  // the year 10000, in ms

std::vector<State> read_states(std::string_view list, std::vector<FieldError>& errors) {
    std::vector<State> states;
    while (!list.empty()) {
        const auto comma = std::min(list.find(','), list.size());
        const std::string_view word = list.substr(0, comma);
        list.remove_prefix(std::min(comma + 1, list.size()));
        if (word == "open") {
            const auto open = ticketing::unfinished_states();
            states.insert(states.end(), open.begin(), open.end());
        } else if (const auto state = ticketing::from_name<State>(word)) {
            states.push_back(*state);
        } else {
            errors.push_back({"state", ErrorCode::not_in_list, {}});
            break;
        }
    }
    return states;
}

bool of_a_unit(Role role) {
    return role == Role::official || role == Role::unit_clerk || role == Role::unit_leader;
}

void read_people(QueryFields& query, mysql::TicketFilter& filter, const ticketing::Actor& actor) {
    if (query.flag("mine").value_or(false)) {
        filter.filed_by = actor.user;
        filter.official = actor.official;
    }
    if (const auto id = query.integer("enterprise_id", {.min = 1})) {
        filter.enterprise = {static_cast<std::uint64_t>(*id)};
    }
    // A7: who may not be told the appellant may not find him out by guessing either.
    filter.named_only = of_a_unit(actor.role) && filter.enterprise;
    filter.firms_open_only = of_a_unit(actor.role);
}

// A12: of hidden appellants only who may have them revealed (A8) finds anything.
void look_for(
    const ticketing::PersonNumber& person,
    ListRequest& list,
    const ticketing::Actor& actor,
    const crypto::BlindIndex& blind
) {
    const bool phone = person.kind == ticketing::PersonNumber::Kind::phone;
    list.filter.person = mysql::PersonWanted{
        person,
        phone ? actions::key_of_phone(blind, person.value)
              : actions::key_of_code(blind, person.value)
    };
    if (actor.role != Role::reviewer && actor.role != Role::supervisor) {
        list.filter.named_only = true;
    }
}

void read_phone(
    QueryFields& query,
    ListRequest& list,
    const ticketing::Actor& actor,
    const crypto::BlindIndex& blind,
    std::vector<FieldError>& errors
) {
    const auto typed = query.text("phone", 40);
    if (!typed || typed->empty()) return;
    std::string phone = ticketing::normalised_phone(*typed);
    if (phone.empty()) {
        errors.push_back({"phone", ErrorCode::invalid_format, {}});
    } else {
        look_for({ticketing::PersonNumber::Kind::phone, std::move(phone)}, list, actor, blind);
    }
}

// T14: what waits for the opinion of the asker's unit. Who serves none is not waited for.
void read_helping(
    QueryFields& query, ListRequest& list, const ticketing::Actor& actor, const City& city
) {
    if (!query.flag("helping").value_or(false)) return;
    list.filter.awaited = city.directory.subtree(actor.unit);
    list.nothing = list.filter.awaited.empty();
}

// T37, T39: what waits for a milestone or a mediation of the asker's unit.
void read_charged(
    QueryFields& query, ListRequest& list, const ticketing::Actor& actor, const City& city
) {
    if (!query.flag("charged").value_or(false)) return;
    list.filter.charged = city.directory.subtree(actor.unit);
    list.nothing = list.nothing || list.filter.charged.empty();
}

void read_words(
    QueryFields& query,
    ListRequest& list,
    const ticketing::Actor& actor,
    const crypto::BlindIndex& blind
) {
    const auto typed = query.text("q", 100);
    if (!typed) return;
    auto [person, words] = ticketing::read_typed_search(ticketing::tidied(*typed));
    if (person) look_for(*person, list, actor, blind);
    if (words.empty()) return;
    if (const auto number = ticketing::parse_ticket_number(words)) {
        list.filter.number = ticketing::format_ticket_number(*number);
        return;
    }
    list.filter.search = ticketing::search_query(words);
    const bool findable = list.filter.person || !list.filter.search.wanted.empty();
    list.nothing = list.nothing || !findable;
}

void read_days(QueryFields& query, mysql::TicketFilter& filter, std::vector<FieldError>& errors) {
    const auto day = [&](const char* name) -> std::optional<sla::LocalDay> {
        const auto given = query.text(name, 10);
        if (!given || given->empty()) return std::nullopt;
        const auto read = calendar::date_of(*given);
        if (!read) errors.push_back({name, ErrorCode::invalid_format, {}});
        return read;
    };
    filter.accepted_from = day("from");
    filter.accepted_to = day("to");
}

void read_matter(
    QueryFields& query,
    mysql::TicketFilter& filter,
    const City& city,
    std::vector<FieldError>& errors
) {
    filter.states = read_states(query.text("state", 200).value_or(""), errors);
    if (const auto id = query.integer("unit_id", {.min = 1})) {
        const ticketing::UnitId unit{static_cast<std::uint64_t>(*id)};
        filter.units = city.directory.subtree(unit);
        if (filter.units.empty()) filter.units = {unit};
    }
    filter.division = query.text("division", 12).value_or("");
    filter.topic = query.text("topic", 60).value_or("");
    filter.urgency = query.name<ticketing::Urgency>("urgency");
    filter.type = query.name<ticketing::AppealType>("type");
    filter.channel = query.name<ticketing::Channel>("channel");
    filter.overdue = query.flag("overdue").value_or(false);
    filter.in_hand = query.flag("in_hand").value_or(false);
    filter.due_today = query.flag("due_today").value_or(false);
    if (const auto id = query.integer("desk", {.min = 0})) {
        filter.desk = ticketing::UnitId{static_cast<std::uint64_t>(*id)};
    }
    if (const auto id = query.integer("handler_id", {.min = 1})) {
        filter.handler = {static_cast<std::uint64_t>(*id)};
    }
    if (const auto counting = query.text("counting", 10); counting && !counting->empty()) {
        filter.natural = *counting == "natural";
        if (!*filter.natural && *counting != "working") {
            errors.push_back({"counting", ErrorCode::not_in_list, "natural, working"});
        }
    }
    filter.hard_case = query.flag("hard_case").value_or(false);
}

}  // namespace

std::string cursor_text(const TicketPlace& place, TicketOrder order) {
    if (order == TicketOrder::newest) return fmt::format("n{}", place.id);
    return fmt::format("d{}-{}", place.due.time_since_epoch().count(), place.id);
}

std::optional<TicketPlace> place_from(std::string_view text, TicketOrder order) {
    const bool by_due = order == TicketOrder::due;
    if (text.empty() || text.front() != (by_due ? 'd' : 'n')) return std::nullopt;
    const char* at = text.data() + 1;
    const char* const end = text.data() + text.size();
    TicketPlace place;
    if (by_due) {
        std::int64_t ms = 0;
        const auto read = std::from_chars(at, end, ms);
        const bool good = read.ec == std::errc{} && ms >= 0 && ms < last_instant &&
                          read.ptr != end && *read.ptr == '-';
        if (!good) return std::nullopt;
        place.due = ticketing::Instant{std::chrono::milliseconds{ms}};
        at = read.ptr + 1;
    }
    const auto read = std::from_chars(at, end, place.id);
    if (read.ec != std::errc{} || read.ptr != end) return std::nullopt;
    return place;
}

Result<ListRequest> read_list(
    const http::Request& request,
    const ticketing::Actor& actor,
    const City& city,
    const crypto::BlindIndex& blind
) {
    std::vector<FieldError> errors;
    QueryFields query(request, errors);
    ListRequest list;
    read_matter(query, list.filter, city, errors);
    read_people(query, list.filter, actor);
    read_helping(query, list, actor, city);
    read_charged(query, list, actor, city);
    read_days(query, list.filter, errors);
    read_phone(query, list, actor, blind, errors);
    read_words(query, list, actor, blind);
    list.limit = query.limit(50, 200);
    const std::string sort = query.text("sort", 20).value_or("newest");
    if (sort == "due") list.order = TicketOrder::due;
    if (sort != "due" && sort != "newest") {
        errors.push_back({"sort", ErrorCode::not_in_list, "newest, due"});
    }
    if (const auto cursor = query.text("cursor", 60); cursor && !cursor->empty()) {
        list.after = place_from(*cursor, list.order);
        if (!list.after) errors.push_back({"cursor", ErrorCode::invalid_format, {}});
    }
    if (auto refused = refusal(std::move(errors))) return std::unexpected(std::move(*refused));
    return list;
}

}  // namespace hotline::api
