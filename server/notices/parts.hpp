#pragma once

#include "server/api/bulletins.hpp"
#include "server/api/devices.hpp"
#include "server/api/notice_rules.hpp"
#include "server/api/notices.hpp"
#include "server/config/settings.hpp"
#include "server/live_feed.hpp"
#include "server/notices/engine.hpp"

namespace hotline::notices {

// Everything of being told that a server has, put together: the engine with its senders, and what
// the API asks of it.
class Parts {
public:
    struct Needs {
        boost::asio::any_io_executor executor;
        const config::Settings& settings;
        mysql::Pool& pool;
        const CitySource& city;
        const actions::Backlog& intake;
        Metrics& metrics;
        auth::Guard& guard;
        auth::Sessions& sessions;
        LiveFeed& feed;
        bool plain_http = false;
        Senders senders;
        std::string push_key;  // of the senders; "" without Web Push
    };
    explicit Parts(Needs needs);

    void start(TaskGroup& tasks);
    void add_routes(std::vector<http::Route>& routes);
    // Of a request from a wiped device.
    std::optional<http::Response> refusal(const http::Request& request) const {
        return wiped_.refusal(request);
    }
    void ring() { engine_.ring(); }

private:
    api::NoticeSetting setting(std::string push_key) const;

    LiveFeed& feed_;
    auth::WipedDevices wiped_;
    Engine engine_;
    api::NoticesApi notices_;
    api::BulletinsApi bulletins_;
    api::NoticeRulesApi rules_;
    api::DevicesApi devices_;
};

// [notices] of the configuration. Err: a sentence.
Result<EngineSettings> engine_settings(const config::Settings& settings);

}  // namespace hotline::notices
