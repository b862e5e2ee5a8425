#include "server/api/phone/call_details.hpp"

#include "integrations/mysql/call_detail_store.hpp"
#include "integrations/mysql/link_store.hpp"
#include "server/api/cti.hpp"
#include "server/api/dto.hpp"
#include "server/api/phone/shift_lead.hpp"
#include "server/api/phone/told_again.hpp"
#include "server/api/phone/told_entries.hpp"
#include "ticketing/json_text.hpp"

#include <set>

namespace hotline::api {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;
using http::Request;
using http::Response;
using mysql::Connection;
using telephony::CallDetail;
using ticketing::JsonObject;

constexpr std::size_t details_body = 4 * 1024 * 1024;
constexpr std::size_t most_details = 10'000;
constexpr std::size_t lists_shown = 60;
constexpr std::size_t differences_shown = 500;

// A time; null for nobody; left out where the books do not tell, or do not tell when.
void read_answer(Fields& fields, const json::object& object, CallDetail& detail) {
    detail.answered = fields.flag("answered");
    const json::value* at = object.if_contains("answered_at");
    if (at == nullptr) return;
    if (!at->is_null()) detail.answered_at = fields.instant("answered_at");
    const bool somebody = !at->is_null();
    if (detail.answered && *detail.answered != somebody) {
        fields.note("answered", ErrorCode::not_in_list);
    }
    detail.answered = somebody;
}

bool is_in_order(const CallDetail& detail) {
    const auto answered = detail.answered_at.value_or(detail.offered_at);
    return is_plausible(detail.offered_at) && detail.offered_at <= answered &&
           answered <= detail.ended_at &&
           detail.ended_at - detail.offered_at <= telephony::longest_told_call;
}

Result<CallDetail> read_detail(const json::value& value, bool english) {
    if (!value.is_object()) return fail(ErrorCode::wrong_type);
    const auto& object = value.get_object();
    std::vector<FieldError> errors;
    Fields fields(object, errors);
    CallDetail detail;
    detail.call_id = fields.required_text("call_id", {.max = 80});
    detail.direction =
        fields.name<telephony::Direction>("direction").value_or(telephony::Direction::in);
    detail.ani = fields.text("ani", {.max = 20}).value_or("");
    detail.dnis = fields.text("dnis", {.max = 20}).value_or("");
    detail.agent = fields.text("agent", {.max = 20}).value_or("");
    detail.offered_at = fields.required_instant("offered_at");
    detail.ended_at = fields.required_instant("ended_at");
    read_answer(fields, object, detail);
    if (errors.empty() && !is_in_order(detail)) {
        fields.note(
            "ended_at",
            ErrorCode::rule_broken,
            english ? "A call begins, is answered, and ends, in this order, within half a day."
                    : "一通电话先呼入、再接听、后结束，不超过半天。"
        );
    }
    if (const auto faults = refusal(std::move(errors))) return std::unexpected(*faults);
    return detail;
}

// Each call once, over within the time the list is of.
Result<void> must_fit(const actions::DetailList& list, bool english) {
    std::set<std::string_view> seen;
    for (std::size_t i = 0; i < list.calls.size(); ++i) {
        const CallDetail& detail = list.calls[i];
        const std::string place = "calls[" + std::to_string(i) + "].";
        if (!seen.insert(detail.call_id).second) {
            return fail_field(
                place + "call_id",
                ErrorCode::rule_broken,
                english ? "Each call is in the list once." : "每通电话在清单里只能出现一次。"
            );
        }
        if (detail.ended_at < list.from || detail.ended_at >= list.until) {
            return fail_field(
                place + "ended_at",
                ErrorCode::rule_broken,
                english ? "The list is of calls that ended from `from` on and before `until`."
                        : "清单只含 from 之后（含）、until 之前结束的电话。"
            );
        }
    }
    return {};
}

Result<actions::DetailList> read_details(const Request& request, ticketing::Instant now) {
    const auto object = parse_object(request);
    if (!object) return std::unexpected(object.error());
    std::vector<FieldError> errors;
    Fields fields(*object, errors);
    const bool english = request.wants_english();
    actions::DetailList list;
    list.from = fields.required_instant("from");
    list.until = fields.required_instant("until");
    const bool order = is_plausible(list.from) && list.from < list.until;
    if (errors.empty() &&
        !(order && list.until <= now && list.until - list.from <= telephony::longest_detail_list)) {
        fields.note(
            "until",
            ErrorCode::rule_broken,
            english ? "A list is of a time that is over, of a day at most."
                    : "清单的时段须已经过去，且不超过一天。"
        );
    }
    if (auto refused = refusal(std::move(errors))) return std::unexpected(std::move(*refused));
    const auto read = [&](const json::value& value) { return read_detail(value, english); };
    auto calls = read_entries(*object, "calls", most_details, read);
    if (!calls) return std::unexpected(calls.error());
    list.calls = std::move(*calls);
    if (auto fits = must_fit(list, english); !fits) return std::unexpected(fits.error());
    return list;
}

std::string list_json(const mysql::CallDetailList& list) {
    JsonObject out;
    out.number("id", static_cast<std::int64_t>(list.id)).text("source", list.source);
    out.text("from", to_text(list.from)).text("until", to_text(list.until));
    out.text("told_at", to_text(list.told_at));
    out.number("calls", static_cast<std::int64_t>(list.told));
    return out.number("differing", static_cast<std::int64_t>(list.differing)).str();
}

std::string difference_json(const mysql::CallDetailDifference& one) {
    JsonObject out;
    out.text("call_id", one.call_id);
    out.text("kind", ticketing::name(static_cast<telephony::DetailDifference>(one.kind)));
    if (one.ours) out.number("our_seconds", one.ours->count() / 1000);
    if (one.theirs) out.number("their_seconds", one.theirs->count() / 1000);
    return out.str();
}

}  // namespace

