#include "integrations/crypto/push_encryption.hpp"

#include "integrations/crypto/digest.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace hotline;
using namespace hotline::crypto;
using namespace std::chrono_literals;

namespace {

std::string bytes_of(std::string_view text) {
    const auto bytes = from_base64url(text);
    REQUIRE(bytes);
    return *bytes;
}

std::string text_of(std::string_view bytes) {
    return base64url({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

// RFC 8291, section 5 and appendix A.
constexpr std::string_view receiver_point =
    "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
constexpr std::string_view receiver_auth = "BTBZMqHH6r4Tts7J_aSIgg";
constexpr std::string_view sender_number = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw";
constexpr std::string_view salt = "DGv6ra1nlYgDCS1FRnbzlw";

}  // namespace

TEST_CASE("the example of RFC 8291, appendix A, comes out byte for byte") {
    const auto sender = P256Key::from_private(bytes_of(sender_number));
    REQUIRE(sender);
    CHECK(
        text_of(sender->public_point()) ==
        "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8"
    );
    CHECK(
        text_of(*sender->shared_secret(bytes_of(receiver_point))) ==
        "kyrL1jIIOHEzg3sM2ZWRHDRB62YACZhhSlknJ672kSs"
    );
    const auto body = encrypt_push(
        receiver_point,
        receiver_auth,
        "When I grow up, I want to be a watermelon",
        *sender,
        bytes_of(salt)
    );
    REQUIRE(body);
    CHECK(
        text_of(*body) ==
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWA"
        "mS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxs"
        "j_Qulcy4a-fN"
    );
}

TEST_CASE("no two push messages share a key, a salt or a byte of ciphertext to tell them by") {
    std::set<std::string> heads;
    for (int i = 0; i < 20; ++i) {
        heads.insert(encrypt_push(receiver_point, receiver_auth, "same")->substr(0, 86));
    }
    CHECK(heads.size() == 20);
}

TEST_CASE("a push message fills its 4096 bytes and no more") {
    const std::string longest(longest_push, 'x');
    CHECK(encrypt_push(receiver_point, receiver_auth, longest)->size() == 4096);
    const auto refused = encrypt_push(receiver_point, receiver_auth, longest + "x");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::too_long);
}

TEST_CASE("keys of a subscription that are none are refused") {
    const auto refused = [](std::string_view p256dh, std::string_view auth) {
        const auto body = encrypt_push(p256dh, auth, "x");
        return !body && body.error().code == ErrorCode::invalid_format;
    };
    CHECK_FALSE(refused(receiver_point, receiver_auth));
    CHECK(refused("", receiver_auth));
    CHECK(refused("not base64!", receiver_auth));
    CHECK(refused(receiver_point, ""));
    CHECK(refused(receiver_point, "BTBZMqHH6r4Tts7J_aSI"));
    CHECK(refused(receiver_point.substr(0, 84), receiver_auth));
    // Not on the curve: such points give private keys away.
    std::string off = bytes_of(receiver_point);
    off.back() = static_cast<char>(off.back() ^ 1);
    CHECK(refused(text_of(off), receiver_auth));
    CHECK(refused(text_of(std::string(65, '\0')), receiver_auth));
    CHECK(refused(text_of("\x04" + std::string(64, '\0')), receiver_auth));
    CHECK_FALSE(P256Key::from_private("short"));
    CHECK_FALSE(P256Key::from_private(std::string(32, '\0')));
}

TEST_CASE("a VAPID field names push service, end and contact, signed by the key it shows") {
    const auto key = P256Key::generate();
    const std::chrono::sys_seconds now{1'700'000'000s};
    const auto field =
        vapid_authorization(key, "https://push.example.net", "mailto:it@example.org", now);
    REQUIRE(field.starts_with("vapid t="));
    const auto end = field.find(", k=");
    REQUIRE(end != std::string::npos);
    CHECK(bytes_of(field.substr(end + 4)) == key.public_point());
    const auto token = field.substr(8, end - 8);
    const auto first = token.find('.');
    const auto second = token.rfind('.');
    CHECK(bytes_of(token.substr(0, first)) == R"({"typ":"JWT","alg":"ES256"})");
    CHECK(
        bytes_of(token.substr(first + 1, second - first - 1)) ==
        R"({"aud":"https://push.example.net","exp":1700043200,"sub":"mailto:it@example.org"})"
    );
    CHECK(bytes_of(token.substr(second + 1)).size() == 64);
}
