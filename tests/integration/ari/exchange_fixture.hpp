#pragma once

#include "integrations/ari/exchange.hpp"
#include "integrations/telephony/call_state.hpp"
#include "tests/stand_ins/ari_pbx.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <doctest/doctest.h>

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

// The exchange of a server at the stand-in of a PBX.
namespace hotline::test {

using namespace ari;
using namespace std::chrono_literals;
using telephony::CallState;
using telephony::CtiEvent;

inline constexpr auto caller = "13900000001";

inline LinkSettings settings_at(const AriPbx& pbx, const std::string& application = "hotline") {
    LinkSettings link;
    link.base_url = pbx.base_url();
    link.password = AriPbx::password;
    link.application = application;
    link.first_wait = 10ms;
    link.answer_within = 1s;
    return link;
}

// A server that distributes calls among its agents in their order.
class Server {
public:
    explicit Server(AriPbx& pbx, const std::string& application = "hotline")
        : Server(pbx, settings_at(pbx, application)) {}
    Server(AriPbx& pbx, const LinkSettings& link) : pbx_(pbx) {
        auto opened = Exchange::open(io_.get_executor(), link, {}, ears());
        REQUIRE(opened);
        exchange_.emplace(std::move(*opened));
        exchange_->start();
    }
    ~Server() {
        exchange_->stop();
        io_.restart();
        io_.run_for(20ms);
    }

    // Until it is so; false when that takes too long.
    template <class Fact>
    bool await(Fact fact) {
        const auto until = std::chrono::steady_clock::now() + 8s;
        while (!fact() && std::chrono::steady_clock::now() < until) run_a_little();
        return fact();
    }
    void run_a_little() {
        io_.restart();
        io_.run_for(2ms);
        match();
    }
    bool await_ready() {
        return await([&] { return exchange_->is_ready(); });
    }
    bool await_empty() {
        return await([&] {
            return pbx_.with([](AriModel& model) {
                return model.channels() == 0 && model.bridges() == 0;
            });
        });
    }
    bool await_state(const std::string& call, CallState state) {
        return await([&] { return story(call).state == state; });
    }

    telephony::CallStory story(const std::string& call) { return telephony::story_of(told[call]); }
    Exchange& exchange() { return *exchange_; }

    template <class T>
    T result_of(boost::asio::awaitable<T> work) {
        std::optional<T> result;
        boost::asio::co_spawn(io_, std::move(work), [&](std::exception_ptr, T value) {
            result = std::move(value);
        });
        CHECK(await([&] { return result.has_value(); }));
        return std::move(*result);
    }

    std::map<std::string, std::vector<CtiEvent>> told;
    std::deque<std::string> agents;
    std::vector<KnownCall> known;
    std::vector<Scored> scores;
    std::vector<OfferFailed> failed;
    std::vector<std::string> downs;
    int ups = 0;
    bool replaced = false;

private:
    Exchange::Ears ears() {
        Exchange::Ears ears;
        ears.told = [this](CtiEvent event) { told[event.call_id].push_back(std::move(event)); };
        ears.said = [this](const Output& output) { hear(output); };
        ears.known = [this]() -> boost::asio::awaitable<std::vector<KnownCall>> {
            co_return known;
        };
        ears.link = [this](bool up, const std::string& why) {
            ups += up;
            if (!up) downs.push_back(why);
        };
        ears.replaced = [this] { replaced = true; };
        ears.unread = [](EventFault) {};
        ears.now = [this] { return pbx_.now(); };
        return ears;
    }

    void hear(const Output& output) {
        if (const auto* wants = std::get_if<WantsAgent>(&output)) waiting_.push_back(wants->call);
        if (const auto* left = std::get_if<LeftQueue>(&output)) std::erase(waiting_, left->call);
        if (const auto* score = std::get_if<Scored>(&output)) scores.push_back(*score);
        if (const auto* fail = std::get_if<OfferFailed>(&output)) {
            failed.push_back(*fail);
            waiting_.push_front(fail->call);
        }
    }

    void match() {
        while (!waiting_.empty() && !agents.empty()) {
            const auto call = waiting_.front();
            const auto agent = agents.front();
            waiting_.pop_front();
            agents.pop_front();
            exchange_->hear(call, Offer{++attempts_[call], agent, 15, agent});
        }
    }

    AriPbx& pbx_;
    boost::asio::io_context io_{1};
    std::optional<Exchange> exchange_;
    std::deque<std::string> waiting_;
    std::map<std::string, int> attempts_;
};

inline void set_phone(AriPbx& pbx, const std::string& number, AriModel::Phone phone) {
    pbx.with([&](AriModel& model) { model.set_phone(number, phone); });
}
inline std::string call_in(AriPbx& pbx) {
    return pbx.with([](AriModel& model) { return model.call(caller); });
}

}  // namespace hotline::test
