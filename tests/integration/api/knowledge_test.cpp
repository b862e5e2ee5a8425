#include "integrations/mysql/audit_store.hpp"
#include "tests/integration/api/knowledge_world.hpp"
#include "ticketing/uscc.hpp"

#include <cctype>

using namespace hotline;
using namespace hotline::test;
using ticketing::Role;

namespace {

constexpr auto housing = "610526.housing";

std::string named(const boost::json::value& article) {
    return text(article.as_object().at("title"));
}

std::string steps_in(const http::Response& answer) {
    std::string words;
    const auto body = body_of(answer);
    for (const auto& step : body.at("allowed_steps").as_array()) words += text(step) + " ";
    return words;
}

}  // namespace

TEST_CASE("K3 K4 a unit proposes for itself, another person publishes, then it is suggested") {
    KnowledgeWorld world;
    auto& people = world.tickets;
    const auto clerk = people.person(Role::unit_clerk, people.small.unit(housing));
    const auto agent = people.person(Role::agent);
    const auto supervisor = people.person(Role::supervisor);
    CHECK(world.propose(clerk, world.text("施工许可证怎么办", "city.justice")).status == 403);
    const auto made = world.propose(clerk, world.text("施工许可证怎么办", housing));
    REQUIRE(made.status == 201);
    const std::string id = std::to_string(body_of(made).at("article_id").as_int64());
    CHECK(text(body_of(made).at("standing")) == "draft");
    CHECK(steps_in(made) == "change ");
    const std::string question = R"({"text":"请问施工许可证怎样办理"})";
    CHECK(world.suggested(agent, question).empty());
    CHECK(world.step(clerk, id, "publish").status == 403);
    const auto done = world.step(supervisor, id, "publish", R"({"review_on":"2026-09-01"})");
    REQUIRE(done.status == 200);
    CHECK(text(body_of(done).at("review_on")) == "2026-09-01");
    const auto found = world.suggested(agent, question);
    REQUIRE(found.size() == 1);
    CHECK(found[0].as_object().at("version").as_int64() == 1);
    CHECK(text(found[0].at_pointer("/match/words/0")) == "施工许可证");
    CHECK(text(found[0].at_pointer("/match/title/0/text")) == "施工许可证");
    CHECK(found[0].at_pointer("/match/title/0/hit").as_bool());
    CHECK(text(found[0].at_pointer("/match/title/1/text")) == "怎么办");
    CHECK(found[0].at_pointer("/match/same_topic").as_bool());
    const auto audit = people.auth.pool.read_now([](mysql::Connection& db) {
        return mysql::list_audit(db, "knowledge.publish", {}, 10);
    });
    REQUIRE(audit);
    CHECK(audit->size() == 1);
    CHECK(audit->front().entry.object == "article:" + id);
}

TEST_CASE("K3 drafts and what is said of them are for those who may write the article") {
    KnowledgeWorld world;
    auto& people = world.tickets;
    const auto clerk = people.person(Role::unit_clerk, people.small.unit(housing));
    const auto stranger = people.person(Role::unit_clerk, people.small.unit("city.justice"));
    const auto manager = people.person(Role::manager);
    const auto reviewer = people.person(Role::reviewer);
    const auto made = world.propose(clerk, world.text("施工许可证怎么办", housing));
    const std::string id = std::to_string(body_of(made).at("article_id").as_int64());
    for (const auto* outsider : {&stranger, &manager}) {
        CHECK(world.show(*outsider, id).status == 404);
        CHECK(world.list(*outsider).empty());
    }
    CHECK(world.list(reviewer, {{"waiting", "true"}}).size() == 1);
    REQUIRE(world.step(reviewer, id, "publish").status == 200);
    REQUIRE(world.change(clerk, id, world.text("施工许可证在哪里办", housing)).status == 200);
    const auto outside = body_of(world.show(stranger, id));
    CHECK(named(outside) == "施工许可证怎么办");
    CHECK_FALSE(outside.contains("waiting_text"));
    CHECK_FALSE(outside.at("waiting").as_bool());
    CHECK(outside.at("steps").as_array().size() == 2);
    const auto inside = body_of(world.show(clerk, id));
    CHECK(text(inside.at("waiting_text").at("title")) == "施工许可证在哪里办");
    CHECK(inside.at("steps").as_array().size() == 3);
    CHECK(inside.at("steps").as_array()[1].as_object().contains("review_on"));
    CHECK_FALSE(inside.at("steps").as_array()[2].as_object().contains("review_on"));
    const auto versions = [&](const Browser& browser) {
        const auto answer =
            world.ask(&api::ArticlesApi::versions, browser.get(), {{"article_id", id}});
        return body_of(answer).at("items").as_array().size();
    };
    CHECK(versions(stranger) == 1);
    CHECK(versions(clerk) == 2);
}

