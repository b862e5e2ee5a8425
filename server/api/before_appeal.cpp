#include "server/api/before_appeal.hpp"

#include "integrations/mysql/enterprise_store.hpp"
#include "integrations/mysql/knowledge_feedback_store.hpp"
#include "server/api/dto.hpp"
#include "server/auth/query_guard.hpp"
#include "ticketing/json_text.hpp"
#include "ticketing/uscc.hpp"

#include <array>
#include <chrono>

namespace hotline::api {

namespace asio = boost::asio;
using http::Request;
using http::Response;
using ticketing::JsonObject;
using namespace std::chrono_literals;

namespace {

constexpr int codes_per_minute =
    20;  // of one address: enough to mistype, too few to copy a register
constexpr std::size_t no_body = 1024;

std::string licence_json(const ticketing::Enterprise& firm) {
    return JsonObject()
        .text("uscc", firm.uscc)
        .text("name", firm.name)
        .text("division", firm.division)
        .raw("active", firm.active ? "true" : "false")
        .str();
}

bool is_open(const mysql::StoredArticle& stored, sla::LocalDay today) {
    using ticketing::knowledge::Standing;
    return stored.text.open &&
           standing_of(stored.article, stored.text, today) == Standing::in_force;
}

}  // namespace

BeforeAppealApi::BeforeAppealApi(
    mysql::Pool& pool, const KnowledgeSource& knowledge, redis::Limits& limits, auth::Clock clock
)
    : pool_(pool), knowledge_(knowledge), limits_(limits), clock_(std::move(clock)) {}

asio::awaitable<Response> BeforeAppealApi::enterprise(Request request) {
    std::vector<FieldError> errors;
    QueryFields query(request, errors);
    const std::string code = ticketing::normalise_uscc(query.text("uscc", 40).value_or(""));
    if (errors.empty() && ticketing::inspect_uscc(code).refused()) {
        errors.push_back({"uscc", ErrorCode::invalid_uscc, {}});
    }
    if (auto refused = refusal(std::move(errors))) co_return http::problem(request, *refused);
    const auto taken =
        co_await limits_.take("licence:" + request.remote_address, codes_per_minute, 1min);
    if (!taken.allowed) {
        const Error error{ErrorCode::rate_limited, std::to_string(taken.wait.count()), {}};
        co_return http::problem(request, error);
    }
    const auto job = [&code](mysql::Connection& db) {
        return mysql::find_enterprises_by_uscc(db, std::array{code});
    };
    const auto found = co_await pool_.read(job);
    if (!found) co_return http::problem(request, found.error());
    // Unknown is an answer, not a fault: not every licence is in the register.
    co_return http::json(
        JsonObject().raw("items", ticketing::json_array(*found, licence_json)).str()
    );
}

asio::awaitable<Response> BeforeAppealApi::helped(Request request) {
    const auto id = path_id(request, "article_id");
    if (!id) co_return http::problem(request, id.error());
    const KnowledgePtr base = knowledge_.current();
    const auto* stored = base->article({*id});
    if (stored == nullptr || !is_open(*stored, sla::local_day(clock_()))) {
        co_return http::problem(request, Error{ErrorCode::not_found, {}, {}});
    }
    const auto taken = co_await limits_.take(
        "helped:" + std::to_string(*id) + ":" + request.remote_address, 1, 24h
    );
    if (!taken.allowed) co_return http::no_content();
    const auto job = [&id](mysql::Connection& db) { return mysql::count_helped(db, {*id}); };
    const auto counted = co_await pool_.transact(job);
    if (!counted) co_return http::problem(request, counted.error());
    co_return http::no_content();
}

void BeforeAppealApi::add_routes(std::vector<http::Route>& routes) {
    using enum http::Method;
    routes.push_back({get, "/api/v1/public/enterprises", [this](Request r) {
                          return enterprise(std::move(r));
                      }});
    routes.push_back(
        {post,
         "/api/v1/public/knowledge/{article_id}/helped",
         [this](Request r) { return helped(std::move(r)); },
         no_body}
    );
}

}  // namespace hotline::api
