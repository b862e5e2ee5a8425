#include "integrations/notify/email.hpp"

#include "integrations/notify/mail_text.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <string_view>
#include <utility>

namespace hotline::notify {

namespace asio = boost::asio;

namespace {

struct CurlFree {
    void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
template <class T>
using CurlOwned = std::unique_ptr<T, CurlFree>;

// What a transfer gives away and how it is called off.
struct Transfer {
    std::string_view unread;
    std::string last_command;
    const std::atomic<bool>* stopping;
};

std::size_t read_mail(char* to, std::size_t size, std::size_t count, void* transfer) {
    auto& unread = static_cast<Transfer*>(transfer)->unread;
    const auto part = unread.substr(0, size * count);
    std::memcpy(to, part.data(), part.size());
    unread.remove_prefix(part.size());
    return part.size();
}

int note_command(CURL*, curl_infotype type, char* text, std::size_t size, void* transfer) {
    if (type != CURLINFO_HEADER_OUT) return 0;
    const auto verb = std::string_view(text, size).substr(0, 4);
    // How it takes its leave says nothing about what went wrong before.
    if (verb != "QUIT") static_cast<Transfer*>(transfer)->last_command = verb;
    return 0;
}

int ask_to_stop(void* transfer, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    return static_cast<Transfer*>(transfer)->stopping->load() ? 1 : 0;
}

void set_connection(CURL* curl, const EmailSettings& settings) {
    const bool tls = settings.security == EmailSettings::Security::tls;
    const auto url =
        fmt::format("{}://{}:{}", tls ? "smtps" : "smtp", settings.host, settings.port);
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    // Never on without encryption where encryption is asked for.
    curl_easy_setopt(
        curl,
        CURLOPT_USE_SSL,
        static_cast<long>(
            settings.security == EmailSettings::Security::none ? CURLUSESSL_NONE : CURLUSESSL_ALL
        )
    );
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (!settings.ca_file.empty()) {
        curl_easy_setopt(curl, CURLOPT_CAINFO, settings.ca_file.c_str());
    }
    if (!settings.user.empty()) {
        curl_easy_setopt(curl, CURLOPT_USERNAME, settings.user.c_str());
        curl_easy_setopt(curl, CURLOPT_PASSWORD, settings.password.c_str());
    }
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(settings.connect.count()));
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(settings.total.count()));
}

// RFC 5321: 4yz may succeed later, 5yz will not; which mailbox is meant is said about RCPT only.
Sent sent_of_reply(long reply, const Transfer& transfer) {
    Sent sent{
        .outcome = Outcome::refused, .detail = fmt::format("{} {}", transfer.last_command, reply)
    };
    const bool receiver = transfer.last_command == "RCPT";
    if (reply / 100 == 4) sent.outcome = Outcome::later;
    if (receiver && (reply == 550 || reply == 551 || reply == 553)) sent.outcome = Outcome::gone;
    if (reply == 530 || reply == 534 || reply == 535) sent.outcome = Outcome::misconfigured;
    return sent;
}

Sent sent_of_transfer(CURL* curl, CURLcode code, const Transfer& transfer) {
    long reply = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &reply);
    if (code == CURLE_OK) return {.outcome = Outcome::accepted};
    if (code == CURLE_LOGIN_DENIED || code == CURLE_USE_SSL_FAILED ||
        code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CACERT_BADFILE) {
        return {.outcome = Outcome::misconfigured, .detail = curl_easy_strerror(code)};
    }
    if (reply >= 400 && code != CURLE_OPERATION_TIMEDOUT) return sent_of_reply(reply, transfer);
    return {.outcome = Outcome::later, .detail = curl_easy_strerror(code)};
}

}  // namespace

struct EmailSender::Desk {
    explicit Desk(EmailSettings s) : settings(std::move(s)) {
        static const bool ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
        static_cast<void>(ready);
    }

    Sent deliver(const Mail& mail) const {
        const auto text = mail_text(mail);
        Transfer transfer{text, {}, &stopping};
        const CurlOwned<CURL> curl(curl_easy_init());
        const CurlOwned<curl_slist> to(curl_slist_append(nullptr, mail.to.c_str()));
        set_connection(curl.get(), settings);
        curl_easy_setopt(curl.get(), CURLOPT_MAIL_FROM, mail.from.c_str());
        curl_easy_setopt(curl.get(), CURLOPT_MAIL_RCPT, to.get());
        curl_easy_setopt(curl.get(), CURLOPT_UPLOAD, 1L);
        curl_easy_setopt(curl.get(), CURLOPT_READFUNCTION, read_mail);
        curl_easy_setopt(curl.get(), CURLOPT_READDATA, &transfer);
        curl_easy_setopt(curl.get(), CURLOPT_VERBOSE, 1L);
        curl_easy_setopt(curl.get(), CURLOPT_DEBUGFUNCTION, note_command);
        curl_easy_setopt(curl.get(), CURLOPT_DEBUGDATA, &transfer);
        curl_easy_setopt(curl.get(), CURLOPT_NOPROGRESS, 0L);
        curl_easy_setopt(curl.get(), CURLOPT_XFERINFOFUNCTION, ask_to_stop);
        curl_easy_setopt(curl.get(), CURLOPT_XFERINFODATA, &transfer);
        const CURLcode code = curl_easy_perform(curl.get());
        return sent_of_transfer(curl.get(), code, transfer);
    }

    static asio::awaitable<Sent> deliver_on_thread(std::shared_ptr<Desk> desk, Mail mail) {
        co_return desk->deliver(mail);
    }

    EmailSettings settings;
    std::atomic<bool> stopping = false;
    asio::thread_pool threads{2};
};

EmailSender::EmailSender(EmailSettings settings)
    : desk_(std::make_shared<Desk>(std::move(settings))) {}

// A transfer under way is called off rather than waited for.
EmailSender::~EmailSender() {
    desk_->stopping = true;
    desk_->threads.join();
}

asio::awaitable<Sent> EmailSender::send(Message message) {
    const auto& settings = desk_->settings;
    if (!is_mail_address(message.address)) {
        co_return Sent{.outcome = Outcome::gone, .detail = "no mail address"};
    }
    const auto text = message.url.empty() ? message.text : message.text + "\r\n\r\n" + message.url;
    Mail mail;
    mail.from = settings.from;
    mail.from_name = settings.from_name;
    mail.to = message.address;
    mail.subject = message.title;
    mail.text = text + "\r\n";
    mail.id = message.id;
    mail.at = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    co_return co_await asio::co_spawn(
        desk_->threads, Desk::deliver_on_thread(desk_, std::move(mail)), asio::use_awaitable
    );
}

}  // namespace hotline::notify