TEST_CASE("K2 two who change the same version have one winner, and nothing is overwritten") {
    KnowledgeWorld world;
    const auto agent = world.tickets.person(Role::agent);
    const auto reviewer = world.tickets.person(Role::reviewer);
    const auto id = world.published(agent, reviewer, world.text("施工许可证怎么办"));
    const std::string seen = TicketsWorld::etag_of(world.show(agent, id));
    CHECK(world.change(agent, id, world.text("施工许可证办理条件"), seen).status == 200);
    const auto late = world.change(reviewer, id, world.text("施工许可证办理流程"), seen);
    CHECK(late.status == 412);
    CHECK(code_of(late) == "stale_version");
    const auto blind = world.ask(
        &api::ArticlesApi::change,
        agent.request(http::Method::put, world.text("施工许可证办理流程")),
        {{"article_id", id}}
    );
    CHECK(code_of(blind) == "precondition_required");
    CHECK(text(body_of(world.show(agent, id)).at("text").at("title")) == "施工许可证怎么办");
}

TEST_CASE("K1 every wrong field is told, and a question that is there already") {
    KnowledgeWorld world;
    const auto agent = world.tickets.person(Role::agent);
    const auto wrong = world.propose(
        agent, R"({"title":"短","answer":"","basis":"","unit_id":9999,"valid_from":"2026-03-01"})"
    );
    CHECK(wrong.status == 422);
    std::string fields;
    const auto problem = body_of(wrong);
    for (const auto& entry : problem.at("errors").as_array()) {
        fields += text(entry.as_object().at("field")) + " ";
    }
    CHECK(fields == "title answer basis unit_id ");
    CHECK(world.propose(agent, R"({"title":5})").status == 422);
    CHECK(
        world.propose(agent, world.text("施工许可证怎么办", "city.housing", R"(,"hits":9)"))
            .status == 422
    );
    REQUIRE(world.propose(agent, world.text("施工许可证怎么办")).status == 201);
    const auto again = world.propose(agent, world.text(" 施工许可证怎么办"));
    CHECK(again.status == 409);
    CHECK(text(body_of(again).at("detail")).find("标题相同") != std::string::npos);
}

TEST_CASE("K9 an answer on the call names its article, the ticket keeps it, and the hit is counted"
) {
    KnowledgeWorld world;
    auto& people = world.tickets;
    const auto agent = people.person(Role::agent);
    const auto reviewer = people.person(Role::reviewer);
    const auto id = world.published(agent, reviewer, world.text("施工许可证怎么办"));
    const auto question = [](ticketing::Ticket& t) { t.type = ticketing::AppealType::consult; };
    const auto dispatcher = people.person(Role::dispatcher);
    const auto close = [&](const std::string& number, const std::string& version) {
        return people.act(
            dispatcher,
            number,
            "close_on_call",
            R"({"result_text":"七日内办结","article_id":)" + id + R"(,"article_version":)" +
                version + "}"
        );
    };
    const auto number = people.accepted(question);
    CHECK(
        people
            .act(
                dispatcher,
                number,
                "close_on_call",
                R"({"result_text":"七日内办结","article_id":)" + id + "}"
            )
            .status == 422
    );
    const auto stale = close(number, "2");
    CHECK(code_of(stale) == "guard_failed");
    CHECK(text(body_of(stale).at("detail")).find("知识条目") != std::string::npos);
    const auto closed = close(number, "1");
    REQUIRE(closed.status == 200);
    CHECK(text(body_of(closed).at("article").at("title")) == "施工许可证怎么办");
    CHECK(body_of(people.show(dispatcher, number)).at("article").at("version").as_int64() == 1);
    CHECK(body_of(world.show(agent, id)).at("hits").as_int64() == 1);
    CHECK(world.list(agent)[0].at("hits").as_int64() == 1);
    REQUIRE(close(people.accepted(question), "1").status == 200);
    CHECK(world.list(agent)[0].at("hits").as_int64() == 2);
    REQUIRE(world.step(reviewer, id, "withdraw", R"({"reason":"文件废止"})").status == 200);
    CHECK(code_of(close(people.accepted(question), "1")) == "guard_failed");
    CHECK(body_of(world.show(agent, id)).at("hits").as_int64() == 2);
}

