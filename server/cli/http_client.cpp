#include "server/cli/http_client.hpp"

#include <boost/asio/ip/tcp.hpp>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>

namespace hotline::cli {
namespace {

constexpr std::chrono::seconds patience{30};

std::string lower(std::string_view text) {
    std::string out{text};
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == '\r' || text.back() == ' ')) text.remove_suffix(1);
    return text;
}

template <class Number>
std::optional<Number> number(std::string_view text, int base = 10) {
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    return error == std::errc{} && end != text.data() ? std::optional{value} : std::nullopt;
}

// RFC 9112 section 7.1, without trailers.
std::optional<std::string> unchunked(std::string_view text) {
    std::string body;
    for (;;) {
        const auto end = text.find("\r\n");
        const auto size = number<std::size_t>(text.substr(0, end), 16);
        if (end == std::string_view::npos || !size || text.size() < end + 2 + *size) {
            return std::nullopt;
        }
        if (*size == 0) return body;
        body += text.substr(end + 2, *size);
        text.remove_prefix(std::min(text.size(), end + 2 + *size + 2));
    }
}

std::optional<HttpAnswer> parse(const std::string& text) {
    const std::string_view all{text};
    const auto head_end = all.find("\r\n\r\n");
    if (!all.starts_with("HTTP/1.") || head_end == std::string_view::npos) return std::nullopt;
    HttpAnswer answer;
    answer.status = number<int>(all.substr(std::min<std::size_t>(9, all.size()))).value_or(0);
    std::string_view head = all.substr(0, head_end);
    for (auto at = head.find("\r\n"); at != std::string_view::npos; at = head.find("\r\n")) {
        head.remove_prefix(at + 2);
        const std::string_view line = head.substr(0, head.find("\r\n"));
        const auto colon = line.find(':');
        if (colon == std::string_view::npos) return std::nullopt;
        answer.headers.emplace_back(lower(line.substr(0, colon)), trimmed(line.substr(colon + 1)));
    }
    const std::string_view body = all.substr(head_end + 4);
    if (lower(answer.header("transfer-encoding")) == "chunked") {
        auto whole = unchunked(body);
        if (!whole) return std::nullopt;
        answer.body = std::move(*whole);
        return answer;
    }
    const auto length = number<std::size_t>(answer.header("content-length"));
    if (length && body.size() < *length) return std::nullopt;
    answer.body = body.substr(0, length.value_or(body.size()));
    return answer;
}

}  // namespace

std::string_view HttpAnswer::header(std::string_view name) const {
    const auto at = std::ranges::find(headers, name, [](const auto& row) -> std::string_view {
        return row.first;
    });
    return at == headers.end() ? std::string_view{} : at->second;
}

Result<HttpClient> HttpClient::at(std::string_view url) {
    constexpr std::string_view scheme = "http://";
    if (!url.starts_with(scheme)) return fail_field("url", ErrorCode::invalid_format, "http://");
    url.remove_prefix(scheme.size());
    url = url.substr(0, url.find('/'));
    const auto bracket = url.find(']');
    const auto colon = url.find(':', bracket == std::string_view::npos ? 0 : bracket);
    std::string_view host = url.substr(0, colon);
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    if (host.empty()) return fail_field("url", ErrorCode::invalid_format, "http://host:port");
    const std::string_view port =
        colon == std::string_view::npos ? std::string_view{"80"} : url.substr(colon + 1);
    return HttpClient{std::string{host}, std::string{port}};
}

std::string HttpClient::text_of(
    std::string_view method,
    std::string_view target,
    std::string_view body,
    const HttpHeaders& headers
) const {
    const bool bracketed = host_.find(':') != std::string::npos;
    std::string text{method};
    text += ' ';
    text += target;
    text += " HTTP/1.1\r\nHost: " + (bracketed ? "[" + host_ + "]" : host_) + ":" + port_;
    text += "\r\nConnection: close\r\nAccept-Language: zh-CN\r\n";
    if (!cookies_.empty()) {
        std::string pairs;
        for (const auto& [name, value] : cookies_) {
            pairs += (pairs.empty() ? "" : "; ") + name + "=" + value;
        }
        text += "Cookie: " + pairs + "\r\n";
    }
    for (const auto& [name, value] : headers) text += name + ": " + value + "\r\n";
    if (method != "GET") {
        text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
        if (!body.empty()) text += "Content-Type: application/json\r\n";
    }
    text += "\r\n";
    text += body;
    return text;
}

void HttpClient::keep_cookies(const HttpAnswer& answer) {
    for (const auto& [name, value] : answer.headers) {
        if (name != "set-cookie") continue;
        const std::string_view pair = std::string_view{value}.substr(0, value.find(';'));
        const auto equals = pair.find('=');
        if (equals == std::string_view::npos) continue;
        cookies_[std::string{pair.substr(0, equals)}] = pair.substr(equals + 1);
    }
}

Result<HttpAnswer> HttpClient::request(
    std::string_view method,
    std::string_view target,
    std::string_view body,
    const HttpHeaders& headers
) {
    boost::asio::ip::tcp::iostream stream;
    stream.expires_after(patience);
    stream.connect(host_, port_);
    if (!stream) {
        return fail(ErrorCode::store_unavailable, host_ + ":" + port_ + " does not answer");
    }
    stream << text_of(method, target, body, headers) << std::flush;
    const std::string text{
        std::istreambuf_iterator<char>{stream}, std::istreambuf_iterator<char>{}
    };
    auto answer = parse(text);
    if (!answer) return fail(ErrorCode::internal, "the answer is not complete HTTP");
    keep_cookies(*answer);
    return std::move(*answer);
}

}  // namespace hotline::cli
