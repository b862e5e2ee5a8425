#include "server/cli/replay_people.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace hotline::cli {
namespace {

namespace json = boost::json;

Error error_of(const HttpAnswer& answer) {
    boost::system::error_code bad;
    const json::value body = json::parse(answer.body, bad);
    Error error{ErrorCode::internal, "HTTP " + std::to_string(answer.status), {}};
    if (answer.status == 404) error.code = ErrorCode::not_found;
    if (!bad && body.is_object()) {
        const auto& problem = body.get_object();
        error.detail += " " + text_of(problem, "code") + ": " + text_of(problem, "detail");
        if (const auto* errors = problem.if_contains("errors")) {
            error.detail += " " + json::serialize(*errors);
        }
    }
    return error;
}

}  // namespace

std::string text_of(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains({key.data(), key.size()});
    if (value == nullptr || !value->is_string()) return {};
    return {value->get_string().data(), value->get_string().size()};
}

Result<json::object> object_of(const Result<HttpAnswer>& answer) {
    if (!answer) return std::unexpected(answer.error());
    if (answer->status >= 400) return std::unexpected(error_of(*answer));
    if (answer->body.empty()) return json::object{};
    boost::system::error_code bad;
    json::value body = json::parse(answer->body, bad);
    if (bad || !body.is_object()) return fail(ErrorCode::internal, "the answer is no JSON object");
    return std::move(body.get_object());
}

Result<Person> Person::log_in(
    std::string_view url,
    const std::string& login,
    const std::map<std::string, std::string>& passwords
) {
    const auto password = passwords.find(login);
    if (password == passwords.end()) {
        return fail(ErrorCode::not_found, "there is no demonstration account " + login);
    }
    auto client = HttpClient::at(url);
    if (!client) return std::unexpected(client.error());
    Person person{std::move(*client)};
    json::object credentials;
    credentials["login"] = login;
    credentials["password"] = password->second;
    const auto me = person.post("/api/v1/auth/login", credentials);
    if (!me) return std::unexpected(me.error());
    person.csrf_ = text_of(*me, "csrf_token");
    if (const auto* user = me->if_contains("user"); user != nullptr && user->is_object()) {
        person.extension_ = text_of(user->get_object(), "extension");
    }
    return person;
}

Result<json::object> Person::get(std::string_view target) {
    return object_of(client_.request("GET", target));
}

Result<json::object> Person::post(
    std::string_view target, const json::object& body, std::string_view key
) {
    HttpHeaders headers;
    if (!csrf_.empty()) headers.emplace_back("X-CSRF-Token", csrf_);
    if (!key.empty()) headers.emplace_back("Idempotency-Key", key);
    return object_of(client_.request("POST", target, json::serialize(body), headers));
}

Result<void> Person::remove(std::string_view target) {
    const auto answer = object_of(client_.request("DELETE", target, {}, {{"X-CSRF-Token", csrf_}}));
    if (!answer) return std::unexpected(answer.error());
    return {};
}

}  // namespace hotline::cli
