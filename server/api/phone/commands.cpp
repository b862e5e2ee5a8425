#include "server/api/phone/commands.hpp"

#include "integrations/mysql/callback_store.hpp"
#include "server/api/dto.hpp"
#include "server/api/phone/agent_json.hpp"
#include "server/api/phone/command_json.hpp"
#include "server/api/phone/command_target.hpp"
#include "server/api/ticket_look.hpp"
#include "server/auth/audit.hpp"
#include "ticketing/json_text.hpp"

#include <algorithm>

namespace hotline::api {
namespace {

namespace asio = boost::asio;
using http::Request;
using http::Response;
using mysql::CallCommand;
using mysql::Connection;
using telephony::CallAction;
using namespace std::chrono_literals;

constexpr std::size_t command_body = 4 * 1024;
constexpr std::size_t longest_key = 200;
constexpr auto looked_at_every = 100ms;

// Somebody has to answer a telephone first.
bool takes_time(const CallCommand& command) {
    const auto action = static_cast<CallAction>(command.action);
    return telephony::needs_target(action) || action == CallAction::dial ||
           telephony::is_for_shift_lead(action);
}

// What a call of ours is for.
struct Purpose {
    std::uint64_t callback = 0;
    std::string ticket;
};

Result<Purpose> read_purpose(const Request& request) {
    const auto object = parse_object(request);
    if (!object) return std::unexpected(object.error());
    std::vector<FieldError> errors;
    Fields fields(*object, errors);
    Purpose purpose;
    const auto callback = fields.integer("callback_id", {.min = 1});
    purpose.callback = static_cast<std::uint64_t>(callback.value_or(0));
    purpose.ticket = fields.text("ticket_no", {.max = 40}).value_or("");
    fields.refuse_others();
    const bool one = (purpose.callback != 0) != !purpose.ticket.empty();
    if (errors.empty() && !one) fields.note("ticket_no", ErrorCode::missing_field);
    if (auto refused = refusal(std::move(errors))) return std::unexpected(std::move(*refused));
    return purpose;
}

// T9: whoever claimed it calls it back.
Result<std::string> number_of_callback(
    Connection& db, std::uint64_t id, const actions::CommandToAsk& command, ticketing::Instant now
) {
    const auto callback = mysql::lock_callback(db, id);
    if (!callback) return std::unexpected(callback.error());
    if (!*callback) return fail_field("callback_id", ErrorCode::unknown_reference);
    const bool his = (*callback)->claimed(now) && (*callback)->claimed_by == command.actor.user;
    if (his) return (*callback)->number;
    return fail_field(
        "callback_id",
        ErrorCode::rule_broken,
        command.english ? "Claim the number before you call it back." : "请先认领这个号码，再回拨。"
    );
}

Result<std::string> number_of_ticket(
    Connection& db, const TicketLook& look, actions::CommandToAsk& command
) {
    const auto ticket = find(db, look);
    if (!ticket) return std::unexpected(ticket.error());
    command.ticket = ticket->id;
    if (ticket->state == ticketing::State::callback) return ticket->appellant.phone;
    return fail_field(
        "ticket_no",
        ErrorCode::rule_broken,
        command.english ? "Only a ticket that waits for its callback is called from."
                        : "只有待回访的工单才能由此拨打。"
    );
}

Result<void> put_number(actions::CommandToAsk& command, const std::string& number) {
    const auto telephone = telephone_outside("action", number, command.english);
    if (!telephone) return std::unexpected(telephone.error());
    command.target = telephone->number;
    command.outside = telephone->outside;
    return {};
}

// Of whoever has this call in charge; without one, of all there are.
Result<std::vector<CallAction>> abilities_for(
    Connection& db, const std::string& call, ticketing::UserId asker, ticketing::Instant now
) {
    if (!call.empty()) {
        const auto spoken = mysql::find_spoken_call(db, call, asker);
        if (!spoken) return std::unexpected(spoken.error());
        if (!*spoken) return std::vector<CallAction>{};
        return actions::abilities_of(db, (*spoken)->source, now);
    }
    const auto commanders = mysql::list_commanders(db, now - telephony::able_for);
    if (!commanders) return std::unexpected(commanders.error());
    std::vector<CallAction> all;
    for (const mysql::Commander& one : *commanders) {
        for (const CallAction action : telephony::actions_of(one.actions)) all.push_back(action);
    }
    return all;
}

std::string colleague_json(const mysql::AgentRow& agent) {
    ticketing::JsonObject out;
    out.number("user_id", static_cast<std::int64_t>(agent.account.value));
    out.text("name", agent.name).text("extension", agent.extension);
    const auto state = static_cast<telephony::AgentState>(agent.state);
    return out.text("state", ticketing::name(state)).str();
}

}  // namespace

// One wish on its way: what is only known inside the transaction is found there.
struct CallCommandsApi::Wanted {
    actions::CommandToAsk command;
    std::function<Result<void>(Connection& db, actions::CommandToAsk& command)> complete;
    std::string whom;  // for the audit
};

CallCommandsApi::CallCommandsApi(
    auth::Guard& guard,
    mysql::Pool& pool,
    const CitySource& city,
    Bell& bell,
    auth::Clock clock,
    std::function<void()> on_asked,
    std::chrono::milliseconds answered_within
)
    : guard_(guard),
      pool_(pool),
      city_(city),
      bell_(bell),
      clock_(std::move(clock)),
      on_asked_(std::move(on_asked)),
      answered_within_(answered_within) {}

asio::awaitable<Result<actions::CommandToAsk>> CallCommandsApi::admit(
    const Request& request, std::optional<CallAction> action
) {
    const auto verb = actions::verb_of(action.value_or(CallAction::hold));
    const auto actor = co_await guard_.who_may(request, verb);
    if (!actor) co_return std::unexpected(actor.error());
    if (!action) co_return fail(ErrorCode::not_found);
    actions::CommandToAsk command;
    command.action = *action;
    command.actor = *actor;
    command.english = request.wants_english();
    command.key = request.header("idempotency-key").value_or("");
    if (command.key.empty()) co_return fail(ErrorCode::idempotency_key_missing);
    if (command.key.size() > longest_key) {
        co_return fail_field("Idempotency-Key", ErrorCode::too_long, std::to_string(longest_key));
    }
    co_return command;
}

asio::awaitable<Response> CallCommandsApi::abilities(Request request) {
    const auto actor = co_await guard_.who_may(request, ticketing::Verb::call_dial);
    if (!actor) co_return http::problem(request, actor.error());
    std::vector<FieldError> errors;
    QueryFields query(request, errors);
    const auto call = query.text("call_id", 80).value_or("");
    if (auto refused = refusal(std::move(errors))) co_return http::problem(request, *refused);
    const auto able = co_await pool_.read([&, now = clock_()](Connection& db) {
        return abilities_for(db, call, actor->user, now);
    });
    if (!able) co_return http::problem(request, able.error());
    std::vector<CallAction> can;
    for (const auto& [action, word] : names_of(CallAction{})) {
        const bool any = std::ranges::find(*able, action) != able->end();
        if (any && ticketing::may(actor->role, actions::verb_of(action))) can.push_back(action);
    }
    ticketing::JsonObject out;
    co_return http::json(out.raw("can", actions_json(can)).str());
}

// As long as it is worth waiting for.
asio::awaitable<Result<CallCommand>> CallCommandsApi::what_comes_of(CallCommand command) {
    const auto until = std::chrono::steady_clock::now() + answered_within_;
    for (;;) {
        const bool told = command.ended_as || (command.taken_at && takes_time(command));
        if (told || std::chrono::steady_clock::now() >= until) co_return command;
        co_await bell_.wait(looked_at_every);
        auto job = [id = command.id](Connection& db) { return mysql::read_command(db, id); };
        auto now = co_await pool_.read(std::move(job));
        if (!now) co_return std::unexpected(now.error());
        if (!*now) co_return command;
        command = std::move(**now);
    }
}

asio::awaitable<Response> CallCommandsApi::ask(const Request& request, Wanted wanted) {
    const auto now = clock_();
    auto job = [&](Connection& db) -> Result<actions::CommandOnItsWay> {
        actions::CommandToAsk command = wanted.command;
        if (wanted.complete) {
            if (auto done = wanted.complete(db, command); !done) {
                // What was asked before may be what made it impossible now: the call was made.
                auto known = actions::asked_before(db, command);
                if (known && *known) return std::move(**known);
                return std::unexpected(done.error());
            }
        }
        auto asked = actions::ask_command(db, command, now);
        if (!asked || !asked->fresh) return asked;
        ticketing::JsonObject detail;
        detail.text("call_id", asked->command.call_id);
        if (!wanted.whom.empty()) detail.text("to", wanted.whom);
        const auto entry = auth::audit_entry(
            auth::caller_of(request),
            command.actor,
            "call." + std::string(ticketing::name(command.action)),
            "call_command:" + std::to_string(asked->command.id),
            now,
            detail.str()
        );
        if (auto noted = auth::record(db, entry); !noted) return std::unexpected(noted.error());
        return asked;
    };
    auto asked = co_await pool_.transact(std::move(job));
    if (!asked) co_return http::problem(request, asked.error());
    if (asked->fresh) on_asked_();
    const auto command = co_await what_comes_of(std::move(asked->command));
    if (!command) co_return http::problem(request, command.error());
    const unsigned status = command->ended_as ? 200 : 202;
    co_return http::json(command_json(*command, wanted.command.english), status);
}

asio::awaitable<Response> CallCommandsApi::act(Request request) {
    auto action = ticketing::from_name<CallAction>(request.params.at("action"));
    if (action == CallAction::dial) action.reset();  // that has a route of its own
    auto command = co_await admit(request, action);
    if (!command) co_return http::problem(request, command.error());
    Wanted wanted{std::move(*command), {}, {}};
    wanted.command.call_id = request.params.at("call_id");
    if (telephony::needs_target(*action)) {
        const auto target = read_target(request);
        if (!target) co_return http::problem(request, target.error());
        wanted.whom = target->object();
        const CityPtr city = city_.current();
        wanted.complete = [target = *target, city, now = clock_()](
                              Connection& db, actions::CommandToAsk& of
                          ) -> Result<void> {
            const auto telephone = telephone_of(db, *city, target, now, of.english);
            if (!telephone) return std::unexpected(telephone.error());
            of.target = telephone->number;
            of.outside = telephone->outside;
            return {};
        };
    }
    co_return co_await ask(request, std::move(wanted));
}

asio::awaitable<Response> CallCommandsApi::dial(Request request) {
    auto command = co_await admit(request, CallAction::dial);
    if (!command) co_return http::problem(request, command.error());
    const auto purpose = read_purpose(request);
    if (!purpose) co_return http::problem(request, purpose.error());
    Wanted wanted{std::move(*command), {}, {}};
    const auto now = clock_();
    if (purpose->callback != 0) {
        wanted.whom = "callback:" + std::to_string(purpose->callback);
        wanted.command.callback = purpose->callback;
        wanted.complete = [id = purpose->callback,
                           now](Connection& db, actions::CommandToAsk& of) -> Result<void> {
            const auto number = number_of_callback(db, id, of, now);
            if (!number) return std::unexpected(number.error());
            return put_number(of, *number);
        };
    } else {
        request.params["ticket_no"] = purpose->ticket;
        auto look = look_of(request, wanted.command.actor, city_.current(), now);
        wanted.whom = ticket_object(look.number);
        wanted.complete = [look](Connection& db, actions::CommandToAsk& of) -> Result<void> {
            const auto number = number_of_ticket(db, look, of);
            if (!number) return std::unexpected(number.error());
            return put_number(of, *number);
        };
    }
    co_return co_await ask(request, std::move(wanted));
}

asio::awaitable<Response> CallCommandsApi::colleagues(Request request) {
    const auto actor = co_await guard_.who_may(request, ticketing::Verb::call_read);
    if (!actor) co_return http::problem(request, actor.error());
    auto agents = co_await pool_.read([](Connection& db) { return mysql::list_agents(db); });
    if (!agents) co_return http::problem(request, agents.error());
    std::erase_if(*agents, [&](const mysql::AgentRow& one) {
        return one.account == actor->user || one.extension.empty();
    });
    ticketing::JsonObject out;
    co_return http::json(out.raw("items", ticketing::json_array(*agents, colleague_json)).str());
}

void CallCommandsApi::add_routes(std::vector<http::Route>& routes) {
    using Member = asio::awaitable<Response> (CallCommandsApi::*)(Request);
    const auto add = [&](http::Method method, const char* path, Member member) {
        routes.push_back(
            {method,
             path,
             [this, member](Request r) { return (this->*member)(std::move(r)); },
             command_body}
        );
    };
    using enum http::Method;
    add(get, "/api/v1/calls/actions", &CallCommandsApi::abilities);
    add(post, "/api/v1/calls/{call_id}/actions/{action}", &CallCommandsApi::act);
    add(post, "/api/v1/calls", &CallCommandsApi::dial);
    add(get, "/api/v1/agents/colleagues", &CallCommandsApi::colleagues);
}

}  // namespace hotline::api
