#include "server/live_presence.hpp"

#include "integrations/mysql/ticket_store.hpp"
#include "server/log.hpp"
#include "server/tasks.hpp"
#include "ticketing/json_text.hpp"
#include "ticketing/permissions.hpp"
#include "ticketing/ticket_number.hpp"

#include <utility>

namespace hotline {
namespace {

namespace asio = boost::asio;
using live::Doing;
using live::Place;
using live::Whereabouts;
using ticketing::JsonObject;
using ticketing::Role;

using PresenceClock = std::chrono::steady_clock;

// A ticket at which more people are at once is an announcement, not a piece of work.
constexpr std::size_t most_named = 12;

const LiveUser& person_at(const live::Subscriber& who) {
    return static_cast<const LiveUser&>(who.principal());  // the feed's own authenticate() made it
}

Whereabouts whereabouts(const LiveUser& user, std::uint64_t session, std::optional<Place> place) {
    const auto& actor = user.actor();
    // J4
    const bool silent = actor.role == Role::manager && (!place || place->doing == Doing::viewing);
    if (!place || silent) return {session, 0, {}, {}, {}};
    return {session, actor.user.value, actor.name, std::string(name(actor.role)), *place};
}

std::string people_text(const std::vector<Whereabouts>& people) {
    const std::size_t named = std::min(people.size(), most_named);
    const std::vector<Whereabouts> some(
        people.begin(), people.begin() + static_cast<std::ptrdiff_t>(named)
    );
    return ticketing::json_array(some, [](const Whereabouts& one) {
        JsonObject out;
        out.text("name", one.name).text("role", one.role);
        out.text("doing", one.place.doing == Doing::editing ? "editing" : "viewing");
        return out.str();
    });
}

}  // namespace

LivePresence::LivePresence(
    std::string server_id,
    mysql::Pool& pool,
    redis::LiveBus& bus,
    const CitySource& city,
    Settings settings
)
    : server_id_(std::move(server_id)), pool_(pool), bus_(bus), city_(city), settings_(settings) {}

live::Presence LivePresence::hooks() {
    return {
        [this](live::Subscriber& who, std::optional<Place> place) {
            return at(who, std::move(place));
        },
        [this](live::Subscriber& who) { left(who); }
    };
}

// The ticket's own number when he may see it, else not_found.
asio::awaitable<Result<std::string>> LivePresence::admitted(
    const LiveUser& user, std::string ticket
) const {
    const auto number = ticketing::parse_ticket_number(ticket);
    if (!number || !may(user.actor().role, ticketing::Verb::ticket_list)) {
        co_return fail(ErrorCode::not_found);
    }
    const auto scope = user.scope(city_.current());
    auto job = [name = format_ticket_number(*number),
                scope](mysql::Connection& db) -> Result<std::string> {
        const auto stored = mysql::read_ticket(db, name);
        if (!stored) return std::unexpected(stored.error());
        const bool seen = *stored && may_see(scope, scope_keys((*stored)->ticket));
        if (!seen) return fail(ErrorCode::not_found);
        return (*stored)->ticket.number;
    };
    co_return co_await pool_.read(std::move(job));
}

void LivePresence::move(live::Subscriber& who, Here& here, std::optional<Place> place) {
    if (here.place == place) return;
    if (!here.place || !place || here.place->ticket != place->ticket) here.told.clear();
    here.place = std::move(place);
    news_[here.session] = whereabouts(person_at(who), here.session, here.place);
}

// The session waits for the answer before it reads on, so nobody can ask for more than one look at
// a time.
asio::awaitable<void> LivePresence::at(live::Subscriber& who, std::optional<Place> place) {
    Here& here = here_[&who];  // stays until left(), which the session calls after this has ended
    if (here.session == 0) here.session = ++last_session_;
    const bool known = place && here.place && here.place->ticket == place->ticket;
    if (place && !known) {
        auto number = co_await admitted(person_at(who), place->ticket);
        if (number) {
            place->ticket = std::move(*number);
        } else {
            if (number.error().code != ErrorCode::not_found) {
                log::trouble("presence not looked up", number.error());
            }
            place.reset();
        }
    }
    move(who, here, std::move(place));
    if (here.place) tell(who, here);
}

void LivePresence::left(live::Subscriber& who) {
    const auto found = here_.find(&who);
    if (found == here_.end()) return;
    move(who, found->second, std::nullopt);
    here_.erase(found);
}

void LivePresence::changed(const TicketChange& change) {
    const auto& ticket = change.line.ticket;
    for (auto& [who, here] : here_) {
        if (!here.place || here.place->ticket != ticket.number) continue;
        if (may_see(person_at(*who).scope(city_.current()), scope_keys(ticket))) continue;
        move(*who, here, std::nullopt);
    }
}

asio::awaitable<void> LivePresence::look_again() {
    std::vector<Session> sessions;
    for (const auto& [who, here] : here_) {
        if (here.place) sessions.emplace_back(who, here.session);
    }
    for (const auto& [who, session] : sessions) {
        auto found = here_.find(who);
        if (found == here_.end() || found->second.session != session) continue;
        if (!found->second.place) continue;
        const auto ticket = found->second.place->ticket;
        const LiveUser user = person_at(*who);  // he may leave meanwhile
        const auto number = co_await admitted(user, ticket);
        if (number || number.error().code != ErrorCode::not_found) continue;
        found = here_.find(who);
        const bool there = found != here_.end() && found->second.session == session &&
                           found->second.place && found->second.place->ticket == ticket;
        if (there) move(*who, found->second, std::nullopt);
    }
}

std::vector<Whereabouts> LivePresence::all() const {
    std::vector<Whereabouts> out;
    for (const auto& [who, here] : here_) {
        auto one = whereabouts(person_at(*who), here.session, here.place);
        if (!one.place.ticket.empty()) out.push_back(std::move(one));
    }
    return out;
}

asio::awaitable<void> LivePresence::publish(bool whole, bool asking) {
    PresenceNews news{server_id_, whole, asking, {}};
    if (whole) {
        news.told = all();
    } else {
        for (auto& [session, one] : news_) news.told.push_back(std::move(one));
    }
    news_.clear();
    std::vector<redis::LiveMessage> messages;
    messages.push_back(presence_told(news));
    const auto sent = co_await bus_.publish(messages);
    if (sent) co_return;
    // Its own people see each other all the same; the others hear when the bus is back.
    receive(messages.front());
    whole_due_ = true;
}

asio::awaitable<void> LivePresence::run() {
    auto next_whole = PresenceClock::now() + settings_.whole_every;
    bool told_some = false;
    co_await publish(true, true);  // so that the others tell a server that is new
    for (;;) {
        co_await sleep_for(settings_.tell_every);
        const auto now = PresenceClock::now();
        const bool due = now >= next_whole;
        if (due) {
            next_whole = now + settings_.whole_every;
            tell(board_.forget_silent_since(now - settings_.silence));
            if (std::exchange(look_again_, false)) co_await look_again();
        }
        const bool some = !here_.empty() || told_some;
        if ((due && some) || std::exchange(whole_due_, false)) {
            told_some = !here_.empty();
            co_await publish(true, false);
        } else if (!news_.empty()) {
            co_await publish(false, false);
        }
    }
}

void LivePresence::receive(const redis::LiveMessage& message) {
    const auto news = presence_in(message);
    if (!news) return;
    if (news->asking && news->server != server_id_) whole_due_ = true;
    tell(board_.hear(news->server, news->told, news->whole, PresenceClock::now()));
}

void LivePresence::tell(live::Subscriber& who, Here& here) {
    const auto& ticket = here.place->ticket;
    const auto others = board_.others_at(ticket, person_at(who).actor().user.value);
    auto people = people_text(others);
    if (people == here.told) return;
    JsonObject out;
    out.text("type", "presence").text("ticket_no", ticket);
    out.number("count", static_cast<std::int64_t>(others.size())).raw("people", people);
    here.told = std::move(people);
    who.send(out.str());
}

void LivePresence::tell(const live::PresenceBoard::Tickets& tickets) {
    if (tickets.empty()) return;
    for (auto& [who, here] : here_) {
        if (here.place && tickets.contains(here.place->ticket)) tell(*who, here);
    }
}

}  // namespace hotline
