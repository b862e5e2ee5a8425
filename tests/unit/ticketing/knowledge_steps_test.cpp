#include "tests/unit/ticketing/stage.hpp"
#include "ticketing/knowledge/steps.hpp"

#include <doctest/doctest.h>

using namespace stage;
using namespace hotline::ticketing::knowledge;
using namespace std::chrono;

namespace {

constexpr sla::LocalDay step_day{year{2026} / 3 / 2};

// An article on its way, its texts beside it.
struct Desk {
    City city;
    Article article;
    ArticleText present = first();
    ArticleText newest = present;

    ArticleText first() const {
        ArticleText text;
        text.title = "施工许可证怎么办";
        text.unit = city.unit("610526.housing");
        text.valid_from = step_day;
        return text;
    }
    Actor person(Role role, std::string_view unit = "", std::uint64_t user = 0) const {
        Actor who{.user = {user == 0 ? static_cast<std::uint64_t>(role) : user}, .role = role};
        if (!unit.empty()) who.unit = city.unit(unit);
        if (role == Role::official) who.official = city.worker;
        return who;
    }
    // "" when done, else the refusal.
    std::string tried(Step step, const Actor& actor, std::optional<sla::LocalDay> review = {}) {
        const StepRequest request{step, actor, "理由如下", review};
        const auto after = decide(article, request, {present, newest}, city.directory, step_day);
        if (!after) {
            const auto& error = after.error();
            return error.code == ErrorCode::forbidden ? "forbidden" : error.detail;
        }
        article = *after;
        if (step == Step::publish) present = newest;
        return "";
    }
    std::string changed(const Actor& actor) {
        newest.answer += "新";
        return tried(Step::change, actor);
    }
    void published() {
        REQUIRE(tried(Step::propose, person(Role::agent)) == "");
        REQUIRE(tried(Step::publish, person(Role::supervisor)) == "");
    }
};

}  // namespace

TEST_CASE("K3 the centre writes for every unit, a unit for its own and those below it") {
    const Desk desk;
    struct Row {
        Actor actor;
        bool own, other;
    };
    const Row rows[] = {
        {desk.person(Role::agent), true, true},
        {desk.person(Role::dispatcher), true, true},
        {desk.person(Role::reviewer), true, true},
        {desk.person(Role::supervisor), true, true},
        {desk.person(Role::unit_clerk, "610526.housing"), true, false},
        {desk.person(Role::unit_leader, "610526.gov_office"), true, false},
        {desk.person(Role::official), true, false},
        {desk.person(Role::manager), false, false},
        {desk.person(Role::auditor), false, false},
        {desk.person(Role::admin), false, false},
    };
    for (const Row& row : rows) {
        CHECK(
            may_write(row.actor, desk.city.unit("610526.housing"), desk.city.directory) == row.own
        );
        CHECK(
            may_write(row.actor, desk.city.unit("city.justice"), desk.city.directory) == row.other
        );
    }
}

TEST_CASE("K3 a unit can neither write for another nor hand its article over to one") {
    Desk desk;
    const Actor clerk = desk.person(Role::unit_clerk, "610526.housing");
    desk.newest.unit = desk.present.unit = desk.city.unit("city.justice");
    CHECK(desk.tried(Step::propose, clerk) == "forbidden");
    desk.newest = desk.present = desk.first();
    CHECK(desk.tried(Step::propose, clerk) == "");
    desk.newest.unit = desk.city.unit("city.justice");
    CHECK(desk.tried(Step::change, clerk) == "forbidden");
    CHECK(desk.changed(desk.person(Role::dispatcher)) == "");
}

TEST_CASE("K4 a version is published by a reviewer or supervisor who did not write it") {
    Desk desk;
    const Actor reviewer = desk.person(Role::reviewer);
    REQUIRE(desk.tried(Step::propose, reviewer) == "");
    CHECK(desk.article.state == ArticleState::draft);
    CHECK(waits_for_review(desk.article));
    CHECK(desk.tried(Step::publish, reviewer) == "written_by_another");
    for (const Role role : {Role::agent, Role::dispatcher, Role::manager, Role::admin}) {
        CHECK(desk.tried(Step::publish, desk.person(role)) == "forbidden");
    }
    CHECK(
        desk.tried(Step::publish, desk.person(Role::unit_leader, "610526.housing")) == "forbidden"
    );
    CHECK(desk.tried(Step::publish, desk.person(Role::supervisor)) == "");
    CHECK(desk.article.published == 1);
    CHECK(desk.tried(Step::publish, desk.person(Role::supervisor)) == "version_waits");
}

TEST_CASE("K4 a version is sent back with a reason and changed by its author") {
    Desk desk;
    const Actor agent = desk.person(Role::agent);
    const Actor supervisor = desk.person(Role::supervisor);
    REQUIRE(desk.tried(Step::propose, agent) == "");
    const StepRequest silent{Step::refuse, supervisor, "", {}};
    const auto refused =
        decide(desk.article, silent, {desk.present, desk.newest}, desk.city.directory, step_day);
    CHECK(refused.error().detail == "reason_given");
    CHECK(desk.tried(Step::refuse, supervisor) == "");
    CHECK_FALSE(waits_for_review(desk.article));
    CHECK(desk.article.state == ArticleState::draft);
    CHECK(desk.tried(Step::refuse, supervisor) == "version_waits");
    CHECK(desk.changed(agent) == "");
    CHECK(desk.article.version == 2);
    CHECK(desk.tried(Step::publish, supervisor) == "");
    CHECK(desk.article.published == 2);
}

