#pragma once

#include "server/api/articles.hpp"
#include "server/api/before_appeal.hpp"
#include "server/api/knowledge.hpp"
#include "tests/integration/api/tickets_world.hpp"

namespace hotline::test {

// The knowledge base before people of the small city.
struct KnowledgeWorld {
    TicketsWorld tickets;
    KnowledgeSource source;
    api::KnowledgeApi finding{
        tickets.auth.guard, tickets.auth.pool, tickets.source, source, tickets.auth.clock
    };
    api::ArticlesApi articles{
        tickets.auth.guard, tickets.auth.pool, tickets.source, source, tickets.auth.clock
    };
    api::BeforeAppealApi before_appeal{
        tickets.auth.pool, source, tickets.auth.limits, tickets.auth.clock
    };

    KnowledgeWorld() {
        for (const std::string table : {"article", "version", "step", "feedback", "use"}) {
            tickets.run("DELETE FROM knowledge_" + table);
        }
        refresh();
    }

    void refresh() {
        REQUIRE(tickets.auth.pool.transact_now(mysql::raise_knowledge_revision));
        REQUIRE(run(refresh_knowledge(tickets.auth.pool, source)));
    }

    template <class T>
    T run(boost::asio::awaitable<T> work) {
        return tickets.auth.run(std::move(work));
    }

    std::string unit(std::string_view code) const {
        return std::to_string(tickets.small.unit(code).value);
    }
    std::string text(
        std::string_view title, std::string_view code = "city.housing", std::string_view more = ""
    ) const {
        return R"({"title":")" + std::string(title) +
               R"(","questions":["许可证几天能下来"],"answer":"向所在地住建部门申请，七日内办结。",)"
               R"("basis":"《建筑工程施工许可管理办法》","unit_id":)" +
               unit(code) + R"(,"topic":"规划建设","valid_from":"2026-03-01")" + std::string(more) +
               "}";
    }

    using Member = boost::asio::awaitable<http::Response> (api::ArticlesApi::*)(http::Request);
    http::Response ask(
        Member member,
        http::Request request,
        std::map<std::string, std::string> params = {},
        std::string version = ""
    ) {
        request.params = std::move(params);
        if (!version.empty()) request.headers.push_back({"if-match", version});
        return run((articles.*member)(std::move(request)));
    }

    http::Response propose(const Browser& browser, std::string body) {
        return ask(&api::ArticlesApi::propose, browser.post(std::move(body)));
    }
    http::Response show(const Browser& browser, const std::string& id) {
        return ask(&api::ArticlesApi::show, browser.get(), {{"article_id", id}});
    }
    http::Response change(
        const Browser& browser, const std::string& id, std::string body, std::string version = ""
    ) {
        if (version.empty()) version = TicketsWorld::etag_of(show(browser, id));
        return ask(
            &api::ArticlesApi::change,
            browser.request(http::Method::put, std::move(body)),
            {{"article_id", id}},
            version
        );
    }
    http::Response step(
        const Browser& browser,
        const std::string& id,
        const std::string& name,
        std::string body = "{}"
    ) {
        return ask(
            &api::ArticlesApi::step,
            browser.post(std::move(body)),
            {{"article_id", id}, {"step", name}},
            TicketsWorld::etag_of(show(browser, id))
        );
    }
    std::string published(const Browser& author, const Browser& publisher, std::string body) {
        const auto made = propose(author, std::move(body));
        REQUIRE(made.status == 201);
        const std::string id = std::to_string(body_of(made).at("article_id").as_int64());
        REQUIRE(step(publisher, id, "publish").status == 200);
        return id;
    }

    boost::json::array list(const Browser& browser, std::map<std::string, std::string> query = {}) {
        auto request = browser.get();
        request.query = std::move(query);
        const auto answer = run(finding.list(std::move(request)));
        REQUIRE(answer.status == 200);
        return body_of(answer).at("items").as_array();
    }
    boost::json::array suggested(const Browser& browser, std::string body) {
        const auto answer = run(finding.suggest(browser.post(std::move(body))));
        REQUIRE(answer.status == 200);
        return body_of(answer).at("items").as_array();
    }
    boost::json::array answers(std::map<std::string, std::string> query = {}) {
        auto request = Browser{tickets.auth}.get();
        request.query = std::move(query);
        const auto answer = run(finding.answers(std::move(request)));
        REQUIRE(answer.status == 200);
        return body_of(answer).at("items").as_array();
    }
};

}  // namespace hotline::test
