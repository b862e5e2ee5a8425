#include "server/api/similar.hpp"

#include "server/actions/derive_tickets.hpp"
#include "server/actions/find_hot_topics.hpp"
#include "server/api/hot_topics.hpp"
#include "server/workers/similar_appeals.hpp"
#include "tests/integration/api/tickets_world.hpp"
#include "ticketing/text.hpp"

#include <boost/json.hpp>

#include <algorithm>

using namespace hotline;
using namespace hotline::test;
using ticketing::Role;
using ticketing::Ticket;

namespace {

constexpr std::string_view of_power = "今天上午供电断了三次，电炉里的铁水凝住了，请尽快安排抢修。";
constexpr std::string_view told_again =
    "我们厂今天上午停了三次电，电炉的铁水都凝住了，希望尽快抢修。";
// Alike enough for a repeat of the same firm, not for another one's (D6, D7).
constexpr std::string_view told_otherwise = "厂里今天停了三次电，电炉的铁水凝了，什么时候来抢修？";
constexpr std::string_view of_taxes = "三月份申请的留抵退税至今没有到账，窗口说还在审核。";

constexpr std::uint64_t firm = 77;

// The tickets' time stands still in the past: nothing of it is too old to be kept.
SimilarRules rules() {
    SimilarRules rules;
    rules.suspicion.days = 36'500;
    return rules;
}

// One server's index, kept up as it is in a running server, a step at a time.
struct Index {
    explicit Index(TicketsWorld& w) : world(w) {}

    void fill() { REQUIRE(world.auth.run(follower.fill())); }
    void follow() { REQUIRE(world.auth.run(follower.follow())); }

    TicketsWorld& world;
    Metrics metrics;
    SimilarAppeals appeals{rules()};
    actions::Backlog intake;
    workers::SimilarAppealsFollower follower{world.auth.pool, appeals, intake, metrics};
};

struct SimilarWorld : TicketsWorld {
    Index index{*this};
    api::SimilarApi similar{auth.guard, auth.pool, source, index.appeals, auth.clock};
    api::HotTopicsApi hot{auth.guard, auth.pool, source, index.appeals, auth.clock};

    std::string told(std::string_view content, void (*shape)(Ticket&) = nullptr) {
        content_ = content;
        shape_ = shape;
        return accepted([](Ticket& ticket) {
            ticket.title = std::string{ticketing::first_characters(content_, 8)};
            ticket.content = std::string{content_};
            ticket.enterprise = {firm};
            ticket.topic = "用电";
            if (shape_) shape_(ticket);
        });
    }

