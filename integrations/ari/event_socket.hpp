#pragma once

#include "integrations/http/tls.hpp"
#include "integrations/http/url.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace hotline::ari {

// One WebSocket on which the PBX tells its events; plain or over TLS, as the address says. All on
// the executor's thread.
class EventSocket {
public:
    struct Opening {
        http_client::Url url;  // its target: path and query
        std::string authorization;
        http_client::Trust trust;
    };

    explicit EventSocket(boost::asio::any_io_executor executor);
    ~EventSocket();

    // Until it ends, however it ends; the words for the log.
    boost::asio::awaitable<std::string> run(
        Opening opening, std::function<void()> opened, std::function<void(std::string_view)> text
    );
    // Ends a run under way.
    void close();

private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace hotline::ari
