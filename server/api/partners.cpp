#include "server/api/partners.hpp"

#include "integrations/mysql/store_error.hpp"
#include "server/actions/hand_over.hpp"
#include "server/api/dto.hpp"
#include "server/api/partner_json.hpp"
#include "server/auth/audit.hpp"
#include "ticketing/json_text.hpp"

namespace hotline::api {

namespace asio = boost::asio;
using http::Request;
using http::Response;
using mysql::Connection;
using mysql::Partner;
using ticketing::JsonObject;
using ticketing::Verb;

namespace {

constexpr std::size_t partner_body = 128UL * 1024;
constexpr std::size_t services_bytes = 1024UL * 1024;

Result<Partner> existing_partner(Connection& db, std::uint64_t id, bool lock = false) {
    auto found = mysql::find_partner(db, id, lock);
    if (!found) return std::unexpected(found.error());
    if (!*found) return fail(ErrorCode::not_found);
    return std::move(**found);
}

// Two partners of one unit would both take its tickets.
Error spoken(Error error) {
    if (mysql::is_duplicate(error, "partner_unit")) {
        return refusal({{"unit_id", ErrorCode::conflict, ""}}).value_or(std::move(error));
    }
    return error;
}

struct Change {
    auth::Caller caller;
    ticketing::Actor actor;
    ticketing::Instant now;

