#pragma once

#include "tests/stand_ins/http_stand_in.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace hotline::test {

// A mail server on a free port of 127.0.0.1 (RFC 5321, 3207, 4954).
class SmtpStandIn {
public:
    enum class Security { tls, starttls, none };

    struct Received {
        std::string from, to;  // of the envelope
        std::string text;      // as it came, dots undone
        bool encrypted = false;
    };

    static constexpr const char* user = "hotline@example.org";
    static constexpr const char* password = "the mailbox's password";

    // `tls`: what it shows; needed for all but Security::none.
    explicit SmtpStandIn(Security security, std::optional<TlsFiles> tls = {});
    ~SmtpStandIn();

    std::uint16_t port() const;
    void ask_for_log_in();
    // `verb` (in capitals, "." for the end of the text) is answered by this line from now on;
    // "hang" and "cut" do that instead. Empty: as usual.
    void answer(const std::string& verb, const std::string& line);
    std::vector<Received> received() const;

private:
    struct Core;
    std::unique_ptr<Core> core_;
};

}  // namespace hotline::test
