#pragma once

#include "integrations/mysql/knowledge_feedback_store.hpp"
#include "server/http/request.hpp"
#include "ticketing/knowledge/steps.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace hotline::api {

// Schema ArticleInput. Shape only; what makes a good article is the core's to say (K1).
Result<ticketing::knowledge::ArticleText> read_article_text(const http::Request& request);

struct StepForm {
    std::string reason;
    std::optional<sla::LocalDay> review_on;
};
Result<StepForm> read_step_form(const http::Request& request);
// The steps a person takes by their names; writing has routes of its own.
std::optional<ticketing::knowledge::Step> offered_step(std::string_view name);

Result<mysql::ArticleFeedback> read_feedback(const http::Request& request);
Result<std::string> read_reply(const http::Request& request);

}  // namespace hotline::api
