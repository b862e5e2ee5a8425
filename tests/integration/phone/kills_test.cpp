// T31 at length: two servers at one exchange, of which one after the other dies at a random moment
// and comes back, while calls go on. HOTLINE_PHONE_CALLS says how many, 120 unless it does.
#include "tests/integration/phone/exchange_world.hpp"

#include <array>
#include <cstdlib>
#include <random>
#include <set>

using namespace hotline;
using namespace hotline::test;
using namespace std::chrono_literals;
using telephony::AgentState;
using Instant = AriModel::Instant;
using std::chrono::milliseconds;

namespace {

std::size_t calls_wanted() {
    const char* text = std::getenv("HOTLINE_PHONE_CALLS");
    return text == nullptr ? 120 : std::stoul(text);
}

class Deaths {
public:
    explicit Deaths(Floor& floor) : floor_(floor) {
        for (std::size_t n = 0; n < servers_.size(); ++n) start(n);
        const bool came = run_until([this] { return servers_[0].ready() && servers_[1].ready(); });
        REQUIRE(came);
    }

    void call() {
        const auto id = floor_.call_in();
        calls_[id] = floor_.pbx.now();
        if (chance(20)) leaves_[id] = floor_.pbx.now() + between(50, 1500);
    }
    // One turn of everything.
    void turn() {
        for (auto& one : servers_) {
            if (one.server) one.server->run_a_little();
        }
        const auto now = floor_.pbx.now();
        for (auto& [id, at] : leaves_) {
            if (at && *at <= now) floor_.hang_up(id), at.reset();
        }
        if (now < look_at_) return;
        look_at_ = now + 100ms;
        look(now);
        for (std::size_t n = 0; n < servers_.size(); ++n) {
            if (!servers_[n].server && servers_[n].back_at <= now) start(n);
        }
        call_agents_back();
    }
    // One of them, unless the other is not at work.
    void kill() {
        const auto n = static_cast<std::size_t>(between(0, 1).count());
        auto& dies = servers_[n];
        if (!dies.ready() || !servers_[1 - n].ready()) return;
        const auto token = floor_.number(
            "SELECT token FROM acd_owner WHERE instance='" + std::string(dies.name) + "'"
        );
        dies.server.reset();
        const auto now = floor_.pbx.now();
        died_[token] = now;
        dies.back_at = now + between(200, 5000);
        ++kills;
    }
    bool all_over() {
        const auto ended = floor_.number("SELECT COUNT(*) FROM acd_call WHERE state=4");
        return static_cast<std::size_t>(ended) + unseen == calls_.size();
    }
    milliseconds between(int least, int most) {
        return milliseconds(std::uniform_int_distribution(least, most)(random_));
    }
    std::size_t calls() const { return calls_.size(); }
    bool left(const std::string& call) const { return leaves_.contains(call); }

    std::size_t kills = 0;
    milliseconds without_owner{};  // the longest that any call was
    // Claimed by a server that died before it could write that down, and hung up before the other
    // looked: the exchange's own records alone have them.
    std::size_t unseen = 0;

private:
    struct Server {
        const char* name;
        std::unique_ptr<PhoneServer> server;
        Instant back_at{};
        bool ready() const { return server && server->distributor().is_ready(); }
    };

    bool chance(int in) { return between(1, in).count() == 1; }
    void start(std::size_t n) {
        servers_[n].server = std::make_unique<PhoneServer>(floor_, servers_[n].name);
    }
    template <class Fact>
    bool run_until(Fact fact) {
        return await({servers_[0].server.get(), servers_[1].server.get()}, fact);
    }
    // A call is without an owner when its owner is dead, or when it is in no records yet.
    void look(Instant now) {
        std::set<std::string> known;
        const auto rows = floor_.store.now([](mysql::Connection& db) {
            return db.query("SELECT call_id,token,state FROM acd_call", {});
        });
        for (const mysql::Row row : rows) {
            known.insert(row.string(0));
            const auto died = died_.find(row.integer(1));
            if (row.integer(2) == 4 || died == died_.end()) continue;
            without_owner =
                std::max(without_owner, now - std::max(died->second, calls_[row.string(0)]));
        }
        unseen = 0;
        for (const auto& [id, came] : calls_) {
            if (known.contains(id)) continue;
            const auto there =
                floor_.pbx.with([&](AriModel& model) { return model.has_channel(id); });
            if (there) without_owner = std::max(without_owner, now - came);
            if (!there && left(id)) ++unseen;
        }
    }
    void call_agents_back() {
        for (std::size_t agent = 0; agent < floor_.agents(); ++agent) {
            const auto state = floor_.place(agent).state;
            const bool idle = state == AgentState::offline || state == AgentState::wrap_up ||
                              state == AgentState::not_ready;
            if (idle) floor_.be_ready(agent);
        }
    }

