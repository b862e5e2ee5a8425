#include "server/http/problem_texts.hpp"
#include "server/http/response.hpp"

#include <boost/json.hpp>

#include <doctest/doctest.h>

#include <string>

using namespace hotline;
using namespace hotline::http;
namespace {

Request asked_in(const std::string& language) {
    Request request;
    request.headers = {{"accept-language", language}};
    request.request_id = "r-1";
    return request;
}

boost::json::object body_of(const Response& response) {
    return boost::json::parse(response.body).as_object();
}

std::string header_of(const Response& response, std::string_view field) {
    for (const auto& header : response.headers) {
        if (header.name == field) return header.value;
    }
    return {};
}

}  // namespace

TEST_CASE("every error has a status, a title and advice in both languages") {
    for (int i = 0; i <= static_cast<int>(ErrorCode::internal); ++i) {
        const auto code = static_cast<ErrorCode>(i);
        CAPTURE(name(code));
        const auto& text = problem_text(code);
        CHECK(text.code == code);
        CHECK(text.status >= 400);
        CHECK(text.status < 600);
        for (const auto& words : {text.title, text.advice}) {
            CHECK(words.zh.size() > 6);
            CHECK(words.en.size() > 3);
            CHECK(words.zh != words.en);
        }
        for (const auto detail : {"", "7"}) {
            for (const auto advice : {text.advice.zh, text.advice.en}) {
                const auto sentence = complete(advice, detail);
                CHECK(sentence.find_first_of("[]{}") == std::string::npos);
                CHECK((sentence.ends_with("。") || sentence.ends_with(".")));
            }
        }
        if (text.status == 503 || text.status == 429) CHECK(text.retry_after > 0);
    }
}

TEST_CASE("a problem document names type, code, status and request") {
    const auto zh = problem(asked_in("zh"), Error{ErrorCode::stale_version, {}, {}});
    CHECK(zh.status == 412);
    CHECK(header_of(zh, "content-type") == "application/problem+json; charset=utf-8");
    const auto body = body_of(zh);
    CHECK(body.at("type") == "urn:hotline:problem:stale_version");
    CHECK(body.at("code") == "stale_version");
    CHECK(body.at("status") == 412);
    CHECK(body.at("request_id") == "r-1");
    CHECK(body.at("title") == "工单已被他人更新");
    const auto en = problem(asked_in("en"), Error{ErrorCode::stale_version, {}, {}});
    CHECK(body_of(en).at("title") == "The ticket has changed");
}

TEST_CASE("wrong fields are listed with code and message") {
    const auto response = problem(
        asked_in("zh"),
        Error{
            ErrorCode::validation_failed,
            {},
            {{"content", ErrorCode::too_long, "4000"},
             {"password", ErrorCode::invalid_format, "classes"},
             {"phone", ErrorCode::invalid_format, ""}}
        }
    );
    CHECK(response.status == 422);
    const auto body = body_of(response);
    const auto& errors = body.at("errors").as_array();
    REQUIRE(errors.size() == 3);
    CHECK(errors[0].at("field") == "content");
    CHECK(errors[0].at("code") == "too_long");
    CHECK(errors[0].at("message") == "内容过长，最多 4000，请缩短。");
    CHECK(errors[1].at("message") == "密码须包含大写字母、小写字母、数字、符号中的至少三种。");
    CHECK(errors[2].at("message") == "格式不正确，请检查后重新填写。");
}

TEST_CASE("the wait comes from the detail when it is a number, else from the code") {
    auto response = problem({}, Error{ErrorCode::rate_limited, "42", {}});
    CHECK(header_of(response, "retry-after") == "42");
    CHECK(body_of(response).at("retry_after") == 42);
    response = problem({}, Error{ErrorCode::queue_full, "OOM command not allowed", {}});
    CHECK(header_of(response, "retry-after") == "5");
    CHECK(response.body.find("OOM") == std::string::npos);
    response = problem({}, Error{ErrorCode::not_found, "42", {}});
    CHECK(header_of(response, "retry-after").empty());
}

TEST_CASE("the detail of an internal error stays inside") {
    const auto response = problem({}, Error{ErrorCode::internal, "SELECT secret", {}});
    CHECK(response.status == 500);
    CHECK(response.body.find("secret") == std::string::npos);
}

TEST_CASE("a refused act says which acts are allowed") {
    const auto body =
        body_of(problem({}, Error{ErrorCode::not_allowed_in_state, "note, urge", {}}));
    CHECK(body.at("allowed_actions") == boost::json::array{"note", "urge"});
}
