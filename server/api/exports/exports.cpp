#include "server/api/exports/exports.hpp"

#include "integrations/workbook/xlsx.hpp"
#include "server/api/disposition.hpp"
#include "server/api/dto.hpp"
#include "server/api/exports/about.hpp"
#include "server/api/exports/file.hpp"
#include "server/auth/audit.hpp"
#include "server/http/serialize.hpp"
#include "sla/date_text.hpp"
#include "ticketing/json_text.hpp"

#include <boost/json/parse.hpp>

#include <fmt/format.h>

namespace hotline::api {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;
using http::Request;
using http::Response;
using workbook::Sheet;

constexpr std::size_t most_exported = 20'000;

enum class ExportFormat { csv, xlsx };

constexpr auto names_of(ExportFormat) {
    return ticketing::NameTable<ExportFormat, 2>{{
        {ExportFormat::csv, "csv"},
        {ExportFormat::xlsx, "xlsx"},
    }};
}

struct Wish {
    ExportTable table{};
    ExportFormat format = ExportFormat::csv;
    bool english = false;
};

Result<Wish> read_wish(const Request& request) {
    const auto table = ticketing::from_name<ExportTable>(request.params.at("table"));
    if (!table) return fail(ErrorCode::not_found);
    std::vector<FieldError> errors;
    QueryFields query(request, errors);
    Wish wish{.table = *table, .english = request.wants_english()};
    wish.format = query.name<ExportFormat>("format").value_or(ExportFormat::csv);
    // They name the path of the route that is asked.
    for (const auto& [needed, name] :
         {std::pair{ExportTable::tickets, "rate"},
          {ExportTable::frozen, "freeze_id"},
          {ExportTable::counted, "metric"}}) {
        if (*table == needed && query.text(name, 40).value_or("").empty()) {
            errors.push_back({name, ErrorCode::missing_field, {}});
        }
    }
    if (*table == ExportTable::groups && query.text("group_by", 20).value_or("none") == "none") {
        errors.push_back({"group_by", ErrorCode::missing_field, {}});
    }
    if (auto refused = refusal(std::move(errors))) return std::unexpected(std::move(*refused));
    return wish;
}

// The question as its own route reads it: pages as large as they come.
Request question_of(const Request& request, const Wish& wish) {
    Request question = request;
    for (const auto* name : {"rate", "freeze_id", "metric"}) {
        const auto at = question.query.find(name);
        if (at != question.query.end()) question.params[name] = at->second;
    }
    question.query.erase("format");
    question.query.erase("cursor");
    if (wish.table == ExportTable::rates) question.query["group_by"] = "none";
    const bool cases = wish.table == ExportTable::tickets || wish.table == ExportTable::counted;
    if (cases) question.query["limit"] = "500";
    if (wish.table == ExportTable::listed) question.query["limit"] = "200";
    if (wish.table == ExportTable::overdue) {
        question.query = {{"overdue", "true"}, {"sort", "due"}, {"limit", "200"}};
    }
    return question;
}

Error too_many(bool english) {
    Error error{ErrorCode::validation_failed, {}, {}};
    error.fields.push_back(
        {"from",
         ErrorCode::rule_broken,
         english ? fmt::format("More than {} lines; choose a shorter period.", most_exported)
                 : fmt::format("超过 {} 行，请缩短统计期后再导出", most_exported)}
    );
    return error;
}

std::string file_name(const Wish& wish, const About& about, ticketing::Instant now) {
    std::string name = title_of(wish.table, wish.english);
    for (const auto& [what, told] : about) {
        if (what == "统计期" || what == "Period")
            name += "_" + told.substr(0, 10) + "_" + told.substr(told.size() - 10);
    }
    name += "_" + sla::date_text(sla::local_day(now));
    return name + "." + std::string(ticketing::name(wish.format));
}

Result<std::string> written(std::vector<Sheet> sheets, ExportFormat format) {
    if (format == ExportFormat::csv) return csv_of(sheets);
    return workbook::xlsx(guarded(std::move(sheets)));
}

Response sent(std::string bytes, const Wish& wish, const std::string& name) {
    constexpr std::string_view xlsx_type =
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    const bool csv = wish.format == ExportFormat::csv;
    const std::string plain = "export." + std::string(ticketing::name(wish.format));
    Response response;
    response.set("content-type", csv ? "text/csv; charset=utf-8" : xlsx_type);
    response.set("cache-control", "no-store");
    response.set("content-disposition", disposition(Saving::saved, plain, name));
    response.body = std::move(bytes);
    return response;
}

// What was asked, for the audit log: the query as it came.
std::string asked(const Request& request) {
    ticketing::JsonObject detail;
    for (const auto& [name, value] : request.query) detail.text(name, value);
    return detail.str();
}

}  // namespace

ExportsApi::ExportsApi(
    auth::Guard& guard,
    mysql::Pool& pool,
    const CitySource& city,
    Sources sources,
    auth::Clock clock
)
    : guard_(guard),
      pool_(pool),
      city_(city),
      sources_(std::move(sources)),
      clock_(std::move(clock)) {}

asio::awaitable<ExportsApi::Gathered> ExportsApi::gathered(
    const Request& request, Request question, ExportTable table
) {
    const http::Handler& source = sources_.at(table);
    json::object answer;
    for (bool more = true; more;) {
        Response page = co_await source(question);
        if (page.status != 200) co_return std::unexpected(std::move(page));
        json::object part = json::parse(http::body_of(page)).as_object();
        const auto* next = part.if_contains("next_cursor");
        more = next != nullptr;
        if (more) question.query["cursor"] = std::string(next->as_string());
        if (answer.empty()) {
            answer = std::move(part);
            continue;
        }
        json::array& items = answer.at("items").as_array();
        for (json::value& item : part.at("items").as_array()) items.push_back(std::move(item));
        if (items.size() > most_exported) {
            co_return std::unexpected(http::problem(request, too_many(request.wants_english())));
        }
    }
    co_return answer;
}

asio::awaitable<Response> ExportsApi::file(Request request) {
    const auto actor = co_await guard_.who(request);
    if (!actor) co_return http::problem(request, actor.error());
    const auto wish = read_wish(request);
    if (!wish) co_return http::problem(request, wish.error());
    const Request question = question_of(request, *wish);
    auto answer = co_await gathered(request, question, wish->table);
    if (!answer) co_return std::move(answer.error());
    const auto now = clock_();
    const CityPtr city = city_.current();
    auto above = about(question, wish->table, *actor, city->directory, now);
    if (!above) co_return http::problem(request, above.error());
    const auto entry = auth::audit_entry(
        auth::caller_of(request),
        *actor,
        "figures.export",
        "table:" + std::string(ticketing::name(wish->table)),
        now,
        asked(request)
    );
    const auto make = [&](mysql::Connection& db) -> Result<std::string> {
        auto bytes = written(sheets_of(wish->table, *answer, *above, wish->english), wish->format);
        if (!bytes) return bytes;
        if (auto noted = auth::record(db, entry); !noted) return std::unexpected(noted.error());
        return bytes;
    };
    auto bytes = co_await pool_.transact(make, mysql::Lane::background);
    if (!bytes) co_return http::problem(request, bytes.error());
    co_return sent(std::move(*bytes), *wish, file_name(*wish, *above, now));
}

void ExportsApi::add_routes(std::vector<http::Route>& routes) {
    routes.push_back({http::Method::get, "/api/v1/exports/{table}", [this](Request r) {
                          return file(std::move(r));
                      }});
}

}  // namespace hotline::api
