#include "server/live/subscriber.hpp"

#include "server/live/hub.hpp"

#include <utility>

namespace hotline::live {

Subscriber::Subscriber(Hub& hub, std::shared_ptr<const Principal> principal)
    : hub_(hub), principal_(std::move(principal)) {}

Subscriber::~Subscriber() {
    hub_.leave(*this);
}

std::size_t Subscriber::Frame::size() const {
    return text.size() + (start ? start->size() + data->size() : 0);
}

std::string Subscriber::take_frame() {
    auto frame = std::move(queue_.front());
    queue_.pop_front();
    queued_bytes_ -= frame.size();
    if (!frame.start) return std::move(frame.text);
    std::string text = "{\"n\":" + std::to_string(++number_);
    return text.append(*frame.start).append(*frame.data).append("}");
}

std::string Subscriber::take_frames() {
    if (!gathers()) return take_frame();
    constexpr std::size_t around = 32;  // braces, "n" and its number
    std::size_t size = 0;
    std::size_t count = 0;
    for (const Frame& frame : queue_) {
        size += frame.size() + around;
        if (!frame.start || (count > 0 && size > hub_.limits_.together_bytes)) break;
        ++count;
    }
    // Told beforehand: hundreds of texts that grow leave their smaller selves all over the memory.
    std::string text;
    text.reserve(size);
    for (; count > 0; --count) {
        if (!text.empty()) text += '\n';
        text += take_frame();
    }
    return text;
}

void Subscriber::send(std::string text) {
    push(Frame{nullptr, nullptr, std::move(text)});
}

void Subscriber::push(Frame frame) {
    if (close_code_ != 0) return;
    if (over_limit(frame.size())) {
        ++hub_.stats_.dropped_sessions;
        close(1013);
        return;
    }
    queued_bytes_ += frame.size();
    queue_.push_back(std::move(frame));
    if (wake_) wake_();
}

bool Subscriber::over_limit(std::size_t bytes) const {
    const auto& limits = hub_.limits_;
    return queue_.size() + held_.size() >= limits.queued_messages ||
           queued_bytes_ + bytes > limits.queued_bytes;
}

void Subscriber::close(std::uint16_t code) {
    if (close_code_ != 0) return;
    close_code_ = code;
    queue_.clear();
    held_.clear();
    queued_bytes_ = 0;
    if (wake_) wake_();
}

}  // namespace hotline::live
