#include "tests/integration/http/fixture.hpp"

#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/write.hpp>

#include <doctest/doctest.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>

using namespace hotline;
using namespace hotline::test;
namespace asio = boost::asio;
namespace fs = std::filesystem;

namespace {

// A key and a certificate signed with it, for this test run only.
struct Certificate {
    fs::path folder;

    Certificate() {
        std::string name = (fs::temp_directory_path() / "tls-XXXXXX").string();
        folder = mkdtemp(name.data());
        EVP_PKEY* key = EVP_EC_gen("P-256");
        X509* certificate = X509_new();
        ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
        X509_gmtime_adj(X509_getm_notBefore(certificate), 0);
        X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
        X509_set_pubkey(certificate, key);
        X509_sign(certificate, key, EVP_sha256());
        FILE* file = fopen((folder / "key.pem").c_str(), "w");
        PEM_write_PrivateKey(file, key, nullptr, nullptr, 0, nullptr, nullptr);
        fclose(file);
        file = fopen((folder / "cert.pem").c_str(), "w");
        PEM_write_X509(file, certificate);
        fclose(file);
        X509_free(certificate);
        EVP_PKEY_free(key);
    }
    ~Certificate() { fs::remove_all(folder); }

    http::Settings settings() const {
        http::Settings settings;
        settings.certificate_file = folder / "cert.pem";
        settings.private_key_file = folder / "key.pem";
        return settings;
    }
};

}  // namespace

TEST_CASE("with a certificate the server speaks TLS 1.2 and up, with HSTS") {
    const Certificate certificate;
    RunningServer server(certificate.settings(), describe);
    asio::io_context io;
    asio::ssl::context context(asio::ssl::context::tls_client);
    asio::ssl::stream<asio::ip::tcp::socket> client(io, context);
    client.next_layer().connect({asio::ip::address_v4::loopback(), server.port()});
    client.handshake(asio::ssl::stream_base::client);
    for (int i = 0; i < 2; ++i) {
        asio::write(client, asio::buffer(post("/echo", "sealed")));
        std::string text;
        const auto end = asio::read_until(client, asio::dynamic_buffer(text), "sealed");
        CHECK(text.substr(0, end).starts_with("HTTP/1.1 200 OK\r\n"));
        CHECK(text.find("strict-transport-security: max-age=31536000") != std::string::npos);
    }
    boost::system::error_code error;
    asio::write(client, asio::buffer(get("/", "Connection: close\r\n")));
    std::string rest;
    asio::read(client, asio::dynamic_buffer(rest), error);
    CHECK(rest.find(" secure") != std::string::npos);
    // A close_notify, not a cut.
    CHECK(error == asio::error::eof);
}

TEST_CASE("old protocols and plain text do not get in") {
    const Certificate certificate;
    RunningServer server(certificate.settings(), describe);
    asio::io_context io;
    asio::ssl::context old(asio::ssl::context::tls_client);
    SSL_CTX_set_max_proto_version(old.native_handle(), TLS1_1_VERSION);
    SSL_CTX_set_cipher_list(old.native_handle(), "ALL:@SECLEVEL=0");
    asio::ssl::stream<asio::ip::tcp::socket> client(io, old);
    client.next_layer().connect({asio::ip::address_v4::loopback(), server.port()});
    boost::system::error_code error;
    client.handshake(asio::ssl::stream_base::client, error);
    CHECK(error);
    Client plain(server.port());
    CHECK(plain.send(get("/")).receive().status == 0);
}

TEST_CASE("a server that cannot listen says why") {
    asio::io_context io;
    http::Settings settings;
    settings.certificate_file = "/nowhere/cert.pem";
    settings.private_key_file = "/nowhere/key.pem";
    auto failed = http::Server::listen(io.get_executor(), settings, describe);
    REQUIRE_FALSE(failed);
    CHECK(failed.error().detail.find("/nowhere/cert.pem") != std::string::npos);

    RunningServer running({}, describe);
    http::Settings taken;
    taken.port = running.port();
    failed = http::Server::listen(io.get_executor(), taken, describe);
    REQUIRE_FALSE(failed);
    CHECK(failed.error().detail.find(std::to_string(taken.port)) != std::string::npos);

    http::Settings proxies;
    proxies.trusted_proxies = {"10.0.0.0/99"};
    CHECK_FALSE(http::Server::listen(io.get_executor(), proxies, describe));
}