    Floor& floor_;
    std::mt19937 random_{20'261'128};
    std::array<Server, 2> servers_{{{"a", nullptr}, {"b", nullptr}}};
    std::map<std::string, Instant> calls_;
    std::map<std::string, std::optional<Instant>> leaves_;
    std::map<std::int64_t, Instant> died_;  // by token
    Instant look_at_{};
};

void play(Floor& floor, Deaths& deaths, std::size_t wanted) {
    auto next_call = floor.pbx.now();
    auto next_death = next_call + 1s;
    const auto limit = next_call + 90s + milliseconds(wanted * 100);
    while (!(deaths.calls() == wanted && deaths.all_over())) {
        const auto now = floor.pbx.now();
        REQUIRE(now < limit);
        if (deaths.calls() < wanted && next_call <= now) {
            deaths.call();
            next_call += deaths.between(20, 120);
        }
        if (next_death <= now) {
            deaths.kill();
            next_death = now + deaths.between(500, 4000);
        }
        deaths.turn();
    }
}

}  // namespace

TEST_CASE("T31: servers killed at random lose no call, give no agent two, and leave whole records"
) {
    const auto wanted = calls_wanted();
    Floor floor(12);
    for (std::size_t agent = 0; agent < floor.agents(); ++agent) {
        const auto hangs_up_after = milliseconds(50 + 60 * agent);
        floor.set_phone(
            std::to_string(8001 + agent), {.answers_after = 20ms, .hangs_up_after = hangs_up_after}
        );
    }
    Deaths deaths(floor);
    play(floor, deaths, wanted);
    MESSAGE(
        wanted,
        " calls, ",
        deaths.kills,
        " kills of a server; longest without an owner ",
        deaths.without_owner.count(),
        " ms"
    );
    CHECK(deaths.kills > 0);
    // The lease and a look; 5 s on a machine at rest.
    CHECK(deaths.without_owner < 10s);
    const auto count = [&](const std::string& sql) {
        return static_cast<std::size_t>(floor.number("SELECT COUNT(*) FROM " + sql));
    };
    // Each has come in once and has one end: 7 abandoned, 8 ended.
    const auto seen = wanted - deaths.unseen;
    CHECK(count("phone_call") == seen);
    CHECK(count("phone_call WHERE ended_at IS NULL OR state NOT IN (7,8,9)") == 0);
    CHECK(count("phone_call WHERE state=8 AND answered_at IS NULL") == 0);
    CHECK(count("phone_call WHERE state=7 AND answered_at IS NOT NULL") == 0);
    CHECK(count("cti_event WHERE type='call.offered'") == seen);
    CHECK(
        count("(SELECT DISTINCT call_id FROM cti_event WHERE type IN ('call.ended',"
              "'call.abandoned','call.lost')) e") == seen
    );
    CHECK(
        count("phone_call p JOIN acd_call a ON a.call_id=p.call_id WHERE (a.left_as=1)<>"
              "(p.answered_at IS NOT NULL)") == 0
    );
    // 9, nobody knows how: only who hung up while his server was dead.
    const auto lost = floor.store.now([](mysql::Connection& db) {
        return db.query("SELECT call_id FROM phone_call WHERE state=9", {});
    });
    for (const mysql::Row row : lost) CHECK(deaths.left(row.string(0)));
    // Nobody talked to two.
    CHECK(
        count("phone_call x JOIN phone_call y ON x.id<y.id AND x.agent_user_id=y.agent_user_id AND "
              "x.answered_at<y.ended_at AND y.answered_at<x.ended_at") == 0
    );
    // Every agent goes on from where he was.
    CHECK(
        count(
            "(SELECT from_state,LAG(to_state) OVER (PARTITION BY account_id ORDER BY id) before_it "
            "FROM agent_move) m WHERE before_it IS NOT NULL AND before_it<>from_state"
        ) == 0
    );
    CHECK(floor.pbx.with([](AriModel& model) { return model.channels(); }) == 0);
    CHECK(floor.pbx.with([](AriModel& model) { return model.bridges(); }) == 0);
}
