#include "integrations/notify/email.hpp"

#include "tests/integration/notify/notify_fixture.hpp"
#include "tests/stand_ins/certificate.hpp"
#include "tests/stand_ins/smtp_stand_in.hpp"

#include <doctest/doctest.h>

#include <chrono>

using namespace hotline;
using namespace hotline::test;
using namespace hotline::notify;
using namespace std::chrono_literals;
using Wire = SmtpStandIn::Security;
using Security = EmailSettings::Security;

namespace {

EmailSettings settings_for(const SmtpStandIn& server, Security security) {
    EmailSettings settings;
    settings.host = "localhost";
    settings.port = server.port();
    settings.security = security;
    settings.from = "hotline@example.org";
    settings.from_name = "渭南12345";
    settings.connect = 5s;
    settings.total = 5s;
    return settings;
}

Sent mail_by(EmailSettings settings, Message message = a_message("zhang@example.com")) {
    boost::asio::io_context io{1};
    EmailSender sender(std::move(settings));
    return send_one(io, sender, std::move(message));
}

}  // namespace

TEST_CASE("mail goes out over TLS or STARTTLS, with log-in, to a server that proves itself") {
    const TestCertificate certificate("DNS:localhost");
    for (const auto wire : {Wire::tls, Wire::starttls}) {
        SmtpStandIn server(wire, certificate.files());
        server.ask_for_log_in();
        auto settings =
            settings_for(server, wire == Wire::tls ? Security::tls : Security::starttls);
        settings.user = SmtpStandIn::user;
        settings.password = SmtpStandIn::password;
        // Nobody vouches for it yet.
        CHECK(mail_by(settings).outcome == Outcome::misconfigured);
        settings.ca_file = certificate.authority();
        CHECK(mail_by(settings).outcome == Outcome::accepted);
        REQUIRE(server.received().size() == 1);
        const auto mail = server.received()[0];
        CHECK(mail.encrypted);
        CHECK(mail.from == "hotline@example.org");
        CHECK(mail.to == "zhang@example.com");
        CHECK(mail.text.find("\r\nSubject: =?UTF-8?B?") != std::string::npos);

        server.answer("EHLO", "250-stand-in\r\n250 AUTH LOGIN");
        if (wire == Wire::tls) CHECK(mail_by(settings).outcome == Outcome::accepted);
        server.answer("EHLO", "");
        settings.password = "wrong";
        CHECK(mail_by(settings).outcome == Outcome::misconfigured);
        settings.host = "127.0.0.1";
        settings.password = SmtpStandIn::password;
        CHECK(mail_by(settings).outcome == Outcome::misconfigured);
    }
}

TEST_CASE("where encryption is asked for nothing is said without it") {
    SmtpStandIn server(Wire::none);
    auto settings = settings_for(server, Security::starttls);
    settings.user = SmtpStandIn::user;
    settings.password = SmtpStandIn::password;
    CHECK(mail_by(settings).outcome == Outcome::misconfigured);
    CHECK(server.received().empty());
    CHECK(mail_by(settings_for(server, Security::none)).outcome == Outcome::accepted);
}

TEST_CASE("what a mail server replies says whether mailbox, message or account is at fault") {
    SmtpStandIn server(Wire::none);
    const auto settings = settings_for(server, Security::none);
    const auto outcome_of = [&](const std::string& verb, const std::string& reply) {
        server.answer(verb, reply);
        const auto sent = mail_by(settings);
        server.answer(verb, "");
        return sent.outcome;
    };
    CHECK(outcome_of("RCPT", "550 5.1.1 no such user") == Outcome::gone);
    CHECK(outcome_of("RCPT", "452 4.2.2 mailbox full") == Outcome::later);
    CHECK(outcome_of("RCPT", "554 5.7.1 policy") == Outcome::refused);
    CHECK(outcome_of("MAIL", "550 5.7.1 sender not welcome") == Outcome::refused);
    CHECK(outcome_of("MAIL", "530 5.7.0 log in first") == Outcome::misconfigured);
    CHECK(outcome_of("MAIL", "451 4.3.0 try again") == Outcome::later);
    CHECK(outcome_of("DATA", "451 4.3.0 try again") == Outcome::later);
    CHECK(outcome_of(".", "554 5.6.0 content") == Outcome::refused);
    CHECK(outcome_of(".", "452 4.3.1 no room") == Outcome::later);
    CHECK(outcome_of("EHLO", "421 4.3.2 closing") == Outcome::later);
    CHECK(outcome_of("MAIL", "cut") == Outcome::later);
    CHECK(outcome_of(".", "cut") == Outcome::later);
    CHECK(server.received().empty());
}

TEST_CASE("a mail server that is silent or away is tried again") {
    EmailSettings settings;
    {
        SmtpStandIn server(Wire::none);
        server.answer("MAIL", "hang");
        settings = settings_for(server, Security::none);
        settings.total = 300ms;
        CHECK(mail_by(settings).outcome == Outcome::later);
    }
    CHECK(mail_by(settings).outcome == Outcome::later);
}

TEST_CASE("no word of a message can begin a field or a command of its own") {
    SmtpStandIn server(Wire::none);
    const auto settings = settings_for(server, Security::none);
    auto message = a_message("zhang@example.com");
    message.title = "a\r\nBcc: all@example.com\r\n\r\nb";
    message.text = "x\r\n.\r\nMAIL FROM:<evil@example.com>\r\n";
    CHECK(mail_by(settings, message).outcome == Outcome::accepted);
    REQUIRE(server.received().size() == 1);
    CHECK(server.received()[0].text.find("Bcc") == std::string::npos);
    CHECK(server.received()[0].text.find("evil") == std::string::npos);
    for (const char* address :
         {"",
          "zhang",
          "zhang@",
          "@example.com",
          "a@b@c",
          "a b@example.com",
          "a@example.com>\r\nRCPT TO:<b@example.com",
          "张@example.com",
          "-x@example.com",
          "a@example.com,b@example.com"}) {
        CHECK(mail_by(settings, a_message(address)).outcome == Outcome::gone);
    }
    CHECK(server.received().size() == 1);
}
