#include "server/live/hub.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace hotline::live {

namespace {

std::string quoted(std::string_view text) {
    return boost::json::serialize(boost::json::string(text));
}

// Everything of a message's frame between the number and the data.
std::shared_ptr<const std::string> frame_start(const Message& message) {
    return std::make_shared<const std::string>(
        ",\"id\":" + quoted(message.id) + ",\"topic\":" + quoted(message.topic) +
        ",\"type\":" + quoted(message.type) + ",\"data\":"
    );
}

}  // namespace

Hub::Hub(View view, TopicRule may_subscribe, HubLimits limits)
    : view_(std::move(view)), may_subscribe_(std::move(may_subscribe)), limits_(limits) {}

Hub::~Hub() = default;

std::shared_ptr<Subscriber> Hub::join(std::shared_ptr<const Principal> principal) {
    if (closing_ || sessions_.size() >= limits_.sessions) return nullptr;
    auto session = std::make_shared<Subscriber>(*this, std::move(principal));
    sessions_.insert(session.get());
    return session;
}

void Hub::leave(Subscriber& who) {
    sessions_.erase(&who);
    unsubscribe(who, {who.topics_.begin(), who.topics_.end()});
}

std::vector<std::string> Hub::subscribe(
    Subscriber& who, const std::vector<std::string>& topics, bool hold
) {
    std::vector<std::string> accepted;
    who.holding_ = who.holding_ || hold;
    for (const auto& topic : topics) {
        const bool known = who.topics_.contains(topic);
        if (!known && who.topics_.size() >= limits_.topics_per_session) continue;
        if (!may_subscribe_(who.principal(), topic)) continue;
        if (std::ranges::find(accepted, topic) == accepted.end()) accepted.push_back(topic);
        who.topics_.insert(topic);
        topics_[topic].insert(&who);
    }
    return accepted;
}

void Hub::unsubscribe(Subscriber& who, const std::vector<std::string>& topics) {
    for (const auto& topic : topics) {
        who.topics_.erase(topic);
        const auto found = topics_.find(topic);
        if (found == topics_.end()) continue;
        found->second.erase(&who);
        if (found->second.empty()) topics_.erase(found);
    }
}

void Hub::resume(Subscriber& who, const std::vector<Message>& replayed) {
    // A replay that fills the queue would only end the session: fetching anew is cheaper.
    if (replayed.size() + who.held_.size() > limits_.queued_messages / 2) return restart(who);
    std::unordered_set<std::string_view> known;
    auto held = std::exchange(who.held_, {});
    for (const auto& frame : held) who.queued_bytes_ -= frame.frame.size();
    who.holding_ = false;
    for (const auto& message : replayed) {
        known.insert(message.id);
        if (who.topics_.contains(message.topic)) deliver(who, message, frame_start(message));
    }
    for (auto& later : held) {
        if (!known.contains(later.id)) who.push(std::move(later.frame));
    }
}

void Hub::restart(Subscriber& who) {
    auto held = std::exchange(who.held_, {});
    for (const auto& frame : held) who.queued_bytes_ -= frame.frame.size();
    who.holding_ = false;
    who.send(R"({"op":"resync"})");
    for (auto& later : held) who.push(std::move(later.frame));
}

void Hub::publish(const Message& message) {
    ++stats_.published;
    const auto found = topics_.find(message.topic);
    if (found == topics_.end()) return;
    const auto start = frame_start(message);
    // A wake-up only schedules work, so nobody joins or leaves while this runs.
    for (auto* who : found->second) deliver(*who, message, start);
}

void Hub::deliver(
    Subscriber& who, const Message& message, const std::shared_ptr<const std::string>& start
) {
    if (who.close_code_ != 0) return;
    auto data = view_(who.principal(), message);
    if (!data) return;
    ++stats_.delivered;
    Subscriber::Frame frame{start, std::move(data), {}};
    if (!who.holding_) {
        who.push(std::move(frame));
    } else if (who.over_limit(frame.size())) {
        ++stats_.dropped_sessions;
        who.close(1013);
    } else {
        who.queued_bytes_ += frame.size();
        who.held_.push_back({message.id, std::move(frame)});
    }
}

std::size_t Hub::tell(const std::function<bool(const Principal&)>& which, const std::string& text) {
    std::size_t told = 0;
    for (auto* session : sessions_) {
        if (session->close_code() != 0 || !which(session->principal())) continue;
        session->send(text);
        ++told;
    }
    return told;
}

void Hub::close_sessions(const std::function<bool(const Principal&)>& which, std::uint16_t code) {
    for (auto* session : sessions_) {
        if (which(session->principal())) session->close(code);
    }
}

void Hub::close_all(std::uint16_t code) {
    closing_ = true;
    for (auto* session : sessions_) session->close(code);
}

HubStats Hub::stats() const {
    auto stats = stats_;
    stats.sessions = sessions_.size();
    return stats;
}

}  // namespace hotline::live
