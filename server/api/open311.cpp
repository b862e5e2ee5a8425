#include "server/api/open311.hpp"

#include "integrations/crypto/code.hpp"
#include "integrations/crypto/digest.hpp"
#include "integrations/mysql/published_tickets.hpp"
#include "integrations/mysql/ticket_store.hpp"
#include "integrations/open311/services.hpp"
#include "server/api/dto.hpp"
#include "server/api/open311_words.hpp"
#include "server/api/progress_json.hpp"
#include "server/auth/query_guard.hpp"
#include "server/http/target.hpp"
#include "sla/local_time.hpp"
#include "ticketing/intake.hpp"
#include "ticketing/ticket_number.hpp"

#include <algorithm>

namespace hotline::api {

namespace asio = boost::asio;
using http::Request;
using http::Response;
using open311::Format;
using open311::Node;
using open311::Parameters;
using open311::Refusal;
using ticketing::PublishedTicket;

namespace {

using namespace std::chrono_literals;

constexpr std::size_t form_body = 64 * 1024;  // 4 000 characters, each nine bytes when escaped
constexpr std::string_view key_scope = "open311";
constexpr int reads_per_minute = 60;
constexpr int posts_per_minute = 120;
constexpr int refusals_per_minute = 20;  // of one address

Response write(const Node& node, Format format, int status = 200) {
    Response response;
    response.status = status;
    response.set("content-type", open311::media_type(format)).set("cache-control", "no-store");
    response.body = node.write(format);
    return response;
}

// "services.xml" → "services"; the standard names the format in the path.
std::optional<Format> take_format(std::string& name) {
    const auto dot = name.rfind('.');
    if (dot == std::string::npos) return std::nullopt;
    const auto format = open311::format_from(std::string_view(name).substr(dot + 1));
    name.resize(dot);
    return format;
}

std::string last_segment(const Request& request) {
    return request.path.substr(request.path.rfind('/') + 1);
}

Format format_of(const Request& request) {
    std::string name = last_segment(request);
    return take_format(name).value_or(Format::xml);
}

Response refused(const Request& request, const Refusal& refusal) {
    auto response = write(refusal.node(), format_of(request), refusal.status);
    if (refusal.status == 429 || refusal.status == 503) response.set("retry-after", "10");
    return response;
}

// A token names its ticket and proves that it was given out by us.
std::string token_for(const actions::AppealDesk& desk, const std::string& ticket_no) {
    return ticket_no + "-" + desk.query_code(ticket_no);
}

std::optional<std::string> ticket_of_token(
    const actions::AppealDesk& desk, const std::string& token
) {
    const auto dash = token.find('-');
    if (dash == std::string::npos) return std::nullopt;
    std::string number = token.substr(0, dash);
    const bool ours = ticketing::parse_ticket_number(number) &&
                      crypto::query_code_matches(
                          desk.query_code_secret(), number, std::string_view(token).substr(dash + 1)
                      );
    return ours ? std::optional(std::move(number)) : std::nullopt;
}

std::string day_text(ticketing::Instant at) {
    return std::to_string(sla::local_day(at).time_since_epoch().count());
}

std::vector<ticketing::State> states_of(std::optional<open311::Status> status) {
    std::vector<ticketing::State> states;
    if (!status) return states;
    for (const auto& [state, word] : names_of(ticketing::State{})) {
        if (open311::status_of(state) == *status) states.push_back(state);
    }
    return states;
}

Node receipt_node(const actions::AppealDesk& desk, const actions::Receipt& receipt, bool english) {
    Node entry = Node::object("request");
    const bool committed = receipt.status == actions::Receipt::Status::committed;
    entry.add(
        committed ? Node::text("service_request_id", receipt.ticket_no)
                  : Node::text("token", token_for(desk, receipt.ticket_no))
    );
    entry.add(Node::text("service_notice", open311_notice(receipt.query_code, english)));
    entry.add(Node::nothing("account_id"));
    return Node::list("service_requests", {std::move(entry)});
}

}  // namespace

// One request on its way.
struct Open311Api::Asked {
    std::string name;  // without its format
    Format format = Format::xml;
    bool english = false;
    Parameters parameters;  // of the query and, of a POST, of the form
    std::string holder;     // of the key
    std::string sent_key;   // Idempotency-Key
    CityPtr city;
};

Open311Api::Open311Api(
    auth::Guard& guard,
    actions::AppealDesk& desk,
    mysql::Pool& pool,
    redis::Limits& limits,
    const CitySource& city,
    Open311Settings settings,
    auth::Clock clock
)
    : guard_(guard),
      desk_(desk),
      pool_(pool),
      limits_(limits),
      city_(city),
      settings_(std::move(settings)),
      clock_(std::move(clock)) {}

Open311Api::Outcome<Open311Api::Asked> Open311Api::admit(const Request& request, std::string name) {
    Asked asked;
    asked.english = request.wants_english();
    const auto format = take_format(name);
    if (!settings_.enabled || !format) {
        co_return std::unexpected(open311_refusal(404, "resource", asked.english));
    }
    asked.name = std::move(name);
    asked.format = *format;
    asked.parameters = request.query;
    asked.city = city_.current();
    if (request.method == http::Method::post) {
        const auto type = request.header("content-type").value_or("");
        if (!type.starts_with("application/x-www-form-urlencoded")) {
            co_return std::unexpected(open311_refusal(415, "form", asked.english));
        }
        auto form = http::parse_target("/?" + request.body);
        if (!form) co_return std::unexpected(open311_refusal(400, "form", asked.english));
        asked.parameters.merge(form->query);
        asked.sent_key = request.header("idempotency-key").value_or("");
    }
    const auto jurisdiction = open311::value_of(asked.parameters, "jurisdiction_id");
    if (!jurisdiction.empty() && jurisdiction != settings_.jurisdiction_id) {
        co_return std::unexpected(open311_refusal(404, "jurisdiction", asked.english));
    }
    if (request.method == http::Method::post) co_return asked;
    const auto taken =
        co_await limits_.take("open311:" + request.remote_address, reads_per_minute, 1min);
    if (!taken.allowed) co_return std::unexpected(open311_refusal(429, "often", asked.english));
    co_return asked;
}

asio::awaitable<Response> Open311Api::discovery(Request request) {
    const auto asked = co_await admit(request, last_segment(request));
    if (!asked) co_return refused(request, asked.error());
    Node formats = Node::list("formats");
    formats.add(Node::text("format", "text/xml"));
    formats.add(Node::text("format", "application/json"));
    Node endpoint = Node::object("endpoint");
    endpoint.add(Node::text("specification", "http://wiki.open311.org/GeoReport_v2"));
    endpoint.add(Node::text("url", settings_.public_url + "/open311/v2"));
    endpoint.add(Node::nothing("changeset"));
    endpoint.add(Node::text("type", "production"));
    endpoint.add(std::move(formats));
    Node root = Node::object("discovery");
    root.add(Node::nothing("changeset"));
    root.add(Node::text("contact", settings_.public_url));
    root.add(Node::text("key_service", open311_key_service(asked->english)));
    root.add(Node::list("endpoints", {std::move(endpoint)}));
    co_return write(root, asked->format);
}

asio::awaitable<Response> Open311Api::services(Request request) {
    const auto asked = co_await admit(request, last_segment(request));
    if (!asked) co_return refused(request, asked.error());
    co_return write(open311::services(asked->city->directory), asked->format);
}

asio::awaitable<Response> Open311Api::service(Request request) {
    const auto asked = co_await admit(request, request.params["service"]);
    if (!asked) co_return refused(request, asked.error());
    const auto& directory = asked->city->directory;
    const auto* topic = open311::topic_of(directory, asked->name);
    if (topic == nullptr) {
        co_return refused(request, open311_refusal(404, "service", asked->english));
    }
    co_return write(open311::service_definition(*topic, directory, asked->english), asked->format);
}

Open311Api::Outcome<std::vector<PublishedTicket>> Open311Api::find(
    open311::RequestQuery query, bool english
) {
    // Strangers' questions wait behind the people at work.
    auto job = [&query](mysql::Connection& db) {
        if (!query.numbers.empty()) return mysql::published_by_number(db, query.numbers);
        const mysql::PublishedFilter filter{
            .topics = query.topics,
            .states = states_of(query.status),
            .from = query.from,
            .to = query.to,
        };
        return mysql::list_published(db, filter, open311::most_requests);
    };
    auto found = co_await pool_.read(std::move(job), mysql::Lane::background);
    if (!found) co_return std::unexpected(open311_refusal(503, "away", english));
    co_return std::move(*found);
}

Response Open311Api::show(const Asked& asked, const std::vector<PublishedTicket>& tickets) const {
    Node list = Node::list("service_requests");
    for (const PublishedTicket& ticket : tickets) {
        ticketing::Ticket shown;
        shown.state = ticket.state;
        list.add(open311::service_request(
            ticket, asked.city->directory, state_text(shown, asked.english)
        ));
    }
    return write(list, asked.format);
}

asio::awaitable<Response> Open311Api::requests(Request request) {
    const auto asked = co_await admit(request, last_segment(request));
    if (!asked) co_return refused(request, asked.error());
    auto query = open311::query_from(
        asked->parameters, asked->city->directory, clock_(), instant_from, asked->english
    );
    if (!query) co_return refused(request, query.error());
    const auto found = co_await find(std::move(*query), asked->english);
    if (!found) co_return refused(request, found.error());
    co_return show(*asked, *found);
}

asio::awaitable<Response> Open311Api::one_request(Request request) {
    const auto asked = co_await admit(request, request.params["service_request_id"]);
    if (!asked) co_return refused(request, asked.error());
    open311::RequestQuery query;
    query.numbers = {asked->name};
    const auto found = co_await find(std::move(query), asked->english);
    if (!found) co_return refused(request, found.error());
    // One that is not published is told from one that is not there by nobody.
    if (found->empty()) co_return refused(request, open311_refusal(404, "request", asked->english));
    co_return show(*asked, *found);
}

asio::awaitable<Response> Open311Api::token(Request request) {
    const auto asked = co_await admit(request, request.params["token"]);
    if (!asked) co_return refused(request, asked.error());
    const auto number = ticket_of_token(desk_, asked->name);
    if (!number) co_return refused(request, open311_refusal(404, "token", asked->english));
    auto job = [&number](mysql::Connection& db) { return mysql::read_ticket(db, *number); };
    const auto stored = co_await pool_.read(std::move(job), mysql::Lane::background);
    if (!stored) co_return refused(request, open311_refusal(503, "away", asked->english));
    Node entry = Node::object("request");
    entry.add(
        *stored ? Node::text("service_request_id", (*stored)->ticket.number)
                : Node::nothing("service_request_id")
    );
    entry.add(Node::text("token", asked->name));
    co_return write(Node::list("service_requests", {std::move(entry)}), asked->format);
}

// How often an address may show a key that is none; guessing is told nothing then.
asio::awaitable<Refusal> Open311Api::key_refused(const Request& request, std::string why) {
    const bool english = request.wants_english();
    const auto taken = co_await limits_.take(
        "open311-refused:" + request.remote_address, refusals_per_minute, 1min
    );
    if (!taken.allowed) co_return open311_refusal(429, "often", english);
    co_return open311_refusal(403, why, english);
}

Open311Api::Outcome<std::string> Open311Api::key_holder(const Request& request, std::string key) {
    const bool english = request.wants_english();
    if (key.empty()) co_return std::unexpected(co_await key_refused(request, "no_key"));
    const auto actor = co_await guard_.machine_with(key, std::string(key_scope));
    if (!actor) {
        if (actor.error().code == ErrorCode::store_unavailable) {
            co_return std::unexpected(open311_refusal(503, "away", english));
        }
        co_return std::unexpected(co_await key_refused(request, "wrong_key"));
    }
    std::string holder = crypto::hex(crypto::sha256(key)).substr(0, 16);
    const auto taken = co_await limits_.take("open311-post:" + holder, posts_per_minute, 1min);
    if (!taken.allowed) co_return std::unexpected(open311_refusal(429, "often", english));
    co_return holder;
}

asio::awaitable<std::string> Open311Api::key_of_post(std::string holder, std::string words) {
    const auto key_on = [&](ticketing::Instant at) {
        const std::string text = words + "@" + day_text(at);
        return "open311-" + holder + "-" + crypto::hex(crypto::sha256(text)).substr(0, 40);
    };
    // Sent again past midnight it is still the same post.
    std::string before = key_on(clock_() - 24h);
    auto job = [&before](mysql::Connection& db) {
        return mysql::find_intake(db, ticketing::Channel::api, before);
    };
    const auto known = co_await pool_.read(std::move(job));
    if (known && *known) co_return before;
    // Without the database nobody can say; intake goes on all the same.
    co_return key_on(clock_());
}

Open311Api::Outcome<actions::Receipt> Open311Api::submit(Asked asked) {
    auto read = open311::appeal_from(asked.parameters, asked.city->directory, asked.english);
    if (!read) co_return std::unexpected(std::move(read.error()));
    auto checked = ticketing::normalise(std::move(*read), asked.city->directory);
    if (!checked) co_return std::unexpected(open311_refusal(checked.error(), asked.english));
    if (asked.sent_key.empty()) {
        checked->appeal.idempotency_key =
            co_await key_of_post(asked.holder, open311::canonical_form(asked.parameters));
    } else {
        const std::string digest = crypto::hex(crypto::sha256(asked.sent_key));
        checked->appeal.idempotency_key = "open311-" + asked.holder + "+" + digest.substr(0, 40);
    }
    auto receipt = co_await desk_.submit(std::move(checked->appeal), true);
    if (!receipt) co_return std::unexpected(open311_refusal(receipt.error(), asked.english));
    co_return std::move(*receipt);
}

asio::awaitable<Response> Open311Api::file(Request request) {
    auto asked = co_await admit(request, last_segment(request));
    if (!asked) co_return refused(request, asked.error());
    auto holder =
        co_await key_holder(request, std::string(open311::value_of(asked->parameters, "api_key")));
    if (!holder) co_return refused(request, holder.error());
    asked->holder = std::move(*holder);
    const Format format = asked->format;
    const bool english = asked->english;
    const auto receipt = co_await submit(std::move(*asked));
    if (!receipt) co_return refused(request, receipt.error());
    const bool committed = receipt->status == actions::Receipt::Status::committed;
    co_return write(receipt_node(desk_, *receipt, english), format, committed ? 201 : 202);
}

void Open311Api::add_routes(std::vector<http::Route>& routes) {
    using enum http::Method;
    using Member = asio::awaitable<Response> (Open311Api::*)(Request);
    const auto add = [&](http::Method method, std::string_view pattern, Member member) {
        auto handler = [this, member](Request r) { return (this->*member)(std::move(r)); };
        routes.push_back({method, pattern, handler, form_body});
    };
    add(get, "/open311/discovery.xml", &Open311Api::discovery);
    add(get, "/open311/discovery.json", &Open311Api::discovery);
    add(get, "/open311/v2/services.xml", &Open311Api::services);
    add(get, "/open311/v2/services.json", &Open311Api::services);
    add(get, "/open311/v2/services/{service}", &Open311Api::service);
    add(get, "/open311/v2/requests.xml", &Open311Api::requests);
    add(get, "/open311/v2/requests.json", &Open311Api::requests);
    add(post, "/open311/v2/requests.xml", &Open311Api::file);
    add(post, "/open311/v2/requests.json", &Open311Api::file);
    add(get, "/open311/v2/requests/{service_request_id}", &Open311Api::one_request);
    add(get, "/open311/v2/tokens/{token}", &Open311Api::token);
}

}  // namespace hotline::api
