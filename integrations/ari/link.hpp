#pragma once

#include "integrations/ari/command.hpp"
#include "integrations/ari/event.hpp"
#include "integrations/http/client.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <expected>
#include <functional>
#include <memory>
#include <string>

namespace hotline::ari {

struct LinkSettings {
    std::string base_url = "http://127.0.0.1:8088/ari";
    std::string user = "hotline";
    std::string password;
    std::string application = "hotline";  // one name per server: a name has one listener
    std::string ca_file;  // PEM of authorities beside those the machine trusts; empty: none
    std::size_t connections = 32;
    std::chrono::milliseconds answer_within{10'000};
    std::chrono::milliseconds recording_within{300'000};
    std::chrono::milliseconds first_wait{200};  // before the next try; doubled up to
    std::chrono::milliseconds longest_wait{5'000};
    std::size_t recording_bytes = 256UL * 1024 * 1024;
};

// The wire to one PBX: events in their order from a WebSocket that is opened again whenever it
// ends, commands over HTTP connections of their own (README.md, A21, A22). All on the executor's
// thread.
class Link {
public:
    struct Ears {
        std::function<void(const Event&)> event;
        std::function<void()> up;
        std::function<void(const std::string& why)> down;  // and it is being tried again
        // Somebody else listens under our name now. We do not fight for it: it is over.
        std::function<void()> replaced;
        std::function<void(EventFault)> unread;
    };
    struct Answer {
        unsigned status = 0;  // 0: none came
        std::string body;
    };

    // Err: what is wrong with the settings.
    static std::expected<Link, std::string> open(
        boost::asio::any_io_executor executor, LinkSettings settings, Ears ears
    );
    ~Link();
    Link(Link&&) noexcept;
    Link& operator=(Link&&) = delete;

    void start();
    void stop();

    // May outlive the link.
    boost::asio::awaitable<Answer> ask(Command command) const;
    // The same, what a 200 brings going to `sink` as it comes.
    boost::asio::awaitable<Answer> ask_into(Command command, http_client::Sink sink) const;

private:
    struct State;
    explicit Link(std::shared_ptr<State> state);
    std::shared_ptr<State> state_;
};

}  // namespace hotline::ari
