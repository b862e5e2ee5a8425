#include "server/live/presence.hpp"

#include <algorithm>
#include <tuple>

namespace hotline::live {

void PresenceBoard::clear(
    const std::string& server, Server& known, std::uint64_t session, Tickets& touched
) {
    const auto found = known.sessions.find(session);
    if (found == known.sessions.end()) return;
    const std::string ticket = found->second.place.ticket;
    known.sessions.erase(found);
    const auto there = at_.find(ticket);
    there->second.erase({server, session});
    if (there->second.empty()) at_.erase(there);
    touched.insert(ticket);
}

void PresenceBoard::take(
    const std::string& server, Server& known, const Whereabouts& one, Tickets& touched
) {
    const auto found = known.sessions.find(one.session);
    if (found != known.sessions.end() && found->second == one) return;
    clear(server, known, one.session, touched);
    if (one.place.ticket.empty()) return;
    known.sessions.emplace(one.session, one);
    at_[one.place.ticket].insert({server, one.session});
    touched.insert(one.place.ticket);
}

PresenceBoard::Tickets PresenceBoard::hear(
    const std::string& server, const std::vector<Whereabouts>& told, bool whole, Instant now
) {
    Tickets touched;
    Server& known = servers_[server];
    known.heard = now;
    if (whole) {
        std::set<std::uint64_t> named;
        for (const auto& one : told) named.insert(one.session);
        std::vector<std::uint64_t> gone;
        for (const auto& [session, one] : known.sessions) {
            if (!named.contains(session)) gone.push_back(session);
        }
        for (const auto session : gone) clear(server, known, session, touched);
    }
    for (const auto& one : told) take(server, known, one, touched);
    return touched;
}

PresenceBoard::Tickets PresenceBoard::forget_silent_since(Instant then) {
    Tickets touched;
    for (auto next = servers_.begin(); next != servers_.end();) {
        const auto one = next++;
        auto& [server, known] = *one;
        if (known.heard >= then) continue;
        while (!known.sessions.empty()) {
            clear(server, known, known.sessions.begin()->first, touched);
        }
        servers_.erase(one);
    }
    return touched;
}

std::vector<Whereabouts> PresenceBoard::others_at(const std::string& ticket, std::uint64_t person)
    const {
    std::map<std::uint64_t, Whereabouts> people;
    const auto there = at_.find(ticket);
    if (there == at_.end()) return {};
    for (const auto& [server, session] : there->second) {
        const Whereabouts& one = servers_.at(server).sessions.at(session);
        if (one.person == person) continue;
        const auto [known, first] = people.emplace(one.person, one);
        if (!first && one.place.doing == Doing::editing) known->second = one;
    }
    std::vector<Whereabouts> others;
    for (auto& [id, one] : people) others.push_back(std::move(one));
    std::ranges::sort(others, {}, [](const Whereabouts& one) {
        return std::tuple(one.place.doing != Doing::editing, one.name, one.person);
    });
    return others;
}

std::size_t PresenceBoard::size() const {
    std::size_t sessions = 0;
    for (const auto& [server, known] : servers_) sessions += known.sessions.size();
    return sessions;
}

}  // namespace hotline::live
