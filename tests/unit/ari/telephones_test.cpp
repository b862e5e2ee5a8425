#include "integrations/ari/telephones.hpp"

#include <doctest/doctest.h>

#include <array>

using namespace hotline::ari;

TEST_CASE("T54: a telephone in a browser is three sections of the PBX's configuration") {
    const std::array telephones{
        BrowserTelephone{"8004", "first"},
        BrowserTelephone{"8005", "second"},
    };
    CHECK(
        pjsip_sections(telephones) ==
        "[8004](browser)\nauth=8004\naors=8004\n"
        "[8004](browser-auth)\nusername=8004\npassword=first\n"
        "[8004](desk-aor)\n\n"
        "[8005](browser)\nauth=8005\naors=8005\n"
        "[8005](browser-auth)\nusername=8005\npassword=second\n"
        "[8005](desk-aor)\n\n"
    );
    CHECK(pjsip_sections({}).empty());
}