TEST_CASE("K8 who finds an article wrong says why, and its unit replies") {
    KnowledgeWorld world;
    auto& people = world.tickets;
    const auto agent = people.person(Role::agent);
    const auto reviewer = people.person(Role::reviewer);
    const auto clerk = people.person(Role::unit_clerk, people.small.unit(housing));
    const auto stranger = people.person(Role::unit_clerk, people.small.unit("city.justice"));
    const auto id = world.published(agent, reviewer, world.text("施工许可证怎么办", housing));
    const auto tell = [&](const Browser& browser, std::string body) {
        return world.ask(
            &api::ArticlesApi::feedback, browser.post(std::move(body)), {{"article_id", id}}
        );
    };
    const auto reply = [&](const Browser& browser, const std::string& feedback) {
        return world.ask(
            &api::ArticlesApi::reply,
            browser.post(R"({"reply":"已按新规修改"})"),
            {{"article_id", id}, {"feedback_id", feedback}}
        );
    };
    CHECK(tell(agent, R"({"helpful":true})").status == 201);
    CHECK(code_of(tell(stranger, R"({"helpful":false})")) == "guard_failed");
    const auto told = tell(stranger, R"({"helpful":false,"remark":"期限已改为五日"})");
    REQUIRE(told.status == 201);
    const auto said = body_of(told).at("feedback").as_array();
    REQUIRE(said.size() == 1);  // the agent's is not his to read
    const std::string number = std::to_string(said[0].at("feedback_id").as_int64());
    const auto waiting = world.list(clerk, {{"feedback", "true"}, {"mine", "true"}});
    REQUIRE(waiting.size() == 1);
    CHECK(waiting[0].at("open_feedback").as_int64() == 1);
    CHECK(reply(stranger, number).status == 403);
    REQUIRE(reply(clerk, number).status == 200);
    CHECK(code_of(reply(clerk, number)) == "guard_failed");
    CHECK(world.list(clerk, {{"feedback", "true"}}).empty());
    const auto shown = body_of(world.show(stranger, id));
    CHECK(text(shown.at("feedback").as_array()[0].at("reply")) == "已按新规修改");
    CHECK(shown.at("helpful").as_int64() == 1);
    CHECK(shown.at("wrong").as_int64() == 1);
}

TEST_CASE("K6 K7 K15 suggestions keep to days and places, and tell what is overdue for review") {
    KnowledgeWorld world;
    auto& people = world.tickets;
    const auto agent = people.person(Role::agent);
    const auto reviewer = people.person(Role::reviewer);
    world.published(
        agent, reviewer, world.text("施工许可证怎么办", housing, R"(,"divisions":["610526"])")
    );
    world.published(
        agent, reviewer, world.text("施工许可证何时能办", housing, R"(,"valid_to":"2026-03-05")")
    );
    const auto found = [&](const std::string& division) {
        const std::string place = division.empty() ? "" : R"(,"division":")" + division + "\"";
        std::string titles;
        for (const auto& one : world.suggested(agent, R"({"text":"施工许可证")" + place + "}")) {
            titles += named(one) + (one.at("review_overdue").as_bool() ? "!" : "") + " ";
        }
        return titles;
    };
    CHECK(found("") == "施工许可证怎么办 施工许可证何时能办 ");
    CHECK(found("610527") == "施工许可证何时能办 ");
    people.auth.now += std::chrono::days{10};
    const auto later = people.person(Role::agent);
    CHECK(world.suggested(later, R"({"text":"施工许可证"})").size() == 1);
    CHECK(named(world.list(later, {{"standing", "expired"}})[0]) == "施工许可证何时能办");
    people.auth.now += std::chrono::days{180};
    const auto much_later = people.person(Role::agent);
    const auto overdue = world.suggested(much_later, R"({"text":"施工许可证"})");
    REQUIRE(overdue.size() == 1);
    CHECK(overdue[0].at("review_overdue").as_bool());
    CHECK(world.list(much_later, {{"overdue", "true"}}).size() == 2);
}

