#include "server/api/ticket_list.hpp"

#include "server/api/dto.hpp"
#include "server/api/found_json.hpp"
#include "server/api/ticket_json.hpp"
#include "server/api/ticket_look.hpp"
#include "server/auth/audit.hpp"
#include "ticketing/json_text.hpp"
#include "ticketing/masking.hpp"

namespace hotline::api {

namespace asio = boost::asio;
using http::Request;
using http::Response;
using mysql::TicketLine;
using ticketing::Verb;

namespace {

using namespace std::chrono_literals;

constexpr std::size_t most_counted = 10'000;
constexpr std::size_t most_remembered = 2'000;

struct Page {
    std::vector<TicketLine> lines;
    std::optional<std::size_t> total;  // when it was counted
};

// A12: who looked for whom, and how many he found; the number as P1 and P3 show it.
mysql::AuditEntry look_for_person(
    const Request& request,
    const ticketing::Actor& actor,
    const ticketing::PersonNumber& person,
    ticketing::Instant now,
    std::size_t found
) {
    const bool phone = person.kind == ticketing::PersonNumber::Kind::phone;
    const std::string masked =
        phone ? ticketing::masked_phone(person.value) : ticketing::masked_uscc(person.value);
    return auth::audit_entry(
        auth::caller_of(request),
        actor,
        "ticket.find_person",
        (phone ? "phone:" : "uscc:") + masked,
        now,
        ticketing::JsonObject().number("found", static_cast<std::int64_t>(found)).str()
    );
}

mysql::TicketListing listing_of(
    const ticketing::Scope& scope, const ListRequest& wanted, ticketing::Instant now
) {
    return {
        .scope = scope,
        .filter = wanted.filter,
        .order = wanted.order,
        .after = wanted.after,
        .limit = wanted.limit + 1,  // one more than asked for tells whether there is a next page
        .now = now,
        .with_texts = !wanted.filter.search.terms.empty()
    };
}

std::string page_json(
    const Page& page,
    const ListRequest& wanted,
    std::optional<std::size_t> total,
    const Viewer& viewer
) {
    const bool more = page.lines.size() > wanted.limit;
    const std::size_t shown = more ? wanted.limit : page.lines.size();
    std::string items = "[";
    for (std::size_t i = 0; i < shown; ++i) {
        if (i > 0) items += ',';
        const auto& line = page.lines[i];
        const auto& terms = wanted.filter.search.terms;
        items += summary_json(
            line, viewer, terms.empty() ? std::string() : found_json(line, terms, viewer)
        );
    }
    ticketing::JsonObject out;
    out.raw("items", items + "]");
    if (more) {
        out.text("next_cursor", cursor_text(mysql::place_of(page.lines[shown - 1]), wanted.order));
    }
    if (total) out.number("total", static_cast<std::int64_t>(*total));
    return out.str();
}

// A question as a key: the statement with its values. Instants are left out: what ran out a second
// ago is the same question.
std::string key_of(const mysql::QueryText& query) {
    std::string key = query.text();
    for (const mysql::Param& value : query.values()) {
        key += '\n';
        switch (value.kind()) {
            case mysql::Param::Kind::text:
                key += value.text();
                break;
            case mysql::Param::Kind::integer:
                key += std::to_string(value.integer());
                break;
            case mysql::Param::Kind::unsigned_integer:
                key += std::to_string(value.unsigned_integer());
                break;
            default:
                break;
        }
    }
    return key;
}

std::string counts_json(const mysql::TicketCounts& counts, std::size_t mine) {
    ticketing::JsonObject by_state;
    std::uint64_t open = 0;
    for (const auto& [state, word] : names_of(ticketing::State{})) {
        const auto count = counts.by_state[static_cast<std::size_t>(state)];
        if (count > 0) by_state.number(word, static_cast<std::int64_t>(count));
        if (!is_final(state)) open += count;
    }
    ticketing::JsonObject out;
    out.raw("by_state", by_state.str());
    out.number("open", static_cast<std::int64_t>(open));
    out.number("overdue", static_cast<std::int64_t>(counts.overdue));
    out.number("mine", static_cast<std::int64_t>(mine));
    return out.str();
}

}  // namespace

TicketListApi::TicketListApi(
    auth::Guard& guard,
    mysql::Pool& pool,
    const CitySource& city,
    const crypto::BlindIndex& blind,
    auth::Clock clock
)
    : guard_(guard),
      pool_(pool),
      city_(city),
      blind_(blind),
      clock_(std::move(clock)),
      totals_(5s, most_remembered),
      counts_(2s, most_remembered) {}

asio::awaitable<Response> TicketListApi::list(Request request) {
    const auto actor = co_await guard_.who_may(request, Verb::ticket_list);
    if (!actor) co_return http::problem(request, actor.error());
    const CityPtr city = city_.current();
    const auto wanted = read_list(request, *actor, *city, blind_);
    if (!wanted) co_return http::problem(request, wanted.error());
    const auto& person = wanted->filter.person;
    if (person && !may(actor->role, Verb::ticket_reveal)) {
        co_return http::problem(request, ErrorCode::forbidden);
    }
    const auto scope = scope_of(*actor, city->directory);
    const auto listing = listing_of(scope, *wanted, clock_());
    const Viewer viewer{*actor, scope, *city, listing.now, request.wants_english()};
    if (wanted->nothing) co_return http::json(page_json({}, *wanted, 0, viewer));

    std::string key;
    std::optional<std::size_t> known;
    if (!wanted->after) {
        key = key_of(mysql::count_text(listing, most_counted));
        known = totals_.find(key, listing.now);
    }
    // Counting what is searched for would mean finding all of it: a common word's are too many.
    const bool may_count = !wanted->after && !known && !wanted->filter.searches();
    const auto job = [&](mysql::Connection& db) -> Result<Page> {
        auto lines = mysql::list_tickets(db, listing);
        if (!lines) return std::unexpected(lines.error());
        Page page{std::move(*lines), {}};
        if (person) {
            const auto entry =
                look_for_person(request, *actor, person->number, listing.now, page.lines.size());
            if (auto noted = auth::record(db, entry); !noted) {
                return std::unexpected(noted.error());
            }
        }
        if (!may_count || page.lines.size() <= wanted->limit) return page;
        const auto total = mysql::count_tickets(db, listing, most_counted);
        if (!total) return std::unexpected(total.error());
        page.total = *total;
        return page;
    };
    const auto page = co_await look_up<Page>(pool_, person.has_value(), job);
    if (!page) co_return http::problem(request, page.error());
    std::optional<std::size_t> total = page->total ? page->total : known;
    if (page->total) totals_.put(std::move(key), *page->total, listing.now);
    // All there is stands on this page.
    const bool whole = !wanted->after && page->lines.size() <= wanted->limit;
    if (whole) total = page->lines.size();
    if (wanted->after) total.reset();
    co_return http::json(page_json(*page, *wanted, total, viewer));
}

asio::awaitable<Response> TicketListApi::counts(Request request) {
    const auto actor = co_await guard_.who_may(request, Verb::ticket_list);
    if (!actor) co_return http::problem(request, actor.error());
    const CityPtr city = city_.current();
    const auto scope = scope_of(*actor, city->directory);
    // What is closed grows for ever and waits for nobody.
    ListRequest everything;
    everything.filter.states = ticketing::unfinished_states();
    ListRequest mine;
    mine.filter.filed_by = actor->user;
    mine.filter.official = actor->official;
    const auto now = clock_();
    const auto all_listing = listing_of(scope, everything, now);
    const auto mine_listing = listing_of(scope, mine, now);
    const std::string key = key_of(mysql::counts_text(all_listing)) + '\n' +
                            key_of(mysql::count_text(mine_listing, most_counted));
    if (auto known = counts_.find(key, now)) co_return http::json(std::move(*known));
    const auto job = [&](mysql::Connection& db) -> Result<std::string> {
        const auto all = mysql::count_by_state(db, all_listing);
        if (!all) return std::unexpected(all.error());
        const auto own = mysql::count_tickets(db, mine_listing, most_counted);
        if (!own) return std::unexpected(own.error());
        return counts_json(*all, *own);
    };
    auto answer = co_await pool_.read(job);
    if (!answer) co_return http::problem(request, answer.error());
    counts_.put(key, *answer, now);
    co_return http::json(std::move(*answer));
}

void TicketListApi::add_routes(std::vector<http::Route>& routes) {
    const auto get = http::Method::get;
    routes.push_back({get, "/api/v1/tickets", [this](Request r) { return list(std::move(r)); }});
    routes.push_back({get, "/api/v1/tickets/counts", [this](Request r) {
                          return counts(std::move(r));
                      }});
}

}  // namespace hotline::api
