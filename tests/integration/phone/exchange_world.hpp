#pragma once

#include "integrations/mysql/acd_store.hpp"
#include "integrations/mysql/agent_store.hpp"
#include "integrations/mysql/call_store.hpp"
#include "integrations/telephony/call_state.hpp"
#include "server/phone/distributor.hpp"
#include "tests/integration/calls/calls_world.hpp"
#include "tests/stand_ins/ari_pbx.hpp"
#include "tests/stand_ins/certificate.hpp"
#include "tests/stand_ins/tls_front.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include <doctest/doctest.h>

#include <future>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace hotline::test {

// A telephone exchange, agents at their telephones, and the servers that distribute its calls.
class Floor {
public:
    explicit Floor(std::size_t agents) {
        for (std::size_t n = 0; n < agents; ++n) {
            const auto extension = std::to_string(8001 + n);
            agents_.push_back(store.account("agent" + extension, ticketing::Role::agent, extension)
            );
            set_phone(extension, {.answers_after = std::chrono::milliseconds(20)});
        }
    }

    void set_phone(const std::string& extension, AriModel::Phone phone) {
        pbx.with([&](AriModel& model) { model.set_phone(extension, phone); });
    }
    std::string call_in(const std::string& number = "13900000001") {
        return pbx.with([&](AriModel& model) { return model.broadcast(number); });
    }
    void hang_up(const std::string& channel) {
        pbx.with([&](AriModel& model) { model.hang_up(channel); });
    }

    void be_ready(std::size_t agent) {
        const auto id = agents_[agent];
        store.now([&](mysql::Connection& db) {
            return actions::choose_state(
                db,
                {id,
                 {telephony::AgentState::ready, telephony::AgentReason::none},
                 {.user = id, .role = ticketing::Role::agent}},
                pbx.now()
            );
        });
    }
    telephony::AgentPlace place(std::size_t agent) {
        const auto rows = store.now([&](mysql::Connection& db) {
            return mysql::read_agents(db, {&agents_[agent], 1});
        });
        return {
            static_cast<telephony::AgentState>(rows.front().state),
            static_cast<telephony::AgentReason>(rows.front().reason)
        };
    }
    void teach(std::size_t agent, const std::string& skill, int level) {
        const mysql::SkillRow row{agents_[agent], skill, level};
        store.now([&](mysql::Connection& db) -> Result<bool> {
            if (auto done = mysql::replace_skills(db, row.account, {&row, 1}); !done) {
                return std::unexpected(done.error());
            }
            return true;
        });
    }
    // From now on the exchange is reached over TLS.
    void secure() {
        certificate_.emplace("DNS:localhost");
        front_.emplace(pbx.port(), certificate_->files());
    }
    ari::LinkSettings link() const {
        ari::LinkSettings link;
        link.base_url = pbx.base_url();
        if (front_) {
            link.base_url = "https://localhost:" + std::to_string(front_->port()) + "/ari";
            link.ca_file = certificate_->authority();
        }
        link.password = AriPbx::password;
        link.first_wait = std::chrono::milliseconds(10);
        return link;
    }
    std::size_t agents() const { return agents_.size(); }
    ticketing::UserId account(std::size_t agent) const { return agents_[agent]; }

    // "" while it is not in the records.
    std::string state(const std::string& call) {
        const auto value =
            number("SELECT COALESCE(MAX(state),0) FROM phone_call WHERE call_id='" + call + "'");
        return value == 0 ? ""
                          : std::string(ticketing::name(static_cast<telephony::CallState>(value)));
    }
    // Of the distribution.
    int place_of(const std::string& call) {
        const auto row =
            store.now([&](mysql::Connection& db) { return mysql::find_acd_call(db, "ari", call); });
        return row ? row->state : 0;
    }
    std::int64_t number(const std::string& sql) {
        return store.now([&](mysql::Connection& db) -> Result<std::int64_t> {
            const auto rows = db.query(sql, {});
            if (!rows) return std::unexpected(rows.error());
            for (const mysql::Row row : *rows) return row.integer(0);
            return 0;
        });
    }

    AriPbx pbx{1};
    CallsStore store;

private:
    std::optional<TestCertificate> certificate_;
    std::optional<TlsFront> front_;
    std::vector<ticketing::UserId> agents_;
};

// One server at that exchange, on a loop of its own. Letting go of it is killing it: its calls go
// on, and nobody is told.
class PhoneServer {
public:
    PhoneServer(Floor& floor, const std::string& instance, phone::SkillsByNumber skills = {})
        : floor_(floor) {
        phone::DistributorSettings settings;
        settings.instance = instance;
        settings.link = floor.link();
        settings.link.application = phone::application_name(instance);
        settings.skills = std::move(skills);
        settings.most_waiting = 10'000;
        settings.script.survey = false;
        settings.script.shown_outside = "091312345";
        auto opened = phone::Distributor::open(
            io_.get_executor(),
            floor.store.pool,
            std::move(settings),
            {.recorded = [](const actions::CtiRecord&) {},
             .moved = [](const actions::MovedAgents&) {},
             .commands = [this](const std::vector<mysql::CallCommand>& some
                         ) { ended.insert(ended.end(), some.begin(), some.end()); },
             .now = [&floor] { return floor.pbx.now(); }}
        );
        REQUIRE(opened);
        distributor_ = std::move(*opened);
        distributor_->start(tasks_);
    }
    ~PhoneServer() {
        distributor_->stop();
        tasks_.stop();
        io_.restart();
        io_.run_for(std::chrono::milliseconds(50));
    }
    PhoneServer(const PhoneServer&) = delete;
    PhoneServer& operator=(const PhoneServer&) = delete;

    void run_a_little() {
        io_.restart();
        io_.run_for(std::chrono::milliseconds(2));
    }
    phone::Distributor& distributor() { return *distributor_; }
    std::vector<mysql::CallCommand> ended;  // what people had asked for

    template <class T>
    T wait(boost::asio::awaitable<T> work) {
        auto result = boost::asio::co_spawn(io_, std::move(work), boost::asio::use_future);
        while (result.wait_for(std::chrono::seconds(0)) != std::future_status::ready) {
            run_a_little();
        }
        return result.get();
    }

private:
    Floor& floor_;
    boost::asio::io_context io_{1};
    TaskGroup tasks_{io_.get_executor()};
    std::unique_ptr<phone::Distributor> distributor_;
};

// Turns the servers until it is so; false when that takes too long.
template <class Fact>
bool await(const std::vector<PhoneServer*>& servers, Fact fact) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(15);
    for (;;) {
        for (int turn = 0; turn < 5; ++turn) {
            for (auto* server : servers) server->run_a_little();
        }
        if (fact()) return true;
        if (std::chrono::steady_clock::now() > until) return false;
    }
}

}  // namespace hotline::test
