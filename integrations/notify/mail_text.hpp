#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace hotline::notify {

struct Mail {
    std::string from;       // address
    std::string from_name;  // any words
    std::string to;         // address
    std::string subject;
    std::string text;
    std::string id;  // the same at every retry
    std::chrono::sys_time<std::chrono::seconds> at;
};

// An address that can stand in an envelope and in a field without quoting: no blanks, no control
// characters, nothing beyond ASCII, one '@'.
bool is_mail_address(std::string_view text);

// The message as it goes over the line (RFC 5322, MIME): words of strangers stand in it only in
// base64, so none of them can end a field. Lines end in CRLF.
std::string mail_text(const Mail& mail);

}  // namespace hotline::notify
