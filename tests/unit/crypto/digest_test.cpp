#include "integrations/crypto/digest.hpp"

#include "integrations/crypto/running_sha256.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <thread>
#include <vector>

using namespace hotline::crypto;

TEST_CASE("SM3 gives the two digests printed in GB/T 32905-2016 annex A") {
    CHECK(hex(sm3("abc")) == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    std::string repeated;
    for (int i = 0; i < 16; ++i) repeated += "abcd";
    CHECK(hex(sm3(repeated)) == "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732");
}

TEST_CASE("SM3 of bytes is SM3 of the same text") {
    const std::vector<std::uint8_t> bytes{'a', 'b', 'c'};
    CHECK(sm3(bytes) == sm3("abc"));
}

TEST_CASE("SHA-256 gives the digests of FIPS 180-4's examples") {
    CHECK(hex(sha256("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(hex(sha256("")) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST_CASE("HMAC-SHA256 gives RFC 4231's answers for short, long and empty keys") {
    CHECK(
        hex(hmac_sha256("Jefe", "what do ya want for nothing?")) ==
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    );
    CHECK(
        hex(hmac_sha256(
            std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First"
        )) == "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
    );
    CHECK(
        hex(hmac_sha256("", "")) ==
        "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"
    );
}

TEST_CASE("an empty key does not fall back to the key used before") {
    const auto empty = hmac_sha256({}, "data");
    hmac_sha256("another key", "data");
    CHECK(hmac_sha256({}, "data") == empty);
}

TEST_CASE("HMAC-SM3 is the construction of RFC 2104 over SM3") {
    const std::string key = "0123456789abcdef";
    std::string inner(64, '\x36');
    std::string outer(64, '\x5c');
    for (std::size_t i = 0; i < key.size(); ++i) {
        inner[i] = static_cast<char>(inner[i] ^ key[i]);
        outer[i] = static_cast<char>(outer[i] ^ key[i]);
    }
    const Digest first = sm3(inner + "message");
    CHECK(hmac_sm3(key, "message") == sm3(outer + std::string(as_chars(first))));
}

TEST_CASE("hexadecimal is read back only when it is exactly one digest") {
    const Digest digest = sm3("x");
    CHECK(digest_from_hex(hex(digest)) == digest);
    CHECK_FALSE(digest_from_hex(hex(digest).substr(2)));
    CHECK_FALSE(digest_from_hex(hex(digest) + "00"));
    CHECK_FALSE(digest_from_hex(std::string(64, 'g')));
    CHECK_FALSE(digest_from_hex(std::string(63, '0') + " "));
}

TEST_CASE("constant-time comparison tells lengths and last bytes apart") {
    CHECK(equal_in_constant_time("abc", "abc"));
    CHECK(equal_in_constant_time("", ""));
    CHECK_FALSE(equal_in_constant_time("abc", "abd"));
    CHECK_FALSE(equal_in_constant_time("abc", "abcd"));
}

TEST_CASE("digests agree on all threads at once") {
    const Digest expected = sm3("same");
    const Digest expected_mac = hmac_sm3("key", "same");
    std::vector<int> wrong(4);
    std::vector<std::jthread> threads;
    for (std::size_t t = 0; t < wrong.size(); ++t) {
        threads.emplace_back([&, t] {
            for (int i = 0; i < 2'000; ++i) {
                sm3("other" + std::to_string(i));
                if (sm3("same") != expected || hmac_sm3("key", "same") != expected_mac) ++wrong[t];
            }
        });
    }
    threads.clear();
    for (const int count : wrong) CHECK(count == 0);
}

TEST_CASE("base64url is read back, and nothing that is not base64url") {
    for (const std::string text : {"", "f", "fo", "foo", "\xff\xfe\xfd"}) {
        const std::vector<std::uint8_t> bytes(text.begin(), text.end());
        CHECK(from_base64url(base64url(bytes)) == text);
    }
    CHECK(base64url(std::vector<std::uint8_t>{0xff, 0xfe, 0xfd}) == "__79");
    for (const char* wrong : {"=", "AA==", "A+A", "A A", "A"}) CHECK_FALSE(from_base64url(wrong));
}

TEST_CASE("SHA-256 of pieces is that of the whole") {
    RunningSha256 running;
    running.add("ab");
    running.add("");
    running.add("c");
    CHECK(running.finish() == sha256("abc"));
    CHECK(RunningSha256().finish() == sha256(""));
}