TEST_CASE("K10 enterprises see what is in force and meant for them") {
    KnowledgeWorld world;
    auto& people = world.tickets;
    const auto agent = people.person(Role::agent);
    const auto reviewer = people.person(Role::reviewer);
    world.published(agent, reviewer, world.text("施工许可证怎么办", housing, R"(,"open":true)"));
    world.published(agent, reviewer, world.text("施工许可证内部口径"));
    REQUIRE(
        world.propose(agent, world.text("施工许可证草稿", housing, R"(,"open":true)")).status == 201
    );
    const auto all = world.answers();
    REQUIRE(all.size() == 1);
    CHECK(named(all[0]) == "施工许可证怎么办");
    CHECK_FALSE(all[0].as_object().contains("hits"));
    CHECK(world.answers({{"q", "施工许可证几天能下来"}}).size() == 1);
    CHECK(world.answers({{"q", "停电"}}).empty());
}

TEST_CASE("K16 an answer that was enough is counted, once a day from one address") {
    KnowledgeWorld world;
    const auto agent = world.tickets.person(Role::agent);
    const auto reviewer = world.tickets.person(Role::reviewer);
    const auto open = world.published(
        agent, reviewer, world.text("施工许可证怎么办", housing, R"(,"open":true)")
    );
    const auto closed = world.published(agent, reviewer, world.text("施工许可证内部口径"));
    const auto helped = [&](const std::string& id, std::string address) {
        auto request = Browser{world.tickets.auth}.post("");
        request.params = {{"article_id", id}};
        request.remote_address = std::move(address);
        return world.run(world.before_appeal.helped(std::move(request))).status;
    };
    const auto count = [&] { return body_of(world.show(agent, open)).at("helpful").as_int64(); };
    CHECK(helped(open, "10.0.0.1") == 204);
    CHECK(helped(open, "10.0.0.1") == 204);
    CHECK(count() == 1);
    CHECK(helped(open, "10.0.0.2") == 204);
    CHECK(count() == 2);
    CHECK(helped(closed, "10.0.0.1") == 404);
    CHECK(helped("99999", "10.0.0.1") == 404);
    CHECK(helped("x", "10.0.0.1") == 404);
}

TEST_CASE("whose credit code it is, as the licence shows it, and not for copying the register") {
    KnowledgeWorld world;
    const std::string code = ticketing::make_uscc("91", "610526", 7);
    world.tickets.run("DELETE FROM enterprise WHERE uscc='" + code + "'");
    world.tickets.run(
        "INSERT INTO enterprise (uscc, name, division, phone) VALUES ('" + code +
        "', '蒲城县某某果业有限公司', '610526', '09137251234')"
    );
    const auto ask = [&](const std::string& typed) {
        auto request = Browser{world.tickets.auth}.get();
        request.query = {{"uscc", typed}};
        request.remote_address = "10.0.0.9";
        return world.run(world.before_appeal.enterprise(std::move(request)));
    };
    std::string small = code;
    for (char& c : small) c = static_cast<char>(std::tolower(c));
    const auto found = ask(small.substr(0, 9) + " " + small.substr(9));
    REQUIRE(found.status == 200);
    const auto one = body_of(found).at("items").as_array()[0].as_object();
    CHECK(text(one.at("name")) == "蒲城县某某果业有限公司");
    CHECK(one.size() == 4);
    CHECK(found.body.find("7251234") == std::string::npos);
    CHECK(body_of(ask(ticketing::make_uscc("91", "610526", 8))).at("items").as_array().empty());
    CHECK(ask("91610526").status == 422);
    int refused = 0;
    for (int i = 0; i < 25; ++i) refused += ask(code).status == 429 ? 1 : 0;
    CHECK(refused >= 5);
}

TEST_CASE("K14 the list finds words anywhere, pages, and keeps its order") {
    KnowledgeWorld world;
    const auto agent = world.tickets.person(Role::agent);
    const auto reviewer = world.tickets.person(Role::reviewer);
    for (const std::string title : {"施工许可证怎么办", "停电了找谁报修", "工地夜间施工要审批吗"}) {
        world.published(agent, reviewer, world.text(title));
    }
    CHECK(world.list(agent).size() == 3);
    CHECK(named(world.list(agent, {{"q", "停电报修"}})[0]) == "停电了找谁报修");
    CHECK(world.list(agent, {{"q", "七日内办结"}}).size() == 3);
    CHECK(world.list(agent, {{"limit", "2"}}).size() == 2);
    CHECK(world.list(agent, {{"limit", "2"}, {"cursor", "2"}}).size() == 1);
    CHECK(world.list(agent, {{"topic", "用电"}}).empty());
    CHECK(world.list(agent, {{"unit_id", world.unit("city.housing")}}).size() == 3);
}

