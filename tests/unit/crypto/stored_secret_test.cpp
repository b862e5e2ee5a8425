#include "integrations/crypto/stored_secret.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace hotline::crypto;

TEST_CASE("a stored secret is read again by its key at its place, and by nothing else") {
    const std::string stored = encrypt_stored("a key", "partner", "the partner's api_key");
    CHECK(stored.find("api_key") == std::string::npos);
    CHECK(decrypt_stored("a key", "partner", stored) == "the partner's api_key");
    CHECK_FALSE(decrypt_stored("another key", "partner", stored));
    CHECK_FALSE(decrypt_stored("a key", "somewhere else", stored));
    // The same secret never looks the same.
    CHECK(encrypt_stored("a key", "partner", "the partner's api_key") != stored);
    CHECK(decrypt_stored("a key", "partner", encrypt_stored("a key", "partner", "")) == "");
}

TEST_CASE("a stored secret that was altered or is none is not read") {
    const std::string stored = encrypt_stored("a key", "partner", "secret");
    for (std::size_t i = 0; i < stored.size(); ++i) {
        std::string altered = stored;
        altered[i] = altered[i] == 'A' ? 'B' : 'A';
        CHECK_FALSE(decrypt_stored("a key", "partner", altered));
    }
    for (const char* none : {"", "AAAA", "not base64!", "secret"}) {
        CHECK_FALSE(decrypt_stored("a key", "partner", none));
    }
}
