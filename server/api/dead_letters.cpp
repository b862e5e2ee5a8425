#include "server/api/dead_letters.hpp"

#include "integrations/mysql/dead_letter_store.hpp"
#include "server/actions/requeue_dead_letter.hpp"
#include "server/api/appeal_input.hpp"
#include "server/api/dto.hpp"
#include "server/api/guard_texts.hpp"
#include "server/api/receipt.hpp"
#include "server/auth/audit.hpp"
#include "ticketing/intake.hpp"
#include "ticketing/json_text.hpp"
#include "ticketing/text.hpp"

namespace hotline::api {

namespace asio = boost::asio;
using http::Request;
using http::Response;
using ticketing::Verb;

namespace {

constexpr std::size_t most_listed = 200;

// A payload may be anything at all; JSON text may not.
std::string readable(const std::string& payload) {
    if (ticketing::is_clean_utf8(payload)) return payload;
    std::string text;
    for (const char c : payload) text += c >= 0x20 && c < 0x7F ? c : '?';
    return text;
}

std::string letter_json(const mysql::DeadLetterRow& letter) {
    ticketing::JsonObject out;
    out.number("id", static_cast<std::int64_t>(letter.id)).text("ticket_no", letter.ticket_no);
    out.text("payload", readable(letter.payload)).text("error", letter.error);
    out.text("at", to_text(letter.at));
    if (letter.requeued_at) out.text("requeued_at", to_text(*letter.requeued_at));
    return out.str();
}

// The mended form carries no key of its own: the stub is the ticket, once.
Result<ticketing::NormalisedAppeal> read_mended(Request request, const City& city) {
    request.headers.push_back({"idempotency-key", "dead-letter-requeue"});
    auto read = read_appeal(request, AppealForm::portal);
    if (!read) return std::unexpected(read.error());
    return ticketing::normalise(std::move(*read), city.directory);
}

}  // namespace

DeadLettersApi::DeadLettersApi(
    auth::Guard& guard,
    mysql::Pool& pool,
    const CitySource& city,
    DeskLoads& loads,
    const actions::AppealDesk& desk,
    auth::Clock clock
)
    : guard_(guard),
      pool_(pool),
      city_(city),
      loads_(loads),
      desk_(desk),
      clock_(std::move(clock)) {}

asio::awaitable<Response> DeadLettersApi::list(Request request) {
    const auto actor = co_await guard_.who_may(request, Verb::dead_letter_admin);
    if (!actor) co_return http::problem(request, actor.error());
    const auto look =
        auth::audit_entry(auth::caller_of(request), *actor, "dead_letter.read", "", clock_());
    using Letters = Result<std::vector<mysql::DeadLetterRow>>;
    const auto job = [&look](mysql::Connection& db) -> Letters {
        auto letters = mysql::list_dead_letters(db, most_listed);
        if (!letters) return letters;
        if (auto noted = auth::record(db, look); !noted) return std::unexpected(noted.error());
        return letters;
    };
    const auto letters = co_await pool_.transact(job);
    if (!letters) co_return http::problem(request, letters.error());
    std::string items = "{\"items\":[";
    for (const auto& letter : *letters) {
        if (items.back() != '[') items += ',';
        items += letter_json(letter);
    }
    co_return http::json(items + "]}");
}

asio::awaitable<Response> DeadLettersApi::requeue(Request request) {
    const auto actor = co_await guard_.who_may(request, Verb::dead_letter_admin);
    if (!actor) co_return http::problem(request, actor.error());
    const auto id = path_id(request, "dead_letter_id");
    if (!id) co_return http::problem(request, id.error());
    const CityPtr city = city_.current();
    const auto mended = read_mended(request, *city);
    if (!mended) co_return http::problem(request, mended.error());
    const auto desks = loads_.copy();
    const auto now = clock_();
    auto entry = auth::audit_entry(
        auth::caller_of(request),
        *actor,
        "dead_letter.requeue",
        "dead_letter:" + std::to_string(*id),
        now
    );
    const auto job = [&](mysql::Connection& db) -> Result<actions::Requeued> {
        auto done =
            actions::requeue_dead_letter(db, *id, mended->appeal, *actor, *city, desks, now);
        if (!done) return done;
        if (auto noted = auth::record(db, entry); !noted) return std::unexpected(noted.error());
        return done;
    };
    const auto done = co_await pool_.transact(job);
    if (!done) co_return act_problem(request, done.error());
    loads_.placed(done->after);
    const actions::Receipt receipt{
        actions::Receipt::Status::committed,
        done->after.number,
        desk_.query_code(done->after.number),
        false
    };
    co_return http::json(receipt_json(receipt, mended->warnings, request.wants_english()));
}

void DeadLettersApi::add_routes(std::vector<http::Route>& routes) {
    routes.push_back({http::Method::get, "/api/v1/admin/dead-letters", [this](Request r) {
                          return list(std::move(r));
                      }});
    routes.push_back(
        {http::Method::post,
         "/api/v1/admin/dead-letters/{dead_letter_id}/requeue",
         [this](Request r) { return requeue(std::move(r)); },
         appeal_body}
    );
}

}  // namespace hotline::api
