#include "integrations/open311/handing_over.hpp"

#include "tests/unit/ticketing/small_city.hpp"

#include <doctest/doctest.h>

using namespace hotline;
using namespace hotline::open311;

namespace {

ticketing::Ticket power_cut() {
    ticketing::Ticket ticket;
    ticket.number = "WN202611270000016";
    ticket.topic = "用电";
    ticket.title = "厂区停电";
    ticket.content = "厂区停电三天，请联系13800001111";
    ticket.division = "610526";
    ticket.appellant.name = "陈大文";
    ticket.appellant.phone = "13800001111";
    ticket.enterprise_name = "渭南某某公司";
    return ticket;
}

Endpoint endpoint() {
    return {"https://311.example.gov.cn/v2/", "pucheng", "a key", Format::xml, false};
}

const std::vector<ServiceMapping> mappings{
    {"用电", "001", {{"WHISPAWN", "{enterprise} {number}"}}},
    {"", "999", {}},
};

bool has(const std::string& body, std::string_view part) {
    return body.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("E11: what nobody outside may know of, and what the partner has no service for, stays") {
    auto ticket = power_cut();
    const auto* mapping = mapping_of(mappings, "用电");
    REQUIRE(mapping != nullptr);
    CHECK(mapping->service_code == "001");
    CHECK(mapping_of(mappings, "其他")->service_code == "999");
    CHECK(mapping_of(std::span(mappings).first(1), "其他") == nullptr);
    CHECK(kept_back(ticket, mapping) == KeptBack::no);
    CHECK(kept_back(ticket, nullptr) == KeptBack::no_service);
    ticket.appellant.confidential = true;
    CHECK(kept_back(ticket, mapping) == KeptBack::confidential);
    ticket = power_cut();
    ticket.type = ticketing::AppealType::complaint;
    CHECK(kept_back(ticket, mapping) == KeptBack::confidential);
    ticket = power_cut();
    ticket.needs_entry = true;
    CHECK(kept_back(ticket, mapping) == KeptBack::confidential);
}

TEST_CASE("E12: nobody's name or number goes out unless the partner may have them") {
    const auto city = small_city::make();
    const auto ticket = power_cut();
    auto to = endpoint();
    const auto body = request_body(to, mappings.front(), ticket, city);
    CHECK(body.starts_with("api_key=a%20key&jurisdiction_id=pucheng&service_code=001&"));
    CHECK(has(body, "WN202611270000016"));
    CHECK(has(body, "address_string=%E8%92%B2%E5%9F%8E%E5%8E%BF"));  // no place: the county
    CHECK(has(body, "attribute%5BWHISPAWN%5D=%E6%B8%AD"));
    CHECK(has(body, "138%2A%2A%2A%2A1111"));
    CHECK_FALSE(has(body, "13800001111"));
    CHECK_FALSE(has(body, "first_name"));
    to.shares_contact = true;
    const auto open = request_body(to, mappings.front(), ticket, city);
    CHECK(has(open, "first_name=%E9%99%88%E5%A4%A7%E6%96%87&phone=13800001111"));
    auto anonymous = ticket;
    anonymous.appellant.anonymous = true;
    CHECK_FALSE(has(request_body(to, mappings.front(), anonymous, city), "phone="));
}

TEST_CASE("E13: where a partner is asked") {
    const auto to = endpoint();
    auto json = to;
    json.format = Format::json;
    json.jurisdiction_id.clear();
    CHECK(requests_url(to) == "https://311.example.gov.cn/v2/requests.xml");
    CHECK(services_url(to) == "https://311.example.gov.cn/v2/services.xml?jurisdiction_id=pucheng");
    CHECK(services_url(json) == "https://311.example.gov.cn/v2/services.json");
    CHECK(token_url(json, "a/b") == "https://311.example.gov.cn/v2/tokens/a%2Fb.json");
    const std::vector<std::string> ids{"1", "2"};
    CHECK(following_url(json, ids).ends_with("requests.json?service_request_id=1%2C2"));
    const ticketing::Instant noon =
        std::chrono::sys_days{std::chrono::year{2026} / 11 / 27} + std::chrono::hours{4};
    CHECK(
        has(looking_url(json, "001", noon, noon),
            "service_code=001&start_date=2026-11-27T12%3A00%3A00%2B08%3A00&end_date=")
    );
}

TEST_CASE("E13, E14: what came of a POST") {
    using enum Posted::Kind;
    const std::string made =
        "<service_requests><request><service_request_id>7</service_request_id>"
        "<service_notice>soon</service_notice></request></service_requests>";
    const auto ok = posted(Format::xml, 200, made, false);
    CHECK(ok.kind == accepted);
    CHECK(ok.id == "7");
    CHECK(ok.words == "soon");
    const auto later_known = posted(Format::json, 201, R"([{"token":"t"}])", false);
    CHECK(later_known.kind == token);
    CHECK(later_known.id == "t");
    CHECK(posted(Format::xml, 200, "thanks", false).kind == unknown);
    CHECK(posted(Format::json, 200, "[]", false).kind == unknown);
    CHECK(posted(Format::json, 200, "[{}]", false).kind == unknown);
    CHECK(posted(Format::xml, 0, "", false).kind == later);
    CHECK(posted(Format::xml, 0, "", true).kind == unknown);
    for (const unsigned status : {429U, 503U}) {
        CHECK(posted(Format::xml, status, "", false).kind == later);
    }
    for (const unsigned status : {408U, 500U, 502U, 504U}) {
        CHECK(posted(Format::xml, status, "", false).kind == unknown);
    }
    const auto no = posted(
        Format::json,
        400,
        R"([{"code":400,"description":"no place"},{"code":400,"description":"no text"}])",
        false
    );
    CHECK(no.kind == refused);
    CHECK(no.words == "no place；no text");
    for (const unsigned status : {301U, 401U, 403U, 404U}) {
        CHECK(posted(Format::xml, status, "", false).kind == refused);
    }
}

TEST_CASE("E14: a request is ours when its description holds our number") {
    ForeignRequest request;
    CHECK_FALSE(is_about(request, "WN202611270000016"));
    request.description = marked("WN202611270000016") + "用电";
    CHECK(is_about(request, "WN202611270000016"));
    CHECK_FALSE(is_about(request, "WN202611270000024"));
}