TEST_CASE("16: K17 letters are the initials of a question, those that begin so first") {
    KnowledgeWorld world;
    const auto agent = world.tickets.person(Role::agent);
    const auto reviewer = world.tickets.person(Role::reviewer);
    for (const std::string title : {"停电了找谁报修", "工地停电了怎么办", "夜间施工要审批吗"}) {
        world.published(agent, reviewer, world.text(title));
    }
    const auto found = world.list(agent, {{"q", "tdl"}});
    REQUIRE(found.size() == 2);
    CHECK(named(found[0]) == "停电了找谁报修");
    CHECK(named(found[1]) == "工地停电了怎么办");
    // Every article has this among its other ways to be asked.
    CHECK(world.list(agent, {{"q", "XKZJT"}}).size() == 3);
    CHECK(world.list(agent, {{"q", "zzzz"}}).empty());
}

TEST_CASE("16: a search while typing among 5 000 articles answers at once") {
    KnowledgeWorld world;
    const auto agent = world.tickets.person(Role::agent);
    auto base = std::make_shared<KnowledgeBase>();
    base->revision = world.source.current()->revision;
    constexpr std::string_view matters[] = {
        "施工许可", "停电报修", "出口退税", "欠薪投诉", "用地审批"
    };
    constexpr std::string_view questions[] = {
        "怎么办理", "需要哪些材料", "几天能办好", "找哪个部门"
    };
    for (std::uint64_t id = 1; id <= 5'000; ++id) {
        mysql::StoredArticle stored;
        stored.article.id = {id};
        stored.article.state = ticketing::knowledge::ArticleState::published;
        stored.article.version = stored.article.published = stored.article.settled = 1;
        const std::string matter{matters[id % std::size(matters)]};
        stored.text.title = matter + std::string(questions[id % std::size(questions)]) + "第" +
                            std::to_string(id) + "类";
        for (const auto question : questions) {
            stored.text.questions.push_back("请问" + matter + std::string(question));
        }
        stored.text.answer = "向所在地主管部门申请，材料齐全的七日内办结。";
        stored.text.unit = world.tickets.small.unit("city.housing");
        base->index.add(stored.text);
        base->articles.push_back(std::move(stored));
    }
    base->index.build();
    world.source.replace(std::move(base));
    std::vector<double> took;
    for (const std::string typed :
         {"sg", "sgxk", "td", "ckts", "施工", "施工许可", "停电", "欠薪投诉找谁"}) {
        for (int n = 0; n < 5; ++n) {
            const auto began = std::chrono::steady_clock::now();
            CHECK(world.list(agent, {{"q", typed}}).size() == 50);
            const std::chrono::duration<double, std::milli> ms =
                std::chrono::steady_clock::now() - began;
            took.push_back(ms.count());
        }
    }
    std::ranges::sort(took);
    // Printed, and failed by nothing but a gross loss: how fast a machine is, is not the test's to
    // say.
    const double p95 = took[took.size() * 95 / 100];
    MESSAGE("16: p95 ", p95, " ms of ", took.size(), " searches among 5 000 articles");
    CHECK(p95 < 2'000);
}

TEST_CASE("a server takes up what another one changed when it asks for the revision") {
    KnowledgeWorld world;
    const auto agent = world.tickets.person(Role::agent);
    const auto reviewer = world.tickets.person(Role::reviewer);
    KnowledgeSource other;
    REQUIRE(*world.run(refresh_knowledge(world.tickets.auth.pool, other)));
    const auto before = other.current();
    CHECK_FALSE(*world.run(refresh_knowledge(world.tickets.auth.pool, other)));
    world.published(agent, reviewer, world.text("施工许可证怎么办"));
    CHECK(*world.run(refresh_knowledge(world.tickets.auth.pool, other)));
    CHECK(other.current()->articles.size() == 1);
    other.replace(before);
    CHECK(other.current()->articles.size() == 1);
}

TEST_CASE("nobody without a session reads the knowledge base, and bad paths are nobody's") {
    KnowledgeWorld world;
    const Browser nobody{world.tickets.auth};
    CHECK(world.run(world.finding.list(nobody.get())).status == 401);
    CHECK(world.run(world.finding.suggest(nobody.post(R"({"text":"施工许可证"})"))).status == 401);
    CHECK(world.propose(nobody, world.text("施工许可证怎么办")).status == 401);
    const auto agent = world.tickets.person(Role::agent);
    CHECK(world.show(agent, "x").status == 404);
    CHECK(world.show(agent, "99").status == 404);
    CHECK(world.step(agent, "99", "fly").status == 404);
}
