#include "server/live/hub.hpp"

#include <boost/json/parse.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace hotline::live;

namespace {

struct User : Principal {
    explicit User(std::string n) : name(std::move(n)) {}
    std::string name;
};

std::shared_ptr<const Principal> user(const std::string& name) {
    return std::make_shared<User>(name);
}

const std::string& name_of(const Principal& who) {
    return dynamic_cast<const User&>(who).name;
}

// Messages of type "secret" are the clerk's only; others see them with their name inside.
std::shared_ptr<const std::string> view(const Principal& who, const Message& message) {
    if (message.type == "secret" && name_of(who) != "clerk") return nullptr;
    return std::make_shared<const std::string>("\"" + name_of(who) + "\"");
}

bool rule(const Principal& who, std::string_view topic) {
    return topic != "admin" || name_of(who) == "clerk";
}

Message message(
    const std::string& id, const std::string& topic, const std::string& type = "changed"
) {
    return {id, topic, type, nullptr, "{}"};
}

std::vector<std::string> frames(Subscriber& who) {
    std::vector<std::string> texts;
    while (who.has_frame()) texts.push_back(who.take_frame());
    return texts;
}

// What arrived, as "n:id".
std::vector<std::string> arrived(Subscriber& who) {
    std::vector<std::string> result;
    for (const auto& text : frames(who)) {
        const auto value = boost::json::parse(text);
        if (value.as_object().contains("op")) {
            result.emplace_back(value.at("op").as_string());
        } else {
            result.push_back(
                std::to_string(value.at("n").as_int64()) + ":" +
                std::string(value.at("id").as_string())
            );
        }
    }
    return result;
}

using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("a message goes to its topic's subscribers, numbered per session") {
    Hub hub(view, rule);
    const auto a = hub.join(user("a"));
    const auto b = hub.join(user("b"));
    hub.subscribe(*a, {"tickets", "kpi"});
    hub.subscribe(*b, {"kpi"});
    hub.publish(message("1", "tickets"));
    hub.publish(message("2", "kpi"));
    hub.publish(message("3", "calls"));
    CHECK(arrived(*b) == Ids{"1:2"});
    CHECK(
        frames(*a) ==
        Ids{
            R"({"n":1,"id":"1","topic":"tickets","type":"changed","data":"a"})",
            R"({"n":2,"id":"2","topic":"kpi","type":"changed","data":"a"})",
        }
    );
}

TEST_CASE(
    "events that wait go together, one a line, to who splits lines; what is not numbered goes alone"
) {
    Hub hub(view, rule, {.together_bytes = 200});
    const auto a = hub.join(user("a"));
    const auto b = hub.join(user("b"));
    a->split_lines(true);
    for (auto* who : {a.get(), b.get()}) {
        who->send(R"({"op":"subscribed"})");
        hub.subscribe(*who, {"kpi"});
    }
    for (const auto* id : {"1", "2", "3"}) hub.publish(message(id, "kpi"));
    a->send(R"({"op":"pong"})");
    const auto event = [](int n, const std::string& who) {
        const auto number = std::to_string(n);
        return "{\"n\":" + number + ",\"id\":\"" + number +
               R"(","topic":"kpi","type":"changed","data":")" + who + "\"}";
    };
    CHECK(a->take_frames() == R"({"op":"subscribed"})");
    CHECK(a->take_frames() == event(1, "a") + "\n" + event(2, "a"));
    CHECK(a->take_frames() == event(3, "a"));
    CHECK(a->take_frames() == R"({"op":"pong"})");
    CHECK_FALSE(a->has_frame());
    CHECK(b->take_frames() == R"({"op":"subscribed"})");
    CHECK(b->take_frames() == event(1, "b"));
}

TEST_CASE("what a session may not see leaves no gap in its numbers") {
    Hub hub(view, rule);
    const auto a = hub.join(user("a"));
    const auto clerk = hub.join(user("clerk"));
    for (auto* who : {a.get(), clerk.get()}) hub.subscribe(*who, {"tickets"});
    hub.publish(message("1", "tickets"));
    hub.publish(message("2", "tickets", "secret"));
    hub.publish(message("3", "tickets"));
    CHECK(arrived(*a) == Ids{"1:1", "2:3"});
    CHECK(arrived(*clerk) == Ids{"1:1", "2:2", "3:3"});
}

TEST_CASE("topics that are not allowed are not given, and there is a limit to them") {
    Hub hub(view, rule, {.topics_per_session = 2});
    const auto a = hub.join(user("a"));
    CHECK(hub.subscribe(*a, {"admin", "x", "x", "y", "z"}) == Ids{"x", "y"});
    hub.publish(message("1", "admin"));
    hub.publish(message("2", "z"));
    CHECK(arrived(*a).empty());
    hub.unsubscribe(*a, {"x", "unknown"});
    CHECK(hub.subscribe(*a, {"z"}) == Ids{"z"});
    hub.publish(message("3", "x"));
    hub.publish(message("4", "z"));
    CHECK(arrived(*a) == Ids{"1:4"});
}

TEST_CASE("a replay comes before what happened meanwhile, each message once") {
    Hub hub(view, rule);
    const auto a = hub.join(user("a"));
    hub.subscribe(*a, {"tickets"}, true);
    hub.publish(message("3", "tickets"));
    hub.publish(message("4", "tickets"));
    CHECK_FALSE(a->has_frame());
    hub.resume(
        *a, {message("2", "tickets"), message("2b", "tickets", "secret"), message("3", "tickets")}
    );
    hub.publish(message("5", "tickets"));
    CHECK(arrived(*a) == Ids{"1:2", "2:3", "3:4", "4:5"});
}

TEST_CASE("what cannot be replayed is said, then the feed goes on") {
    Hub hub(view, rule, {.queued_messages = 8});
    const auto a = hub.join(user("a"));
    hub.subscribe(*a, {"tickets"}, true);
    hub.publish(message("9", "tickets"));
    hub.restart(*a);
    CHECK(arrived(*a) == Ids{"resync", "1:9"});

    hub.subscribe(*a, {"tickets"}, true);
    hub.resume(*a, std::vector<Message>(5, message("x", "tickets")));
    CHECK(arrived(*a) == Ids{"resync"});
}

TEST_CASE("a session that does not take its messages is closed with 1013, others are not") {
    Hub hub(view, rule, {.queued_messages = 3});
    const auto slow = hub.join(user("slow"));
    const auto good = hub.join(user("good"));
    int wakes = 0;
    slow->on_wake([&] { ++wakes; });
    hub.subscribe(*slow, {"t"});
    hub.subscribe(*good, {"t"});
    for (int i = 0; i < 5; ++i) {
        hub.publish(message(std::to_string(i), "t"));
        CHECK(frames(*good).size() == 1);
    }
    CHECK(slow->close_code() == 1013);
    CHECK_FALSE(slow->has_frame());
    CHECK(wakes == 4);
    CHECK(good->close_code() == 0);
    CHECK(hub.stats().dropped_sessions == 1);
}

TEST_CASE("bytes are bounded too, while a replay is awaited as well") {
    Hub hub(view, rule, {.queued_bytes = 300});
    const auto a = hub.join(user("a"));
    hub.subscribe(*a, {"t"}, true);
    for (int i = 0; i < 10; ++i) hub.publish(message(std::to_string(i), "t"));
    CHECK(a->close_code() == 1013);
    const auto b = hub.join(user("b"));
    b->send(std::string(301, 'x'));
    CHECK(b->close_code() == 1013);
    const auto c = hub.join(user("c"));
    hub.subscribe(*c, {"t"});
    for (int i = 0; i < 100; ++i) {
        hub.publish(message("m", "t"));
        REQUIRE(frames(*c).size() == 1);
    }
    CHECK(c->close_code() == 0);
}

TEST_CASE("sessions can be ended by who they are, and all at once for a restart") {
    Hub hub(view, rule, {.sessions = 2});
    const auto a = hub.join(user("a"));
    auto b = hub.join(user("b"));
    CHECK(hub.join(user("c")) == nullptr);
    hub.close_sessions([](const Principal& who) { return name_of(who) == "a"; }, 4401);
    CHECK(a->close_code() == 4401);
    CHECK(b->close_code() == 0);
    hub.close_all();
    CHECK(a->close_code() == 4401);
    CHECK(b->close_code() == 1012);
    b.reset();
    CHECK(hub.stats().sessions == 1);
    CHECK(hub.join(user("d")) == nullptr);
}

TEST_CASE("nothing is sent to a session that has left") {
    Hub hub(view, rule);
    auto a = hub.join(user("a"));
    hub.subscribe(*a, {"t"});
    a.reset();
    hub.publish(message("1", "t"));
    CHECK(hub.stats().delivered == 0);
}