    // What the worker that derives does, on whichever server.
    void derive() {
        REQUIRE(auth.pool.transact_now([](mysql::Connection& db) {
            return actions::derive_tickets(db, 1'000);
        }));
    }

    void look_for_hot_topics() {
        auto found = auth.pool.read_now([this](mysql::Connection& db) {
            return actions::find_hot_topics(db, index.appeals, auth.now);
        });
        REQUIRE(found);
        index.appeals.replace_hot_topics(std::make_shared<const HotTopics>(std::move(*found)));
    }

    boost::json::object ask(const Browser& browser, const boost::json::object& body) {
        const auto answer = auth.run(similar.of_text(browser.post(boost::json::serialize(body))));
        REQUIRE(answer.status == 200);
        return body_of(answer);
    }
    boost::json::object typed(const Browser& browser, std::string_view content) {
        return ask(browser, {{"content", content}, {"enterprise_id", firm}, {"topic", "其他"}});
    }
    http::Response beside(const Browser& browser, const std::string& number) {
        return auth.run(similar.of_ticket(to(browser, number)));
    }
    boost::json::object hot_topics(const Browser& browser) {
        const auto answer = auth.run(hot.list(browser.get()));
        REQUIRE(answer.status == 200);
        return body_of(answer);
    }

private:
    static inline std::string_view content_;
    static inline void (*shape_)(Ticket&) = nullptr;
};

std::vector<std::string> numbers(const boost::json::object& answer) {
    std::vector<std::string> list;
    for (const auto& item : answer.at("items").as_array()) {
        list.push_back(text(item.at("ticket").at("ticket_no")));
    }
    return list;
}

const boost::json::object& only(const boost::json::object& answer) {
    REQUIRE(answer.at("items").as_array().size() == 1);
    return answer.at("items").as_array().front().as_object();
}

using Numbers = std::vector<std::string>;

}  // namespace

TEST_CASE("D6 while an agent types, the firm's earlier ticket is told, and what both say") {
    SimilarWorld world;
    const auto power = world.told(of_power);
    const auto taxes = world.told(of_taxes);
    world.index.fill();
    const auto dispatcher = world.person(Role::dispatcher);

    const auto answer = world.typed(dispatcher, told_again);
    CHECK(numbers(answer) == Numbers{power});
    CHECK(answer.at("complete").as_bool());
    const auto& found = only(answer);
    CHECK(found.at("duplicate").as_bool());
    CHECK(found.at("same_enterprise").as_bool());
    CHECK_FALSE(found.at("mergeable").as_bool());  // there is no ticket yet
    CHECK(found.at("likeness").as_double() > 0.15);
    CHECK(text(found.at("phrases").as_array().at(0)) == "今天上午");
    // Half a sentence is enough.
    CHECK(numbers(world.typed(dispatcher, told_again.substr(0, 60))) == Numbers{power});
    CHECK(numbers(world.typed(dispatcher, "门口的路坑洼积水，货车进不来，请修一修。")).empty());
    CHECK(numbers(world.typed(dispatcher, of_taxes)) == Numbers{taxes});
}

TEST_CASE("D6 the caller's number and the topic tell a repeat too") {
    SimilarWorld world;
    const auto power = world.told(of_power);
    world.index.fill();
    const auto dispatcher = world.person(Role::dispatcher);
    const auto phone = *world.auth.pool.read_now([](mysql::Connection& db) -> Result<std::string> {
        const auto rows = db.query("SELECT appellant_phone FROM ticket");
        return rows->front().string(0);
    });
    const auto by_phone = world.ask(dispatcher, {{"content", told_again}, {"phone", phone}});
    CHECK(numbers(by_phone) == Numbers{power});
    CHECK(only(by_phone).at("same_caller").as_bool());
    CHECK_FALSE(only(by_phone).at("same_enterprise").as_bool());
    const auto by_topic = world.ask(
        dispatcher,
        {{"content", "又来反映一下前天说的那个情况"}, {"enterprise_id", firm}, {"topic", "用电"}}
    );
    CHECK(numbers(by_topic) == Numbers{power});
    CHECK(numbers(world.typed(dispatcher, told_otherwise)) == Numbers{power});
    CHECK(numbers(world.ask(dispatcher, {{"content", told_otherwise}})).empty());
    CHECK(numbers(world.ask(dispatcher, {{"content", of_power}})) == Numbers{power});
}

TEST_CASE("A4 what an asker may not know of is counted for who takes appeals in, and never shown") {
    SimilarWorld world;
    world.told(of_power);
    world.index.fill();
    const auto agent = world.person(Role::agent);
    const auto answer = world.typed(agent, of_power);
    CHECK(numbers(answer).empty());
    CHECK(answer.at("elsewhere").as_int64() == 1);
    const auto clerk = world.person(Role::unit_clerk, world.small.unit("city.market"));
    const auto none = world.typed(clerk, of_power);
    CHECK(numbers(none).empty());
    CHECK(none.at("elsewhere").as_int64() == 0);
    CHECK(world.auth.run(world.similar.of_text(world.person(Role::admin).post())).status == 403);
    CHECK(world.auth.run(world.similar.of_text(Browser{world.auth}.post())).status == 401);
}

TEST_CASE("A7 a unit does not find out by asking who a confidential appellant is") {
    SimilarWorld world;
    const auto secret = world.told(of_power, [](Ticket& t) { t.appellant.confidential = true; });
    world.index.fill();
    const auto dispatcher = world.person(Role::dispatcher);
    const auto housing = world.small.unit("610526.housing");
    const std::string to_housing = R"({"unit_id":)" + std::to_string(housing.value) +
                                   R"(,"official_id":)" + std::to_string(world.small.worker.value) +
                                   "}";
    REQUIRE(world.act(dispatcher, secret, "dispatch", to_housing).status == 200);
    CHECK(numbers(world.typed(dispatcher, told_otherwise)) == Numbers{secret});
    const auto clerk = world.person(Role::unit_clerk, housing);
    // Its own words find it, the firm's number does not.
    CHECK(numbers(world.typed(clerk, told_otherwise)).empty());
    const auto copied = world.typed(clerk, of_power);
    CHECK(numbers(copied) == Numbers{secret});
    CHECK_FALSE(only(copied).at("same_enterprise").as_bool());
    CHECK_FALSE(only(copied).at("duplicate").as_bool());
    // Nor does the secret ticket tell by its neighbours whose it is.
    const auto open = world.told(of_power);
    world.index.fill();
    REQUIRE(world.act(dispatcher, open, "dispatch", to_housing).status == 200);
    const auto neighbours = body_of(world.beside(clerk, secret));
    CHECK(numbers(neighbours) == Numbers{open});
    CHECK_FALSE(only(neighbours).at("same_enterprise").as_bool());
    CHECK_FALSE(only(neighbours).at("same_caller").as_bool());
    CHECK(only(body_of(world.beside(dispatcher, secret))).at("same_enterprise").as_bool());
    // An agent is not told that there is one either.
    const auto agent = world.person(Role::agent);
    CHECK(world.typed(agent, of_power).at("elsewhere").as_int64() == 1);  // the open one
}

TEST_CASE("P4 no number is in what two appeals share") {
    SimilarWorld world;
    world.told("请联系13800001111解决停电问题");
    world.index.fill();
    const auto dispatcher = world.person(Role::dispatcher);
    const auto answer = world.typed(dispatcher, "请联系13800001111解决停电问题，多谢。");
    const auto json = boost::json::serialize(answer);
    CHECK(numbers(answer).size() == 1);
    CHECK(json.find("1380000") == std::string::npos);
    CHECK(json.find("解决停电问题") != std::string::npos);
}

TEST_CASE("T5 a ticket shows its likely duplicates, and a dispatcher merges it into the earlier") {
    SimilarWorld world;
    const auto first = world.told(of_power);
    const auto second = world.told(told_again);
    world.index.fill();
    const auto dispatcher = world.person(Role::dispatcher);
    const auto reviewer = world.person(Role::reviewer);

    const auto later = body_of(world.beside(dispatcher, second));
    CHECK(numbers(later) == Numbers{first});
    CHECK(only(later).at("mergeable").as_bool());
    CHECK_FALSE(only(body_of(world.beside(reviewer, second))).at("mergeable").as_bool());
    const auto earlier = body_of(world.beside(dispatcher, first));
    CHECK(numbers(earlier) == Numbers{second});
    CHECK_FALSE(only(earlier).at("mergeable").as_bool());  // the earlier one stays

    const auto body = R"({"parent_ticket_no":")" + first + R"("})";
    REQUIRE(world.act(dispatcher, second, "merge", body).status == 200);
    CHECK(numbers(body_of(world.beside(dispatcher, first))).empty());
    CHECK(numbers(body_of(world.beside(dispatcher, second))).empty());
    REQUIRE(world.act(dispatcher, second, "unmerge", R"({"reason":"不是一回事"})").status == 200);
    CHECK(numbers(body_of(world.beside(dispatcher, first))) == Numbers{second});

    const auto clerk = world.person(Role::unit_clerk, world.small.unit("city.market"));
    CHECK(world.beside(clerk, second).status == 404);
    CHECK(world.beside(dispatcher, "WN1").status == 404);
}

TEST_CASE("A9 a manager's look at a ticket's duplicates is audited") {
    SimilarWorld world;
    const auto number = world.told(of_power);
    world.index.fill();
    const auto manager = world.person(Role::manager);
    REQUIRE(world.beside(manager, number).status == 200);
    const auto audited = world.auth.pool.read_now([&](mysql::Connection& db) {
        return db.query(
            "SELECT COUNT(*) FROM audit WHERE action='ticket.read' AND object=?",
            {"ticket:" + number}
        );
    });
    CHECK(audited->front().integer(0) == 1);
}

TEST_CASE("every server follows what any of them derived: new, corrected, set aside, taken up") {
    SimilarWorld world;
    Index other{world};
    world.index.fill();
    other.fill();
    const auto dispatcher = world.person(Role::dispatcher);
    const auto first = world.told(of_power);
    const auto second = world.told(told_again);
    world.index.follow();
    CHECK(world.index.appeals.size() == 0);  // not derived yet
    world.derive();
    for (Index* one : {&world.index, &other}) {
        one->follow();
        CHECK(one->appeals.size() == 2);
        const auto generation = one->appeals.generation();
        one->follow();  // nothing is read twice
        CHECK(one->appeals.generation() == generation);
    }
    const auto likely = [&] {
        using ticketing::similarity::Shingles;
        const auto text = compared_text("", std::string{told_again});
        return other.appeals.candidates(Shingles{text}, {firm}, sla::LocalDay{}).size();
    };
    CHECK(likely() == 2);
    const auto body = R"({"parent_ticket_no":")" + first + R"("})";
    REQUIRE(world.act(dispatcher, second, "merge", body).status == 200);
    world.derive();
    other.follow();
    CHECK(likely() == 1);
    REQUIRE(world.act(dispatcher, second, "unmerge", R"({"reason":"不是一回事"})").status == 200);
    world.derive();
    other.follow();
    CHECK(likely() == 2);
}

TEST_CASE("an index filled later is the same as one that followed") {
    SimilarWorld world;
    world.index.fill();
    for (int i = 0; i < 30; ++i) world.told(i % 2 == 0 ? of_power : of_taxes);
    world.derive();
    world.index.follow();
    Index later{world};
    later.fill();
    CHECK(later.appeals.complete());
    CHECK(later.appeals.size() == 30);
    CHECK(world.index.appeals.size() == 30);
    using ticketing::similarity::Shingles;
    for (const auto words : {of_power, of_taxes, told_again}) {
        const Shingles shingles{words};
        CHECK(
            later.appeals.candidates(shingles, {firm}, sla::LocalDay{}) ==
            world.index.appeals.candidates(shingles, {firm}, sla::LocalDay{})
        );
    }
}

TEST_CASE("what the appellant did not say right is told field by field") {
    SimilarWorld world;
    const auto dispatcher = world.person(Role::dispatcher);
    const auto ask = [&](std::string body) {
        return world.auth.run(world.similar.of_text(dispatcher.post(std::move(body))));
    };
    CHECK(ask("{}").status == 422);
    CHECK(ask(R"({"content":"停电了","limit":21})").status == 422);
    CHECK(ask(R"({"content":"停电了","enterprise":7})").status == 422);
    CHECK(ask(R"({"content":"停电了","phone":"1390"})").status == 200);
}

TEST_CASE("D9 what five enterprises tell is a hot topic, to each out of the tickets he may see") {
    SimilarWorld world;
    static std::uint64_t who = 0;
    who = 0;
    for (int i = 0; i < 6; ++i) {
        world.told(of_power, [](Ticket& ticket) {
            ticket.enterprise = {100 + ++who};
            ticket.content += std::string("我厂编号") + static_cast<char>('a' + who) + "，盼复。";
            ticket.division = who <= 5 ? "610526" : "610527";
            ticket.appellant.phone = "1390000000" + std::to_string(who);
        });
    }
    world.told(of_taxes);
    world.index.fill();
    world.look_for_hot_topics();

    const auto whole = world.hot_topics(world.person(Role::supervisor));
    CHECK(whole.at("days").as_int64() == 7);
    CHECK(whole.at("enterprises_needed").as_int64() == 5);
    const auto& topic = only(whole);
    CHECK(topic.at("appeals").as_int64() == 6);
    CHECK(topic.at("enterprises").as_int64() == 6);
    CHECK(text(topic.at("topic")) == "用电");
    CHECK(topic.at("tickets").as_array().size() == 6);
    const auto& days = topic.at("days").as_array();
    REQUIRE(days.size() == 7);
    CHECK(days.back().at("appeals").as_int64() == 6);
    CHECK(days.front().at("appeals").as_int64() == 0);
    const auto& divisions = topic.at("divisions").as_array();
    REQUIRE(divisions.size() == 2);
    CHECK(text(divisions[0].at("division")) == "610526");
    CHECK(divisions[0].at("appeals").as_int64() == 5);
    const auto& phrases = topic.at("phrases").as_array();
    REQUIRE_FALSE(phrases.empty());
    CHECK(text(phrases[0]).find("今天上午供电断了三次") != std::string::npos);

    // The county's own five are hot for its manager, the other county's one is not for its own.
    const auto county = world.hot_topics(world.person(Role::manager, {}, {}, "610526"));
    CHECK(only(county).at("appeals").as_int64() == 5);
    CHECK(only(county).at("divisions").as_array().size() == 1);
    const auto neighbour = world.hot_topics(world.person(Role::manager, {}, {}, "610527"));
    CHECK(neighbour.at("items").as_array().empty());
    const auto clerk = world.person(Role::unit_clerk, world.small.unit("city.market"));
    CHECK(world.hot_topics(clerk).at("items").as_array().empty());
}

TEST_CASE("D9 appeals of more than a week ago make no hot topic") {
    SimilarWorld world;
    static std::uint64_t who = 0;
    who = 0;
    for (int i = 0; i < 6; ++i) {
        world.told(of_power, [](Ticket& ticket) { ticket.enterprise = {200 + ++who}; });
    }
    world.index.fill();
    world.auth.now += std::chrono::days{6};
    world.look_for_hot_topics();
    CHECK(world.index.appeals.hot_topics()->topics.size() == 1);
    world.auth.now += std::chrono::days{1};
    world.look_for_hot_topics();
    CHECK(world.index.appeals.hot_topics()->topics.empty());
}
