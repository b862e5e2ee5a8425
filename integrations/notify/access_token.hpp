#pragma once

#include "integrations/notify/sender.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <expected>
#include <functional>
#include <list>
#include <optional>
#include <string>

namespace hotline::notify {

// A vendor's access token, kept while it is good. Of all who need a new one at once, one fetches it
// and the others wait: vendors count how often they are asked.
class AccessToken {
public:
    struct Fresh {
        std::string token;
        std::chrono::seconds lifetime;
    };
    // What comes instead of a token is what every message of the moment becomes.
    using Fetch = std::function<boost::asio::awaitable<std::expected<Fresh, Sent>>()>;

    AccessToken(boost::asio::any_io_executor executor, Fetch fetch);

    boost::asio::awaitable<std::expected<std::string, Sent>> get();

    // The vendor refused it: it is forgotten, unless somebody has fetched a newer one meanwhile.
    void refused(const std::string& token);

private:
    bool good() const;
    void wake();

    boost::asio::any_io_executor executor_;
    Fetch fetch_;
    std::string token_;
    std::chrono::steady_clock::time_point until_;
    bool fetching_ = false;
    std::optional<Sent> failure_;  // of the fetch others waited for
    std::list<boost::asio::steady_timer*> waiting_;
};

}  // namespace hotline::notify
