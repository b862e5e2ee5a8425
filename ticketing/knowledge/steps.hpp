#pragma once

#include "ticketing/knowledge/article.hpp"
#include "ticketing/types/actor.hpp"

#include <array>
#include <string_view>

namespace hotline::ticketing::knowledge {

// What is done to an article. Persisted numbers, and names in the API.
enum class Step {
    propose = 1,   // the first version
    change = 2,    // another one
    publish = 3,   // the newest version answers from now on
    refuse = 4,    // the newest version goes back to its author
    withdraw = 5,  // it answers no more
    confirm = 6,   // looked at again and still right
};

constexpr auto names_of(Step) {
    return NameTable<Step, 6>{{
        {Step::propose, "propose"},
        {Step::change, "change"},
        {Step::publish, "publish"},
        {Step::refuse, "refuse"},
        {Step::withdraw, "withdraw"},
        {Step::confirm, "confirm"},
    }};
}

// K3: the centre's people write for every unit, a unit's for their own and those below it. Who may
// write an article also sees what is not in force of it.
bool may_write(const Actor& actor, UnitId unit, const Directory& directory);

// What is in force is for everybody at work.
bool may_know(
    const Actor& actor, const Article& article, const ArticleText& text, const Directory& directory
);

struct StepRequest {
    Step step = Step::propose;
    Actor actor;
    std::string reason;                      // refuse, withdraw
    std::optional<sla::LocalDay> review_on;  // publish, confirm; nothing: in 180 days
};

// What a step may know: the text in force (K6) and the newest one.
struct ArticleTexts {
    const ArticleText& present;  // in force; the newest, when none is
    const ArticleText& newest;   // for propose and change: the one to become it
};

// The article after the step, its revision raised; or forbidden, or guard_failed with the guard's
// name (one of step_guards). The texts are checked already (K1).
Result<Article> decide(
    const Article& article,
    const StepRequest& request,
    const ArticleTexts& texts,
    const Directory& directory,
    sla::LocalDay today
);

// What this actor could do to it now, in the order of the steps; whether a form is filled in is
// asked when it is.
std::vector<Step> allowed_steps(
    const Article& article,
    const Actor& actor,
    const ArticleTexts& texts,
    const Directory& directory,
    sla::LocalDay today
);

// Those of decide(), then those the stores answer.
inline constexpr std::array<std::string_view, 10> step_guards{
    "version_waits",
    "written_by_another",
    "still_valid",
    "review_day_fits",
    "reason_given",
    "is_published",
    "says_something_new",
    "question_is_new",
    "remark_given",
    "feedback_waits",
};

}  // namespace hotline::ticketing::knowledge