    Result<void> note(Connection& db, std::string action, const Partner& partner) const {
        return auth::record(
            db,
            auth::audit_entry(
                caller,
                actor,
                std::move(action),
                "partner:" + std::to_string(partner.id),
                now,
                JsonObject().text("name", partner.name).text("url", partner.base_url).str()
            )
        );
    }
};

std::unexpected<Error> had_tickets(bool english) {
    return fail_field(
        "partner_id",
        ErrorCode::rule_broken,
        english ? "Tickets went to this system, and their records name it. Switch it off instead."
                : "已有工单转交过这个系统，办理记录要留它的名称，不能删除；不再用的，请停用。"
    );
}

// How the call ended, for the administrator: the services, or what is wrong.
std::string outcome_json(
    const std::expected<http_client::Answer, http_client::Fault>& answer,
    const open311::Endpoint& endpoint
) {
    JsonObject out;
    std::vector<open311::ForeignService> services;
    std::string fault;
    if (!answer) {
        fault = name(answer.error());
    } else {
        out.number("status", answer->status);
        const bool good = answer->status >= 200 && answer->status < 300;
        auto read = good ? open311::read_services(endpoint.format, answer->body) : std::nullopt;
        if (good && !read) fault = "unreadable";
        if (!good) fault = "refused";
        if (read) services = std::move(*read);
        const auto words = good ? std::vector<std::string>() : open311::read_errors(answer->body);
        if (!words.empty()) out.text("words", words.front());
    }
    out.raw("ok", fault.empty() ? "true" : "false");
    if (!fault.empty()) out.text("fault", fault);
    return out.raw("items", ticketing::json_array(services, foreign_service_json)).str();
}

http_client::Limits for_lists(http_client::Limits limits) {
    limits.answer_bytes = std::max(limits.answer_bytes, services_bytes);
    return limits;
}

}  // namespace

PartnersApi::PartnersApi(
    asio::any_io_executor executor,
    auth::Guard& guard,
    mysql::Pool& pool,
    const CitySource& city,
    PartnerRules rules,
    auth::Clock clock
)
    : guard_(guard),
      pool_(pool),
      city_(city),
      rules_(std::move(rules)),
      clock_(std::move(clock)),
      client_(executor, for_lists(rules_.limits)) {}

asio::awaitable<Response> PartnersApi::list(Request request) {
    const auto actor = co_await guard_.who_may(request, Verb::token_admin);
    if (!actor) co_return http::problem(request, actor.error());
    const auto found = co_await pool_.read(mysql::list_partners);
    if (!found) co_return http::problem(request, found.error());
    const CityPtr city = city_.current();
    JsonObject out;
    out.raw("items", ticketing::json_array(*found, [&](const Partner& one) {
                return partner_json(one, city->directory);
            }));
    co_return http::json(out.str());
}

asio::awaitable<Response> PartnersApi::create(Request request) {
    const auto actor = co_await guard_.who_may(request, Verb::token_admin);
    if (!actor) co_return http::problem(request, actor.error());
    const CityPtr city = city_.current();
    auto input = read_partner(request, {}, city->directory, rules_.hosts, rules_.stand_ins);
    if (!input) co_return http::problem(request, input.error());
    const Change change{auth::caller_of(request), *actor, clock_()};
    Partner& wanted = input->partner;
    wanted.created_by = actor->user;
    wanted.created_at = change.now;
    wanted.api_key = actions::encrypted_key(rules_.key, input->api_key.value_or(""));
    auto job = [&](Connection& db) -> Result<Partner> {
        const auto id = mysql::insert_partner(db, wanted);
        if (!id) return std::unexpected(spoken(id.error()));
        auto made = existing_partner(db, *id);
        if (!made) return made;
        if (auto ok = change.note(db, "partner.create", *made); !ok) {
            return std::unexpected(ok.error());
        }
        return made;
    };
    const auto made = co_await pool_.transact(std::move(job));
    if (!made) co_return http::problem(request, made.error());
    co_return http::json(partner_json(*made, city->directory), 201);
}

asio::awaitable<Response> PartnersApi::change(Request request) {
    const auto actor = co_await guard_.who_may(request, Verb::token_admin);
    if (!actor) co_return http::problem(request, actor.error());
    const auto id = path_id(request, "partner_id");
    if (!id) co_return http::problem(request, id.error());
    const CityPtr city = city_.current();
    const Change change{auth::caller_of(request), *actor, clock_()};
    auto job = [&](Connection& db) -> Result<Partner> {
        const auto before = existing_partner(db, *id, true);
        if (!before) return before;
        const auto after =
            read_partner(request, *before, city->directory, rules_.hosts, rules_.stand_ins);
        if (!after) return std::unexpected(after.error());
        if (auto ok = mysql::update_partner(db, after->partner); !ok) {
            return std::unexpected(spoken(ok.error()));
        }
        if (after->api_key) {
            const std::string kept = actions::encrypted_key(rules_.key, *after->api_key);
            if (auto ok = mysql::set_partner_key(db, *id, kept); !ok) {
                return std::unexpected(ok.error());
            }
        }
        if (auto ok = change.note(db, "partner.change", after->partner); !ok) {
            return std::unexpected(ok.error());
        }
        return existing_partner(db, *id);
    };
    const auto changed = co_await pool_.transact(std::move(job));
    if (!changed) co_return http::problem(request, changed.error());
    co_return http::json(partner_json(*changed, city->directory));
}

asio::awaitable<Response> PartnersApi::remove(Request request) {
    const auto actor = co_await guard_.who_may(request, Verb::token_admin);
    if (!actor) co_return http::problem(request, actor.error());
    const auto id = path_id(request, "partner_id");
    if (!id) co_return http::problem(request, id.error());
    const Change change{auth::caller_of(request), *actor, clock_()};
    auto job = [&](Connection& db) -> Result<void> {
        const auto partner = existing_partner(db, *id, true);
        if (!partner) return std::unexpected(partner.error());
        const auto gone = mysql::delete_partner(db, *id);
        if (!gone) return std::unexpected(gone.error());
        if (!*gone) return had_tickets(request.wants_english());
        return change.note(db, "partner.delete", *partner);
    };
    const auto done = co_await pool_.transact(std::move(job));
    if (!done) co_return http::problem(request, done.error());
    co_return http::no_content();
}

asio::awaitable<Response> PartnersApi::services(Request request) {
    const auto actor = co_await guard_.who_may(request, Verb::token_admin);
    if (!actor) co_return http::problem(request, actor.error());
    const auto id = path_id(request, "partner_id");
    if (!id) co_return http::problem(request, id.error());
    auto job = [id = *id](Connection& db) { return existing_partner(db, id); };
    const auto partner = co_await pool_.read(std::move(job));
    if (!partner) co_return http::problem(request, partner.error());
    const auto endpoint = actions::endpoint_of(*partner, rules_.key);
    http_client::Request asked;
    asked.method = "GET";
    asked.url = open311::services_url(endpoint);
    const auto answer = co_await client_.send(std::move(asked));
    co_return http::json(outcome_json(answer, endpoint));
}

void PartnersApi::add_routes(std::vector<http::Route>& routes) {
    using enum http::Method;
    using Member = asio::awaitable<Response> (PartnersApi::*)(Request);
    const auto add = [&](http::Method method, std::string_view pattern, Member member) {
        auto handler = [this, member](Request r) { return (this->*member)(std::move(r)); };
        routes.push_back({method, pattern, handler, partner_body});
    };
    add(get, "/api/v1/partners", &PartnersApi::list);
    add(post, "/api/v1/partners", &PartnersApi::create);
    add(patch, "/api/v1/partners/{partner_id}", &PartnersApi::change);
    add(del, "/api/v1/partners/{partner_id}", &PartnersApi::remove);
    add(post, "/api/v1/partners/{partner_id}/services", &PartnersApi::services);
}

}  // namespace hotline::api
