#include "tests/bench/session.hpp"

#include "tests/bench/http_load.hpp"

#include <stdexcept>

namespace hotline::bench {
namespace {

struct Kept {
    int status = 0;
    std::string head;
    std::string body;
};

Kept ask_once(std::uint16_t port, const std::string& request) {
    Kept kept;
    bool sent = false;
    run_load(
        {port, 1},
        [&](std::size_t, std::string& out) {
            if (!sent) out = request;
            sent = true;
        },
        [&](const Answer& answer) {
            kept = {answer.status, std::string(answer.head), std::string(answer.body)};
        }
    );
    return kept;
}

}  // namespace

std::string ask(
    std::uint16_t port,
    std::string_view method,
    const std::string& target,
    const std::string& headers,
    const std::string& body
) {
    std::string request;
    write_request(request, method, target, headers, body);
    Kept kept = ask_once(port, request);
    if (kept.status < 200 || kept.status > 299) {
        throw std::runtime_error(target + ": " + std::to_string(kept.status) + " " + kept.body);
    }
    return std::move(kept.body);
}

Session log_in(std::uint16_t port, const DemoAccount& account) {
    std::string request;
    write_request(
        request,
        "POST",
        "/api/v1/auth/login",
        {},
        R"({"login":")" + account.login + R"(","password":")" + account.password + R"("})"
    );
    const Kept kept = ask_once(port, request);
    if (kept.status != 200) throw std::runtime_error("no log-in as " + account.login);
    const Answer answer{.head = kept.head};
    const std::string cookie(answer.header("set-cookie"));
    return {
        "Cookie: " + cookie.substr(0, cookie.find(';')) +
        "\r\nX-CSRF-Token: " + json_values(kept.body, "csrf_token").at(0) + "\r\n"
    };
}

std::vector<std::string> json_values(std::string_view json, std::string_view field) {
    const std::string name = "\"" + std::string(field) + "\":";
    std::vector<std::string> values;
    for (std::size_t at = json.find(name); at != json.npos; at = json.find(name, at)) {
        at += name.size();
        const bool text = json[at] == '"';
        if (text) ++at;
        const std::size_t end = json.find_first_of(text ? "\"" : ",}]", at);
        values.emplace_back(json.substr(at, end - at));
        at = end;
    }
    return values;
}

}  // namespace hotline::bench
