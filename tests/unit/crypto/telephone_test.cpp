#include "integrations/crypto/telephone.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>

using hotline::crypto::telephone_password;

TEST_CASE("T54: a telephone's password is made anew from the key, and no two are alike") {
    const std::string password = telephone_password("key", 7, "8004", 1);
    CHECK(password == telephone_password("key", 7, "8004", 1));
    CHECK(password.size() == 24);
    // Nothing in it begins a comment or ends a line of a PBX's configuration.
    CHECK(
        password.find_first_not_of(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        ) == std::string::npos
    );
    const std::set<std::string> others{
        password,
        telephone_password("another key", 7, "8004", 1),
        telephone_password("key", 8, "8004", 1),
        telephone_password("key", 7, "8005", 1),
        telephone_password("key", 7, "8004", 2),
        // Figures of one field are none of the next.
        telephone_password("key", 78, "004", 1),
    };
    CHECK(others.size() == 6);
}