CallDetailsApi::CallDetailsApi(
    CtiDoor& door, auth::Guard& guard, mysql::Pool& pool, auth::Clock clock, OnCalls on_calls
)
    : door_(door),
      guard_(guard),
      pool_(pool),
      clock_(std::move(clock)),
      on_calls_(std::move(on_calls)) {}

asio::awaitable<Response> CallDetailsApi::take(Request request) {
    const auto source = co_await door_.admit(request);
    if (!source) co_return http::problem(request, source.error());
    const auto now = clock_();
    const auto list = read_details(request, now);
    if (!list) co_return http::problem(request, list.error());
    auto job = [&, now](Connection& db) -> Result<actions::DetailsCompared> {
        auto compared = actions::compare_details(db, *source, *list, now);
        if (!compared) return compared;
        if (auto heard = mysql::hear_link(db, *source, now); !heard) {
            return std::unexpected(heard.error());
        }
        return compared;
    };
    const auto compared = co_await transact_again(pool_, std::move(job));
    if (!compared) co_return http::problem(request, compared.error());
    on_calls_(compared->record);
    JsonObject out;
    out.number("calls", static_cast<std::int64_t>(list->calls.size()));
    out.number("taken_up", static_cast<std::int64_t>(compared->taken_up));
    out.number("ended", static_cast<std::int64_t>(compared->ended));
    out.number("differing", static_cast<std::int64_t>(compared->differing));
    out.number("not_told", static_cast<std::int64_t>(compared->not_told));
    co_return http::json(out.str());
}

asio::awaitable<Response> CallDetailsApi::list(Request request) {
    if (const auto may = co_await who_leads_shift(guard_, request); !may) {
        co_return http::problem(request, may.error());
    }
    const auto lists = co_await pool_.read([](Connection& db) {
        return mysql::read_detail_lists(db, lists_shown);
    });
    if (!lists) co_return http::problem(request, lists.error());
    JsonObject out;
    out.raw("items", ticketing::json_array(*lists, list_json));
    co_return http::json(out.str());
}

asio::awaitable<Response> CallDetailsApi::differences(Request request) {
    if (const auto may = co_await who_leads_shift(guard_, request); !may) {
        co_return http::problem(request, may.error());
    }
    const auto id = path_id(request, "list_id");
    if (!id) co_return http::problem(request, id.error());
    const auto found = co_await pool_.read([list = *id](Connection& db) {
        return mysql::read_differences(db, list, differences_shown);
    });
    if (!found) co_return http::problem(request, found.error());
    JsonObject out;
    out.raw("items", ticketing::json_array(*found, difference_json));
    co_return http::json(out.str());
}

void CallDetailsApi::add_routes(std::vector<http::Route>& routes) {
    routes.push_back(
        {http::Method::post,
         "/api/v1/cti/details",
         [this](Request r) { return take(std::move(r)); },
         details_body}
    );
    routes.push_back({http::Method::get, "/api/v1/call-details", [this](Request r) {
                          return list(std::move(r));
                      }});
    routes.push_back({http::Method::get, "/api/v1/call-details/{list_id}", [this](Request r) {
                          return differences(std::move(r));
                      }});
}

}  // namespace hotline::api
