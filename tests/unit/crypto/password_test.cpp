#include "integrations/crypto/password.hpp"

#include "integrations/crypto/password_rules.hpp"

#include <doctest/doctest.h>

using namespace hotline;
using namespace hotline::crypto;

namespace {

constexpr PasswordCost cheap{.passes = 1, .memory_kib = 64};

std::vector<std::string> broken(std::string_view password, std::string_view user = "zhang.wei") {
    std::vector<std::string> out;
    for (const auto& error : check_password(password, user, {}, "new_password")) {
        CHECK(error.field == "new_password");
        out.push_back(std::string(name(error.code)) + ":" + error.detail);
    }
    return out;
}

using Broken = std::vector<std::string>;

}  // namespace

TEST_CASE("a password opens its own hash and no other") {
    const auto hash = hash_password("Correct horse 7", cheap);
    REQUIRE(hash);
    CHECK(hash->starts_with("$argon2id$v=19$m=64,t=1,p=1$"));
    CHECK(verify_password("Correct horse 7", *hash));
    CHECK_FALSE(verify_password("Correct horse 8", *hash));
    CHECK_FALSE(verify_password("", *hash));
}

TEST_CASE("the same password never makes the same hash twice") {
    CHECK(*hash_password("Correct horse 7", cheap) != *hash_password("Correct horse 7", cheap));
}

TEST_CASE("a malformed hash opens to nothing") {
    CHECK_FALSE(verify_password("x", ""));
    CHECK_FALSE(verify_password("", ""));
    CHECK_FALSE(verify_password("x", "plain"));
    CHECK_FALSE(verify_password("x", "$argon2id$v=19$m=64,t=1,p=1$!!!$!!!"));
}

TEST_CASE("a hash made at another cost asks to be made anew") {
    const auto hash = hash_password("Correct horse 7", cheap);
    CHECK_FALSE(needs_rehash(*hash, cheap));
    CHECK(needs_rehash(*hash, PasswordCost{.passes = 2, .memory_kib = 64}));
    CHECK(needs_rehash(*hash, PasswordCost{.passes = 1, .memory_kib = 128}));
    CHECK(needs_rehash("rubbish", cheap));
}

TEST_CASE("a cost out of range is an error and not a weak hash") {
    CHECK_FALSE(hash_password("x", PasswordCost{.passes = 0, .memory_kib = 64}));
    CHECK_FALSE(hash_password("x", PasswordCost{.passes = 1, .memory_kib = 1}));
}

TEST_CASE("a good password breaks no rule") {
    CHECK(broken("Tea-Cup 42 on it").empty());
    CHECK(broken("渭河边的Willow88").empty());
}

TEST_CASE("length is counted in characters") {
    CHECK(broken("Kj8-vPq2w") == Broken{"too_short:10"});
    CHECK(broken("渭河边的柳Aa1").front() == "too_short:10");  // 8 characters in 18 bytes
    CHECK(broken(std::string(257, 'x') + "Aa1") == Broken{"too_long:256"});
}

TEST_CASE("three of the four classes are asked for") {
    CHECK(broken("kjvpqwxtrm82") == Broken{"invalid_format:classes"});
    CHECK(broken("kjvpQWxtrm82").empty());
    CHECK(broken("kjvp-xtrm82").empty());
}

TEST_CASE("guessable passwords are refused behind the usual disguises") {
    for (const std::string guess :
         {"Password2026!",
          "P@ssw0rd123",
          "Admin@123456",
          "Weinan12345!",
          "Huawei@2024",
          "Qwer1234!@#$",
          "1qaz@WSX3edc",
          "Aa11111111",
          "20261123!!",
          "Woaini5201314",
          "@dmin#12345"}) {
        CAPTURE(guess);
        CHECK(is_common_password(guess));
    }
    for (const std::string fine : {"Tea-Cup 42 on it", "kjvpQWxtrm82", "Weinan-Bridge-7-Swans"}) {
        CAPTURE(fine);
        CHECK_FALSE(is_common_password(fine));
    }
}

TEST_CASE("the user name may not be part of the password, in either case") {
    CHECK(broken("X7-ZHANG.WEI-kk") == Broken{"invalid_format:user_name"});
    CHECK(broken("X7-zhangwei-kkK").empty());
}

TEST_CASE("rules can be configured away") {
    const PasswordRules lax{
        .min_length = 4,
        .max_bytes = 64,
        .min_classes = 1,
        .refuse_common = false,
        .refuse_user_name = false
    };
    CHECK(check_password("demo", "demo", lax, "password").empty());
}
