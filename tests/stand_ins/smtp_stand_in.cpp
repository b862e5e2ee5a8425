#include "tests/stand_ins/smtp_stand_in.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <openssl/evp.h>

#include <map>
#include <mutex>
#include <thread>
#include <utility>

namespace hotline::test {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

constexpr auto smtp_result = asio::as_tuple(asio::use_awaitable);

std::string in_base64(const std::string& text) {
    std::string out(4 * ((text.size() + 2) / 3), '\0');
    EVP_EncodeBlock(
        reinterpret_cast<unsigned char*>(out.data()),
        reinterpret_cast<const unsigned char*>(text.data()),
        static_cast<int>(text.size())
    );
    return out;
}

// What stands between the angle brackets.
std::string address_in(const std::string& line) {
    const auto open = line.find('<');
    return line.substr(open + 1, line.find('>') - open - 1);
}

}  // namespace

struct SmtpStandIn::Core {
    // One client's way through the protocol.
    struct Talk {
        Received mail;
        bool logged_in = false;
        bool over = false;
        bool start_tls = false;
        std::string mechanism;  // of the log-in under way
        std::string said;       // in it, so far
        std::string buffer;
    };

    explicit Core(Security s, const std::optional<TlsFiles>& tls)
        : security(s), acceptor(io, {asio::ip::address_v4::loopback(), 0}) {
        if (tls) context = tls_showing(*tls);
    }

    asio::awaitable<void> accept() {
        for (;;) {
            auto [error, socket] = co_await acceptor.async_accept(smtp_result);
            if (error) co_return;
            asio::co_spawn(io, serve(std::move(socket)), asio::detached);
        }
    }

    asio::awaitable<void> serve(tcp::socket socket) {
        if (security == Security::tls) {
            Talk talk;
            co_await serve_tls(std::move(socket), talk, true);
            co_return;
        }
        Talk talk;
        co_await converse(socket, talk, true);
        if (talk.start_tls) co_await serve_tls(std::move(socket), talk, false);
    }

    asio::awaitable<void> serve_tls(tcp::socket socket, Talk& talk, bool greet) {
        if (!context) co_return;
        asio::ssl::stream<tcp::socket> stream(std::move(socket), *context);
        const auto [error] =
            co_await stream.async_handshake(asio::ssl::stream_base::server, smtp_result);
        if (error) co_return;
        talk.mail.encrypted = true;
        talk.start_tls = false;
        co_await converse(stream, talk, greet);
    }

    template <class Stream>
    asio::awaitable<void> converse(Stream& stream, Talk& talk, bool greet) {
        std::string reply = greet ? "220 stand-in ESMTP\r\n" : "";
        while (!talk.over) {
            if (!reply.empty())
                co_await asio::async_write(stream, asio::buffer(reply), smtp_result);
            if (talk.start_tls) co_return;
            const auto [error, end] = co_await asio::async_read_until(
                stream, asio::dynamic_buffer(talk.buffer), "\r\n", smtp_result
            );
            if (error) co_return;
            const std::string line = talk.buffer.substr(0, end - 2);
            talk.buffer.erase(0, end);
            reply = reply_to(talk, line);
            if (reply == "cut\r\n") co_return;
            if (reply == "hang\r\n") {
                char byte = 0;
                co_await stream.async_read_some(asio::buffer(&byte, 1), smtp_result);
                co_return;
            }
            if (reply.starts_with("354")) {
                co_await asio::async_write(stream, asio::buffer(reply), smtp_result);
                co_await read_text(stream, talk);
                reply = reply_to(talk, ".");
                if (reply == "cut\r\n") co_return;
            }
        }
        co_await asio::async_write(stream, asio::buffer(reply), smtp_result);
    }

    template <class Stream>
    asio::awaitable<void> read_text(Stream& stream, Talk& talk) {
        const auto [error, end] = co_await asio::async_read_until(
            stream, asio::dynamic_buffer(talk.buffer), "\r\n.\r\n", smtp_result
        );
        if (error) co_return;
        talk.mail.text = talk.buffer.substr(0, end - 3);
        talk.buffer.erase(0, end);
        for (std::size_t at = 0; (at = talk.mail.text.find("\r\n..", at)) != std::string::npos;) {
            talk.mail.text.erase(at += 2, 1);
        }
    }

