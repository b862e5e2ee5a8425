#include "integrations/http/retry_after.hpp"

#include <algorithm>
#include <charconv>
#include <ctime>

namespace hotline::http_client {

std::optional<std::chrono::seconds> retry_after(
    const Answer& answer, std::chrono::sys_time<std::chrono::seconds> now
) {
    const auto text = answer.header("Retry-After");
    if (text.empty()) return std::nullopt;
    unsigned seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (error == std::errc{} && end == text.data() + text.size()) {
        return std::chrono::seconds(seconds);
    }
    std::tm date{};
    const std::string whole(text);
    const char* rest = ::strptime(whole.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &date);
    if (rest == nullptr || *rest != '\0') return std::nullopt;
    const std::chrono::sys_seconds until{std::chrono::seconds(::timegm(&date))};
    return std::max(until - now, std::chrono::seconds(0));
}

}  // namespace hotline::http_client
