#include "tests/faults/log_in.hpp"

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace hotline::test {

LoggedIn log_in(const World& world, Wire& wire, const std::string& role) {
    std::ifstream in(world.accounts_file());
    std::string login;
    std::string password;
    for (std::string line; std::getline(in, line) && login.empty();) {
        std::istringstream columns(line);
        std::string name;
        std::string secret;
        std::string its_role;
        std::getline(columns, name, '\t');
        std::getline(columns, secret, '\t');
        std::getline(columns, its_role, '\t');
        if (its_role != role) continue;
        login = name;
        password = secret;
    }
    const std::string body = R"({"login":")" + login + R"(","password":")" + password + R"("})";
    const WireAnswer answer =
        wire.ask(request_text("POST", "/api/v1/auth/login", {}, body), std::chrono::seconds(10));
    if (answer.status != 200) throw std::runtime_error("no log-in as " + role + ": " + answer.body);
    const std::string cookie = answer.header("set-cookie");
    return {
        "Cookie: " + cookie.substr(0, cookie.find(';')) +
        "\r\nX-CSRF-Token: " + json_text(answer.body, "csrf_token") + "\r\n"
    };
}

}  // namespace hotline::test
