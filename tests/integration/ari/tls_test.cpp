// The PBX's interface over TLS.
#include "tests/integration/ari/exchange_fixture.hpp"
#include "tests/stand_ins/certificate.hpp"
#include "tests/stand_ins/tls_front.hpp"

#include <algorithm>

using namespace hotline::test;

namespace {

// A PBX that is reached over TLS alone.
struct SecurePbx {
    explicit SecurePbx(const TestCertificate& certificate)
        : front(pbx.port(), certificate.files()) {}

    LinkSettings at(const std::string& host, const std::string& ca_file) const {
        auto link = settings_at(pbx);
        link.base_url = "https://" + host + ":" + std::to_string(front.port()) + "/ari";
        link.ca_file = ca_file;
        return link;
    }
    // Why there is no such link, found out without a word to the PBX.
    std::string refusal(const LinkSettings& link) {
        Server server(pbx, link);
        REQUIRE(server.await([&] { return server.downs.size() >= 2; }));
        CHECK(server.ups == 0);
        CHECK_FALSE(server.result_of(server.exchange().recordings()).has_value());
        CHECK(front.heard() == 0);
        CHECK(pbx.requests().empty());
        return server.downs[0];
    }

    AriPbx pbx;
    TlsFront front;
};

}  // namespace

TEST_CASE("A28: a call over TLS, from its ring to its recording, asked for by the PBX's name") {
    const TestCertificate certificate("DNS:localhost");
    SecurePbx secure(certificate);
    auto& pbx = secure.pbx;
    Server server(pbx, secure.at("localhost", certificate.authority()));
    REQUIRE(server.await_ready());
    set_phone(pbx, "1001", {.hangs_up_after = 4s});
    server.agents = {"1001"};
    const auto call = call_in(pbx);
    REQUIRE(server.await_state(call, CallState::ended));
    pbx.with([&](AriModel& model) { model.press(call, '4'); });
    REQUIRE(server.await_empty());
    REQUIRE(server.scores.size() == 1);
    CHECK(server.scores[0].score == 4);

    std::string wav;
    const auto fetched = server.result_of(server.exchange().recording(
        server.story(call).recording,
        [&wav](std::string_view piece) -> boost::asio::awaitable<bool> {
            wav += piece;
            co_return true;
        }
    ));
    CHECK(fetched == Exchange::Fetched::came);
    CHECK(wav.starts_with("RIFF"));
    CHECK(server.result_of(server.exchange().remove_recording(server.story(call).recording)));
    const auto names = secure.front.names();
    CHECK(names.size() >= 2);
    CHECK(std::ranges::count(names, "localhost") == std::ssize(names));
    CHECK(names.size() < pbx.requests().size() / 2);
}

TEST_CASE("A28: a certificate may be for an address, which is not named to the PBX") {
    const TestCertificate certificate("IP:127.0.0.1");
    SecurePbx secure(certificate);
    Server server(secure.pbx, secure.at("127.0.0.1", certificate.authority()));
    REQUIRE(server.await_ready());
    for (const auto& name : secure.front.names()) CHECK(name.empty());
}

TEST_CASE("A28: what is wrong with a certificate is said in a sentence, and nothing else is") {
    const TestCertificate named("DNS:pbx.example");
    SecurePbx other(named);
    CHECK(
        other.refusal(other.at("localhost", named.authority())) ==
        "localhost shows a certificate for another name"
    );
    CHECK(
        other.refusal(other.at("127.0.0.1", named.authority())) ==
        "127.0.0.1 shows a certificate for another name"
    );

    const TestCertificate good("DNS:localhost");
    SecurePbx unknown(good);
    const auto untrusted =
        "localhost shows a certificate of an authority nobody here trusts; ca_file can name it";
    CHECK(unknown.refusal(unknown.at("localhost", "")) == untrusted);
    // Another authority of the same name is another authority.
    CHECK_FALSE(unknown.refusal(unknown.at("localhost", named.authority())).empty());

    const TestCertificate old("DNS:localhost", true);
    SecurePbx late(old);
    CHECK(
        late.refusal(late.at("localhost", old.authority())) ==
        "localhost shows a certificate that has run out"
    );
}

TEST_CASE("A28: neither old protocols nor a PBX without TLS are spoken to over https") {
    const TestCertificate certificate("DNS:localhost");
    SecurePbx secure(certificate);
    auto files = certificate.files();
    files.old_protocols_only = true;
    secure.front.show(files);
    const auto why = secure.refusal(secure.at("localhost", certificate.authority()));
    CHECK(why.starts_with("no TLS 1.2 or newer with localhost: "));

    auto link = secure.at("localhost", certificate.authority());
    link.base_url = "https://localhost:" + std::to_string(secure.pbx.port()) + "/ari";
    Server server(secure.pbx, link);
    REQUIRE(server.await([&] { return !server.downs.empty(); }));
    CHECK(server.downs[0].find("localhost") != std::string::npos);
    CHECK(secure.pbx.requests().empty());
}

TEST_CASE("A28: a PBX that shows another certificate all of a sudden is let go of, and had again") {
    const TestCertificate good("DNS:localhost");
    const TestCertificate old("DNS:localhost", true);
    SecurePbx secure(good);
    Server server(secure.pbx, secure.at("localhost", good.authority()));
    REQUIRE(server.await_ready());
    secure.front.show(old.files());
    // The events still come; requests are refused where they need new connections.
    secure.pbx.be_slow("/channels", 300ms);
    for (int i = 0; i < 8; ++i) call_in(secure.pbx);
    REQUIRE(server.await([&] { return server.downs.size() >= 2; }));
    CHECK(server.downs[0] == "requests to it fail at TLS");
    CHECK_FALSE(server.exchange().is_ready());
    secure.front.show(good.files());
    secure.pbx.be_slow("", 0ms);
    CHECK(server.await_ready());
    CHECK(server.ups == 2);
}

TEST_CASE("A28: a file of authorities that cannot be read is found out at once") {
    boost::asio::io_context io;
    LinkSettings settings;
    settings.ca_file = "/nowhere/authority.pem";
    const auto opened = Link::open(io.get_executor(), settings, {});
    REQUIRE_FALSE(opened);
    CHECK(opened.error() == "/nowhere/authority.pem: No such file or directory");
}
