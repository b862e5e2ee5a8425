#include "server/api/open311_words.hpp"

#include "server/http/problem_texts.hpp"

#include <array>

namespace hotline::api {
namespace {

struct Sentence {
    std::string_view what;
    std::string_view zh;
    std::string_view en;
};

constexpr std::array sentences{
    Sentence{
        "resource",
        "没有这个资源；请在路径末尾写明格式 .xml 或 .json。",
        "There is no such resource; name the format at the end of the path, .xml or .json."
    },
    Sentence{"jurisdiction", "没有这个 jurisdiction_id。", "jurisdiction_id was not found."},
    Sentence{"service", "没有这个 service_code。", "service_code was not found."},
    Sentence{"request", "没有这个 service_request_id。", "service_request_id was not found."},
    Sentence{"token", "没有这个 token。", "token was not found."},
    Sentence{
        "form",
        "请求正文应为 application/x-www-form-urlencoded，编码 UTF-8。",
        "The body is to be application/x-www-form-urlencoded in UTF-8."
    },
    Sentence{"no_key", "缺少 api_key。", "api_key was not provided."},
    Sentence{
        "wrong_key",
        "api_key 无效，或没有提交诉求的权限。",
        "Invalid api_key received -- it may not create requests."
    },
    Sentence{
        "often",
        "请求过于频繁，请按 Retry-After 稍后再试。",
        "Too many requests; try again after the seconds Retry-After says."
    },
    Sentence{
        "away",
        "系统暂时无法处理，请按 Retry-After 稍后再试。",
        "The system cannot answer now; try again after the seconds Retry-After says."
    },
};

// As GeoReport names what the rules of intake name otherwise.
std::string_view geo_report_name(std::string_view field) {
    if (field == "content") return "description";
    if (field == "appellant.name") return "first_name";
    if (field == "appellant.phone") return "phone";
    if (field == "appellant.role_in_firm") return "attribute[role_in_firm]";
    if (field == "place") return "address_string";
    if (field == "uscc") return "attribute[uscc]";
    if (field == "enterprise_name") return "attribute[enterprise_name]";
    if (field == "division") return "attribute[division]";
    if (field == "wanted") return "attribute[wanted]";
    return field;
}

}  // namespace

open311::Refusal open311_refusal(int status, std::string_view what, bool english) {
    for (const Sentence& sentence : sentences) {
        if (sentence.what != what) continue;
        return {status, {std::string(english ? sentence.en : sentence.zh)}};
    }
    return {status, {std::string(what)}};
}

open311::Refusal open311_refusal(const Error& error, bool english) {
    const auto& text = http::problem_text(error.code);
    open311::Refusal refusal{text.status, {}};
    if (error.code == ErrorCode::validation_failed) refusal.status = 400;
    for (const FieldError& field : error.fields) {
        refusal.descriptions.push_back(
            std::string(geo_report_name(field.field)) + ": " + http::field_message(field, english)
        );
    }
    if (refusal.descriptions.empty()) {
        refusal.descriptions.push_back(
            http::complete(english ? text.advice.en : text.advice.zh, error.detail)
        );
    }
    return refusal;
}

std::string open311_notice(std::string_view query_code, bool english) {
    const std::string code(query_code);
    if (english) return "To follow it: the number and the query code " + code + ".";
    return "可凭编号和查询码 " + code + " 查询进度、补充材料、评价。";
}

std::string open311_key_service(bool english) {
    return english ? "An api_key is an access token of scope open311, given out by the "
                     "administrator of the hotline."
                   : "api_key 即范围为 open311 的访问令牌，由热线管理员发放。";
}

}  // namespace hotline::api
