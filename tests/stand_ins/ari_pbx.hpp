#pragma once

#include "tests/stand_ins/ari_model.hpp"

#include <cstdint>
#include <memory>
#include <mutex>

namespace hotline::test {

// The model of an Asterisk on a free port of 127.0.0.1, with its WebSocket of events and its
// requests, in a thread of its own. Its time runs faster than ours, and it is sick on demand.
class AriPbx {
public:
    static constexpr auto user = "hotline";
    static constexpr auto password = "the pbx's password";

    explicit AriPbx(int speed = 20);
    ~AriPbx();
    AriPbx(const AriPbx&) = delete;
    AriPbx& operator=(const AriPbx&) = delete;

    std::string base_url() const;
    std::uint16_t port() const;
    AriModel::Instant now() const;

    // Does something with the model; what comes of it is told at once.
    template <class Deed>
    auto with(Deed deed) {
        struct Telling {
            AriPbx& pbx;
            ~Telling() { pbx.tell(); }
        };
        const std::lock_guard lock(mutex());
        const Telling telling{*this};
        return deed(model());
    }

    // "POST /channels/c/answer" and so on, without their queries, in the order they came.
    std::vector<std::string> requests() const;
    std::size_t connections() const;  // for requests
    std::size_t listeners() const;

    // Asked before the model: a status instead of its answer.
    void instead(std::function<std::optional<unsigned>(const Seen&)> answer);
    // Answers so many milliseconds late whose path ends so.
    void be_slow(std::string ending, std::chrono::milliseconds late);
    // Ends the connection in the middle of the answer to what ends so; empty: no more.
    void cut(std::string ending);
    void drop_listeners();
    // Another program takes that name.
    void replace(const std::string& application);
    void tell_twice(bool on);
    void send(const std::string& application, const std::string& text);

private:
    struct Core;
    std::mutex& mutex() const;
    AriModel& model();
    void tell();

    std::shared_ptr<Core> core_;
};

}  // namespace hotline::test
