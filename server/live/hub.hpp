#pragma once

#include "server/live/subscriber.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::live {

struct HubLimits {
    std::size_t sessions = 4096;
    std::size_t topics_per_session = 64;
    std::size_t queued_messages = 256;
    std::size_t queued_bytes = 1024 * 1024;
    std::size_t together_bytes = 16 * 1024;  // events that wait, in one message
};

struct HubStats {
    std::size_t sessions = 0;
    std::uint64_t published = 0;
    std::uint64_t delivered = 0;
    std::uint64_t dropped_sessions = 0;  // too slow
};

// Decides, per session, what a message's `data` is for this principal (JSON text); null = may not
// see it. Called for every subscribed session on every publish, so give back one shared text for
// many.
using View = std::function<std::shared_ptr<const std::string>(const Principal&, const Message&)>;
// Whether the principal may subscribe to the topic at all.
using TopicRule = std::function<bool(const Principal&, std::string_view topic)>;

// Who listens to what. Knows no sockets: sessions take frames from their Subscriber. One thread
// only, the executor's on which the sessions run.
class Hub {
public:
    Hub(View view, TopicRule may_subscribe, HubLimits limits = {});
    ~Hub();  // the subscribers are gone by then

    // Null past HubLimits::sessions. The hub keeps no ownership; let go of it to leave.
    std::shared_ptr<Subscriber> join(std::shared_ptr<const Principal> principal);

    // Adds those topics the principal may have, up to the limit, and gives them back. With `hold`,
    // messages wait behind a replay until resume() or restart().
    std::vector<std::string> subscribe(
        Subscriber& who, const std::vector<std::string>& topics, bool hold = false
    );
    void unsubscribe(Subscriber& who, const std::vector<std::string>& topics);

    // Ends the hold: first the replayed messages this principal may see, then those held meanwhile
    // which were not among them. A replay of more than half the queue becomes a restart().
    void resume(Subscriber& who, const std::vector<Message>& replayed);
    // Ends the hold when nothing can be replayed: {"op":"resync"}, then what was held.
    void restart(Subscriber& who);

    // To every subscriber of its topic who may see it. One whose queue is full is closed with 1013.
    void publish(const Message& message);

    // A frame of ours to the sessions `which` picks, outside the numbered feed; to how many.
    std::size_t tell(const std::function<bool(const Principal&)>& which, const std::string& text);

    // Ends the sessions `which` picks (log-out, revoked rights) with a WebSocket close code.
    void close_sessions(const std::function<bool(const Principal&)>& which, std::uint16_t code);
    // Ends all; 1012 (service restart) tells clients to come back. New ones are refused from then
    // on.
    void close_all(std::uint16_t code = 1012);

    HubStats stats() const;

private:
    friend class Subscriber;
    void leave(Subscriber& who);
    void deliver(
        Subscriber& who, const Message& message, const std::shared_ptr<const std::string>& start
    );

    View view_;
    TopicRule may_subscribe_;
    HubLimits limits_;
    HubStats stats_;
    std::set<Subscriber*> sessions_;
    std::map<std::string, std::set<Subscriber*>, std::less<>> topics_;
    bool closing_ = false;
};

}  // namespace hotline::live
