#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace hotline::live {

class Hub;

// Who a session belongs to; server/auth derives its own from it.
struct Principal {
    virtual ~Principal() = default;
};

// Something that happened, for whoever subscribed to its topic and may see it.
struct Message {
    std::string id;  // the position to resume from; opaque here
    std::string topic;
    std::string type;
    std::shared_ptr<const void> audience;  // what the View decides by; opaque here
    std::string data;                      // JSON text, for views that show everybody the same
};

// One session's side of the hub: its topics, its numbering and its bounded queue of frames to send.
// Owned by the session; leaves the hub when destroyed.
class Subscriber {
public:
    Subscriber(Hub& hub, std::shared_ptr<const Principal> principal);
    ~Subscriber();
    Subscriber(const Subscriber&) = delete;
    Subscriber& operator=(const Subscriber&) = delete;

    const Principal& principal() const { return *principal_; }

    // Called when there is something to send or the session is to end. Must not call back at once.
    void on_wake(std::function<void()> wake) { wake_ = std::move(wake); }

    bool has_frame() const { return !queue_.empty(); }
    // The next frame's text; only when has_frame(). Messages get their number `n` here, so that
    // what is sent counts 1, 2, 3 … without gaps.
    std::string take_frame();
    // The same, and, for who splits lines, with a numbered message those that wait behind it, one a
    // line: writing costs by the frame, and where much changes that is most of what a listener
    // costs.
    std::string take_frames();
    void split_lines(bool does) { splits_lines_ = does; }
    // Whether take_frames() would give such a message; only when has_frame().
    bool gathers() const { return splits_lines_ && queue_.front().start; }

    // A frame of ours (hello, pong, …), queued like the messages.
    void send(std::string text);

    // Not 0: the WebSocket close code to end with, now; what is queued is dropped.
    std::uint16_t close_code() const { return close_code_; }
    void close(std::uint16_t code);

private:
    friend class Hub;

    struct Frame {
        std::shared_ptr<const std::string> start;  // null: `text` is the whole frame
        std::shared_ptr<const std::string> data;
        std::string text;
        std::size_t size() const;
    };
    struct Held {
        std::string id;
        Frame frame;
    };

    void push(Frame frame);
    bool over_limit(std::size_t bytes) const;

    Hub& hub_;
    std::shared_ptr<const Principal> principal_;
    std::function<void()> wake_;
    std::set<std::string, std::less<>> topics_;
    std::deque<Frame> queue_;
    std::vector<Held> held_;
    std::size_t queued_bytes_ = 0;  // held frames included
    std::uint64_t number_ = 0;
    bool holding_ = false;
    bool splits_lines_ = false;
    std::uint16_t close_code_ = 0;
};

}  // namespace hotline::live
