#include "integrations/notify/mail_text.hpp"

#include <doctest/doctest.h>

#include <sstream>

using namespace hotline::notify;

TEST_CASE("a mail is well-formed whatever its words are") {
    Mail mail;
    mail.from = "hotline@example.org";
    mail.from_name = "渭南12345";
    mail.to = "zhang@example.com";
    mail.subject =
        "催办提醒：工单 QP202611270042 将在两小时后到期，请尽快办理并在系统中填写办理结果";
    mail.text = std::string(300, 'x') + "\r\n.\r\n";
    mail.id = "0192-7";
    mail.at = std::chrono::sys_seconds{std::chrono::seconds(1'700'000'000)};
    const auto text = mail_text(mail);
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        CAPTURE(line);
        CHECK(line.ends_with('\r'));
        CHECK(line.size() <= 77);
        CHECK(line != ".\r");
    }
    CHECK(text.find("Date: Tue, 14 Nov 2023 22:13:20 +0000\r\n") != std::string::npos);
    CHECK(text.find("From: =?UTF-8?B?5rit5Y2XMTIzNDU=?=\r\n <hotline@example.org>\r\n") == 0);
    CHECK(text.find("To: <zhang@example.com>\r\n") != std::string::npos);
    // Retries carry the same id, so that mail programs show them once.
    CHECK(mail_text(mail) == text);
    CHECK(text.find("Message-ID: <") != std::string::npos);
}

TEST_CASE("long subjects are cut between letters, so that each part can be read by itself") {
    Mail mail;
    mail.from = "a@b";
    for (int i = 0; i < 40; ++i) mail.subject += "工单";
    const auto text = mail_text(mail);
    const auto subject = text.substr(text.find("Subject: "));
    // 39 bytes are thirteen Chinese letters: no part ends within one.
    CHECK(subject.find("=?UTF-8?B?5bel5Y2V5bel5Y2V") != std::string::npos);
    int parts = 0;
    for (std::size_t at = 0; (at = subject.find("=?UTF-8?B?", at)) != std::string::npos; ++at)
        ++parts;
    CHECK(parts == 7);
}