TEST_CASE("K5 the published version answers while a newer one waits, and after it was sent back") {
    Desk desk;
    desk.published();
    CHECK(desk.tried(Step::change, desk.person(Role::agent)) == "says_something_new");
    REQUIRE(desk.changed(desk.person(Role::agent)) == "");
    CHECK(desk.article.published == 1);
    CHECK(desk.article.state == ArticleState::published);
    REQUIRE(desk.tried(Step::refuse, desk.person(Role::reviewer)) == "");
    CHECK(desk.article.published == 1);
    CHECK(desk.article.settled == 2);
}

TEST_CASE("K7 publishing sets the day of the next review, within 366 days, else in 180") {
    Desk desk;
    REQUIRE(desk.tried(Step::propose, desk.person(Role::agent)) == "");
    const Actor supervisor = desk.person(Role::supervisor);
    CHECK(desk.tried(Step::publish, supervisor, step_day) == "review_day_fits");
    CHECK(desk.tried(Step::publish, supervisor, step_day + days{367}) == "review_day_fits");
    CHECK(desk.tried(Step::publish, supervisor) == "");
    CHECK(desk.article.review_on == step_day + days{180});
    const Actor clerk = desk.person(Role::unit_clerk, "610526.housing");
    CHECK(desk.tried(Step::confirm, clerk, step_day + days{366}) == "");
    CHECK(desk.article.review_on == step_day + days{366});
    CHECK(desk.article.version == 1);
    CHECK(desk.tried(Step::confirm, desk.person(Role::unit_clerk, "city.justice")) == "forbidden");
}

TEST_CASE("K6 what is past its last day is neither published nor confirmed") {
    Desk desk;
    desk.newest.valid_to = desk.present.valid_to = step_day - days{1};
    REQUIRE(desk.tried(Step::propose, desk.person(Role::agent)) == "");
    CHECK(desk.tried(Step::publish, desk.person(Role::supervisor)) == "still_valid");
    desk.newest.valid_to = step_day;
    REQUIRE(desk.changed(desk.person(Role::agent)) == "");
    CHECK(desk.tried(Step::publish, desk.person(Role::supervisor)) == "");
    desk.present.valid_to = step_day - days{1};
    CHECK(desk.tried(Step::confirm, desk.person(Role::agent)) == "still_valid");
}

TEST_CASE("K4 a withdrawn article answers no more until a new version is published") {
    Desk desk;
    desk.published();
    const Actor supervisor = desk.person(Role::supervisor);
    CHECK(desk.tried(Step::withdraw, desk.person(Role::agent)) == "forbidden");
    REQUIRE(desk.tried(Step::withdraw, supervisor) == "");
    CHECK(desk.article.state == ArticleState::withdrawn);
    CHECK(desk.article.published == 0);
    CHECK_FALSE(desk.article.review_on);
    CHECK(desk.tried(Step::withdraw, supervisor) == "is_published");
    CHECK(desk.tried(Step::confirm, supervisor) == "is_published");
    REQUIRE(desk.changed(desk.person(Role::agent)) == "");
    CHECK(desk.article.state == ArticleState::withdrawn);
    REQUIRE(desk.tried(Step::publish, supervisor) == "");
    CHECK(desk.article.state == ArticleState::published);
    CHECK(desk.article.published == 2);
}

TEST_CASE("K2 every step raises the revision by one") {
    Desk desk;
    desk.published();
    REQUIRE(desk.changed(desk.person(Role::agent)) == "");
    REQUIRE(desk.tried(Step::refuse, desk.person(Role::reviewer)) == "");
    REQUIRE(desk.tried(Step::confirm, desk.person(Role::reviewer)) == "");
    REQUIRE(desk.tried(Step::withdraw, desk.person(Role::reviewer)) == "");
    CHECK(desk.article.revision == 6);
}

TEST_CASE("everybody is offered the steps he could take, and knows of drafts he may write") {
    Desk desk;
    REQUIRE(desk.tried(Step::propose, desk.person(Role::agent)) == "");
    const auto offered = [&desk](const Actor& actor) {
        std::string words;
        for (const Step step : allowed_steps(
                 desk.article, actor, {desk.present, desk.newest}, desk.city.directory, step_day
             )) {
            words += std::string(name(step)) + " ";
        }
        return words;
    };
    const Actor stranger = desk.person(Role::unit_clerk, "city.justice");
    CHECK(offered(desk.person(Role::agent)) == "change ");
    CHECK(offered(desk.person(Role::supervisor)) == "change publish refuse withdraw ");
    CHECK(offered(stranger) == "");
    CHECK_FALSE(may_know(stranger, desk.article, desk.present, desk.city.directory));
    CHECK(may_know(desk.person(Role::official), desk.article, desk.present, desk.city.directory));
    REQUIRE(desk.tried(Step::publish, desk.person(Role::supervisor)) == "");
    CHECK(offered(desk.person(Role::supervisor)) == "change withdraw confirm ");
    CHECK(offered(desk.person(Role::manager)) == "");
    CHECK(may_know(stranger, desk.article, desk.present, desk.city.directory));
}

TEST_CASE("K9 an answer on the call may rest on an article in force, and the log tells which") {
    Stage s{AppealType::consult};
    auto r = s.request(Act::close_on_call, Role::agent);
    r.article = {12};
    r.article_version = 3;
    CHECK(s.tried(r) == "guard_failed article_in_force");
    r.article_fits = true;
    REQUIRE(s.tried(r) == "");
    CHECK(s.ticket.article == ArticleId{12});
    CHECK(s.ticket.article_version == 3);
    CHECK(s.event.changes.starts_with(R"({"article":[null,12],"article_version":[0,3],)"));
    Stage plain{AppealType::consult};
    REQUIRE(plain.act(Act::close_on_call, Role::agent) == "");
    CHECK_FALSE(plain.ticket.article);
}
