#include "integrations/crypto/token.hpp"

#include "integrations/crypto/code.hpp"
#include "integrations/crypto/ids.hpp"
#include "integrations/crypto/password_rules.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cctype>
#include <set>

using namespace hotline::crypto;
using namespace std::chrono_literals;

TEST_CASE("tokens are 43 base64url characters and do not repeat") {
    std::set<std::string> seen;
    for (int i = 0; i < 1'000; ++i) {
        const std::string token = random_token();
        CHECK(looks_like_token(token));
        seen.insert(token);
    }
    CHECK(seen.size() == 1'000);
}

TEST_CASE("what cannot be a token is told by its shape") {
    const std::string token = random_token();
    CHECK_FALSE(looks_like_token(""));
    CHECK_FALSE(looks_like_token(token.substr(1)));
    CHECK_FALSE(looks_like_token(token + "A"));
    CHECK_FALSE(looks_like_token(token.substr(1) + "+"));
    CHECK_FALSE(looks_like_token(token.substr(2) + "\xC3\xA4"));
}

TEST_CASE("initial passwords pass the password rules and avoid look-alikes") {
    for (int i = 0; i < 200; ++i) {
        const std::string password = initial_password();
        CAPTURE(password);
        CHECK(password.size() == 19);
        CHECK(check_password(password, "admin", {}, "password").empty());
        CHECK(password.find_first_of("0O1Il") == std::string::npos);
    }
}

TEST_CASE("the query code depends on the secret and on every letter of the number") {
    const std::string code = query_code("secret", "WN-20261123-000017");
    CHECK(code.size() == 6);
    CHECK(code.find_first_not_of("23456789ABCDEFGHJKLMNPQRSTUVWXYZ") == std::string::npos);
    CHECK(query_code("secret", "WN-20261123-000017") == code);
    CHECK(query_code("other", "WN-20261123-000017") != code);
    CHECK(query_code("secret", "WN-20261123-000018") != code);
}

TEST_CASE("query codes are the leading 30 bits of the MAC, five to a letter") {
    // HMAC-SHA256("Jefe", …) begins 5bdcc146: 01011 01111 01110 01100 00010 10001.
    CHECK(query_code("Jefe", "what do ya want for nothing?") == "DHGE4K");
}

TEST_CASE("query codes are accepted as people type them, and no other") {
    const std::string code = query_code("secret", "WN-1");
    std::string low = code;
    std::ranges::transform(low, low.begin(), [](unsigned char c) {
        return static_cast<char>(std::tolower(c));
    });
    CHECK(query_code_matches("secret", "WN-1", code));
    CHECK(query_code_matches("secret", "WN-1", low.substr(0, 3) + " - " + low.substr(3)));
    CHECK_FALSE(query_code_matches("secret", "WN-2", code));
    CHECK_FALSE(query_code_matches("secret", "WN-1", ""));
    CHECK_FALSE(query_code_matches("secret", "WN-1", code.substr(0, 5)));
    CHECK_FALSE(query_code_matches("secret", "WN-1", code + "A"));
    CHECK_FALSE(query_code_matches("secret", "WN-1", std::string(100'000, 'A')));
}

TEST_CASE("codes are spread over the whole alphabet in every place") {
    std::set<char> seen[6];
    for (int i = 0; i < 2'000; ++i) {
        const std::string code = query_code("secret", std::to_string(i));
        for (std::size_t at = 0; at < 6; ++at) seen[at].insert(code[at]);
    }
    for (const auto& letters : seen) CHECK(letters.size() == 32);
}

TEST_CASE("UUIDs carry version 7, the variant and the time, and sort by it") {
    const std::chrono::sys_time<std::chrono::milliseconds> at{1'795'420'800'123ms};
    const std::string id = uuid_v7(at);
    CHECK(id.size() == 36);
    CHECK(id.substr(0, 13) == "01a2076b-447b");
    CHECK(id[14] == '7');
    CHECK(std::string("89ab").find(id[19]) != std::string::npos);
    CHECK(uuid_v7(at) != uuid_v7(at));
    CHECK(uuid_v7(at) < uuid_v7(at + 1ms));
}

TEST_CASE("ULIDs are 26 letters that begin with the time") {
    // The time stamp of the ULID specification's own example.
    const std::chrono::sys_time<std::chrono::milliseconds> at{1'469'918'176'385ms};
    const std::string id = ulid(at);
    CHECK(id.size() == 26);
    CHECK(id.substr(0, 10) == "01ARYZ6S41");
    CHECK(ulid(at) < ulid(at + 1ms));
}
