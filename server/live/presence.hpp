#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace hotline::live {

enum class Doing { viewing, editing };

// What a session says of its person: at this ticket, reading it or with a form of it open.
struct Place {
    std::string ticket;
    Doing doing = Doing::viewing;

    bool operator==(const Place&) const = default;
};

// One session of one server, and where its person is.
struct Whereabouts {
    std::uint64_t session = 0;
    std::uint64_t person = 0;
    std::string name;
    std::string role;
    Place place;  // without a ticket: nowhere any more

    bool operator==(const Whereabouts&) const = default;
};

// Who is at which ticket, on all servers, as each of them told of its own sessions. Knows no socket
// and no clock.
class PresenceBoard {
public:
    using Instant = std::chrono::steady_clock::time_point;
    using Tickets = std::set<std::string>;

    // `whole`: the server has no other sessions at a ticket. Gives the tickets at which somebody
    // came, went or does something else.
    Tickets hear(
        const std::string& server, const std::vector<Whereabouts>& told, bool whole, Instant now
    );

    // A server not heard of since then is gone, and its people with it.
    Tickets forget_silent_since(Instant then);

    // Those at a ticket but this person, once each: who edits first, then by name.
    std::vector<Whereabouts> others_at(const std::string& ticket, std::uint64_t person) const;

    std::size_t size() const;

private:
    using Key = std::pair<std::string, std::uint64_t>;  // server and session
    struct Server {
        Instant heard;
        std::map<std::uint64_t, Whereabouts> sessions;
    };

    void take(const std::string& server, Server& known, const Whereabouts& one, Tickets& touched);
    void clear(const std::string& server, Server& known, std::uint64_t session, Tickets& touched);

    std::map<std::string, Server> servers_;
    std::map<std::string, std::set<Key>> at_;
};

}  // namespace hotline::live
