#pragma once

#include "integrations/notify/sender.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

namespace hotline::notify {

struct EmailSettings {
    enum class Security { tls, starttls, none };  // none: for a relay on this machine

    std::string host;
    std::int64_t port = 465;
    Security security = Security::tls;
    std::string user;  // empty: no log-in
    std::string password;
    std::string from;
    std::string from_name;
    std::string ca_file;  // further authorities; empty: the machine's
    std::chrono::milliseconds connect{5000};
    std::chrono::milliseconds total{20000};
};

// Mail through one SMTP server. libcurl speaks to it, and waits, on two threads of this sender's
// own.
class EmailSender : public Sender {
public:
    explicit EmailSender(EmailSettings settings);
    ~EmailSender() override;
    boost::asio::awaitable<Sent> send(Message message) override;

private:
    struct Desk;
    std::shared_ptr<Desk> desk_;
};

}  // namespace hotline::notify