    std::string reply_to(Talk& talk, const std::string& line) {
        const std::lock_guard lock(mutex);
        const auto verb = line.substr(0, line.find(' '));
        if (const auto fixed = answers.find(verb); fixed != answers.end()) {
            talk.over = fixed->second.starts_with("421");
            return fixed->second + "\r\n";
        }
        if (!talk.mechanism.empty()) return log_in(talk, line) + "\r\n";
        return usual_reply(talk, verb, line) + "\r\n";
    }

    std::string usual_reply(Talk& talk, const std::string& verb, const std::string& line) {
        if (verb == "EHLO") {
            std::string features = "250-stand-in\r\n";
            if (security == Security::starttls && !talk.mail.encrypted) {
                features += "250-STARTTLS\r\n";
            } else {
                features += "250-AUTH PLAIN LOGIN\r\n";
            }
            return features + "250 8BITMIME";
        }
        if (verb == "STARTTLS") return talk.start_tls = true, "220 go ahead";
        if (verb == "AUTH") {
            talk.mechanism = line.substr(5);
            talk.said.clear();
            return talk.mechanism == "PLAIN" ? "334 " : "334 VXNlcm5hbWU6";
        }
        if (verb == "MAIL") {
            if (log_in_needed && !talk.logged_in) return "530 5.7.0 Authentication required";
            return talk.mail.from = address_in(line), "250 2.1.0 Ok";
        }
        if (verb == "RCPT") return talk.mail.to = address_in(line), "250 2.1.5 Ok";
        if (verb == "DATA") return "354 go ahead";
        if (verb == ".") return mails.push_back(talk.mail), "250 2.0.0 queued";
        if (verb == "QUIT") return talk.over = true, "221 2.0.0 Bye";
        return "502 5.5.2 unknown";
    }

    // RFC 4954: PLAIN in one line, LOGIN in two.
    static std::string log_in(Talk& talk, const std::string& line) {
        const std::string nul(1, '\0');
        const bool plain = talk.mechanism == "PLAIN";
        if (!plain && talk.said.empty()) return talk.said = line, "334 UGFzc3dvcmQ6";
        talk.logged_in = plain ? line == in_base64(nul + user + nul + password)
                               : talk.said == in_base64(user) && line == in_base64(password);
        talk.mechanism.clear();
        return talk.logged_in ? "235 2.7.0 ok" : "535 5.7.8 Authentication failed";
    }

    Security security;
    asio::io_context io{1};
    std::shared_ptr<asio::ssl::context> context;
    tcp::acceptor acceptor;
    mutable std::mutex mutex;
    bool log_in_needed = false;
    std::map<std::string, std::string> answers;
    std::vector<Received> mails;
    std::thread thread;
};

SmtpStandIn::SmtpStandIn(Security security, std::optional<TlsFiles> tls)
    : core_(std::make_unique<Core>(security, tls)) {
    asio::co_spawn(core_->io, core_->accept(), asio::detached);
    core_->thread = std::thread([this] { core_->io.run(); });
}

SmtpStandIn::~SmtpStandIn() {
    core_->io.stop();
    core_->thread.join();
}

std::uint16_t SmtpStandIn::port() const {
    return core_->acceptor.local_endpoint().port();
}

void SmtpStandIn::ask_for_log_in() {
    const std::lock_guard lock(core_->mutex);
    core_->log_in_needed = true;
}

void SmtpStandIn::answer(const std::string& verb, const std::string& line) {
    const std::lock_guard lock(core_->mutex);
    if (line.empty()) {
        core_->answers.erase(verb);
    } else {
        core_->answers[verb] = line;
    }
}

std::vector<SmtpStandIn::Received> SmtpStandIn::received() const {
    const std::lock_guard lock(core_->mutex);
    return core_->mails;
}

}  // namespace hotline::test
