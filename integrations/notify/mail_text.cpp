#include "integrations/notify/mail_text.hpp"

#include "integrations/crypto/digest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ctime>

namespace hotline::notify {

namespace {

// RFC 2047: lines of at most 76 characters, the field's name included, cut between two characters
// of the text.
std::string encoded_words(std::string_view text) {
    constexpr std::size_t bytes_of_a_word = 39;
    std::string result;
    while (!text.empty()) {
        std::size_t size = std::min(bytes_of_a_word, text.size());
        while (size < text.size() && size > 1 &&
               (static_cast<unsigned char>(text[size]) & 0xc0) == 0x80) {
            --size;
        }
        if (!result.empty()) result += "\r\n ";
        result += "=?UTF-8?B?" + crypto::base64(text.substr(0, size)) + "?=";
        text.remove_prefix(size);
    }
    return result;
}

std::string in_lines(const std::string& text) {
    constexpr std::size_t line = 76;
    std::string result;
    for (std::size_t at = 0; at < text.size(); at += line) result += text.substr(at, line) + "\r\n";
    return result;
}

// Names of days and months in English whatever the locale.
std::string date_text(std::chrono::sys_time<std::chrono::seconds> at) {
    constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array months{
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };
    const std::time_t seconds = at.time_since_epoch().count();
    std::tm utc{};
    ::gmtime_r(&seconds, &utc);
    return fmt::format(
        "{}, {:02} {} {} {:02}:{:02}:{:02} +0000",
        days[static_cast<std::size_t>(utc.tm_wday)],
        utc.tm_mday,
        months[static_cast<std::size_t>(utc.tm_mon)],
        utc.tm_year + 1900,
        utc.tm_hour,
        utc.tm_min,
        utc.tm_sec
    );
}

}  // namespace

bool is_mail_address(std::string_view text) {
    constexpr std::string_view marks = "!#$%&'*+-/=?^_`{|}~.@";
    const auto fits = [&](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               marks.find(c) != std::string_view::npos;
    };
    const auto at = text.find('@');
    return text.size() <= 254 && at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
           text.find('@', at + 1) == std::string_view::npos && text.front() != '-' &&
           std::ranges::all_of(text, fits);
}

std::string mail_text(const Mail& mail) {
    const auto host = mail.from.substr(mail.from.find('@') + 1);
    const auto id = crypto::hex(crypto::sha256(mail.id)).substr(0, 32);
    return "From: " + encoded_words(mail.from_name) + "\r\n <" + mail.from + ">\r\nTo: <" +
           mail.to + ">\r\nSubject: " + encoded_words(mail.subject) +
           "\r\nDate: " + date_text(mail.at) + "\r\nMessage-ID: <" + id + "@" + host +
           ">\r\nAuto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
           "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
           in_lines(crypto::base64(mail.text));
}

}  // namespace hotline::notify
