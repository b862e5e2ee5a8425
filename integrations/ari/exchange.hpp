#pragma once

#include "integrations/ari/adopt.hpp"
#include "integrations/ari/calls.hpp"
#include "integrations/ari/link.hpp"

#include <boost/asio/awaitable.hpp>

#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace hotline::ari {

// One PBX with its calls: hears the link, lets the scripts say what that means, and asks the PBX
// for what they want, one thing after the other for each call and many calls at a time. All on the
// executor's thread (README.md, A20 to A23).
class Exchange {
public:
    struct Ears {
        // What the records are to know.
        std::function<void(telephony::CtiEvent)> told;
        // Everything else the scripts say; never a Command or a CtiEvent.
        std::function<void(const Output&)> said;
        // The calls the records take to be at this PBX, asked whenever the link is up again.
        std::function<boost::asio::awaitable<std::vector<KnownCall>>()> known;
        std::function<void(bool up, const std::string& why)> link;
        std::function<void()> replaced;
        std::function<void(EventFault)> unread;  // an event that could not be read
        std::function<Instant()> now;
    };

    static std::expected<Exchange, std::string> open(
        boost::asio::any_io_executor executor, LinkSettings link, ScriptSettings script, Ears ears
    );
    ~Exchange();
    Exchange(Exchange&&) noexcept;
    Exchange& operator=(Exchange&&) = delete;

    void start();
    // Calls go on at the PBX; whoever starts next takes them up.
    void stop();
    void accept(bool on);
    // Takes up what has become ours since: the records know calls of another server as known now.
    void look_again();

    // An offer, a wish, an announcement for a call.
    void hear(const std::string& call, const Input& input);

    // What was found at the PBX has been taken up, and events are heard.
    bool is_ready() const;
    std::size_t open_calls() const;

    // Its WAV, piece by piece. What was taken is whole only when it `came`.
    enum class Fetched { came, not_there, failed };
    boost::asio::awaitable<Fetched> recording(std::string name, http_client::Sink sink) const;
    // Once it is kept elsewhere.
    boost::asio::awaitable<bool> remove_recording(std::string name) const;
    // The names of all that lie there, those of calls that go on as well. None: no answer.
    boost::asio::awaitable<std::optional<std::vector<std::string>>> recordings() const;

private:
    struct State;
    explicit Exchange(std::shared_ptr<State> state);
    std::shared_ptr<State> state_;
};

}  // namespace hotline::ari
