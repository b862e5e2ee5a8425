#include "tests/integration/http_client/client_fixture.hpp"
#include "tests/stand_ins/certificate.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

using namespace hotline::test;
using namespace hotline::http_client;
using namespace std::chrono_literals;

namespace {

Reply well(const Seen&) {
    return {.body = "sealed"};
}

Limits trusting(const TestCertificate& certificate) {
    auto limits = local_limits();
    limits.https_only = true;
    limits.ca_file = certificate.authority();
    return limits;
}

}  // namespace

TEST_CASE("over TLS the authority and the name on the certificate are verified") {
    const TestCertificate certificate("DNS:localhost");
    const HttpStandIn peer(well, certificate.files());
    const auto named = "https://localhost:" + std::to_string(peer.port());
    Caller caller(trusting(certificate));
    for (int i = 0; i < 3; ++i) {
        const auto answer = caller.get(named);
        REQUIRE(answer);
        CHECK(answer->body == "sealed");
    }
    CHECK(peer.connections() == 1);
    // The certificate does not name the address, and nobody else knows its authority.
    CHECK(caller.fault(peer.url()) == Fault::tls);
    CHECK(Caller().fault(named) == Fault::tls);
}

TEST_CASE("a certificate may name an address, and one that has run out proves nothing") {
    const TestCertificate certificate("IP:127.0.0.1");
    const HttpStandIn peer(well, certificate.files());
    CHECK(Caller(trusting(certificate)).get(peer.url())->body == "sealed");
    const TestCertificate old("IP:127.0.0.1", true);
    const HttpStandIn late(well, old.files());
    CHECK(Caller(trusting(old)).fault(late.url()) == Fault::tls);
}

TEST_CASE("old protocols, plain text and silence do not pass for TLS") {
    const TestCertificate certificate("IP:127.0.0.1");
    auto files = certificate.files();
    files.old_protocols_only = true;
    const HttpStandIn old(well, files);
    CHECK(Caller(trusting(certificate)).fault(old.url()) == Fault::tls);

    const HttpStandIn plain(well);
    auto limits = trusting(certificate);
    limits.connect = 100ms;
    Caller caller(limits);
    // It waits for the end of a request that never comes.
    CHECK(caller.fault("https://127.0.0.1:" + std::to_string(plain.port())) == Fault::timeout);
}

TEST_CASE("over TLS an answer without a length ends with a proper farewell or not at all") {
    const TestCertificate certificate("IP:127.0.0.1");
    const HttpStandIn peer(
        [](const Seen&) {
            return Reply{.body = "HTTP/1.1 200 OK\r\n\r\npart", .manner = Reply::Manner::raw};
        },
        certificate.files()
    );
    CHECK(Caller(trusting(certificate)).fault(peer.url()) == Fault::cut);
}

TEST_CASE("a list of authorities that cannot be read is found out at once") {
    boost::asio::io_context io;
    auto limits = local_limits();
    limits.ca_file = "/nowhere/authority.pem";
    CHECK_THROWS_AS(Client(io.get_executor(), limits), std::runtime_error);
}
