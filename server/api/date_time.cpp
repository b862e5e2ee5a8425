#include "server/api/dto.hpp"
#include "sla/date_text.hpp"

#include <charconv>
#include <chrono>

namespace hotline::api {
namespace {

// Reads fixed-width parts off the front of a text; after the first fault nothing matches any more.
class Scanner {
public:
    explicit Scanner(std::string_view text) : rest_(text) {}

    int number(std::size_t digits) {
        int value = 0;
        for (std::size_t i = 0; i < digits; ++i) {
            const char c = i < rest_.size() ? rest_[i] : '\0';
            if (c < '0' || c > '9') return failed();
            value = value * 10 + (c - '0');
        }
        rest_.remove_prefix(digits);
        return value;
    }

    char one_of(std::string_view allowed) {
        if (rest_.empty() || allowed.find(rest_.front()) == std::string_view::npos) {
            return static_cast<char>(failed());
        }
        const char c = rest_.front();
        rest_.remove_prefix(1);
        return c;
    }

    // ".123456" as milliseconds, cut; nothing there is none.
    int fraction() {
        if (rest_.empty() || rest_.front() != '.') return 0;
        rest_.remove_prefix(1);
        int value = 0;
        int digits = 0;
        while (!rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9') {
            if (digits < 3) value = value * 10 + (rest_.front() - '0');
            ++digits;
            rest_.remove_prefix(1);
        }
        if (digits == 0) failed();
        for (; digits < 3; ++digits) value *= 10;
        return value;
    }

    bool complete() const { return good_ && rest_.empty(); }

private:
    int failed() {
        good_ = false;
        rest_ = {};
        return 0;
    }

    std::string_view rest_;
    bool good_ = true;
};

std::chrono::minutes offset(Scanner& scan) {
    const char sign = scan.one_of("Zz+-");
    if (sign != '+' && sign != '-') return {};
    const int hours = scan.number(2);
    scan.one_of(":");
    const int minutes = scan.number(2);
    const auto value = std::chrono::hours{hours} + std::chrono::minutes{minutes};
    return sign == '+' ? value : -value;
}

}  // namespace

std::string to_text(ticketing::Instant instant) {
    return sla::instant_text(instant, 'T') + 'Z';
}

std::optional<ticketing::Instant> instant_from(std::string_view text) {
    using namespace std::chrono;
    Scanner scan(text);
    const int y = scan.number(4);
    scan.one_of("-");
    const int m = scan.number(2);
    scan.one_of("-");
    const int d = scan.number(2);
    scan.one_of("Tt ");
    const int hour = scan.number(2);
    scan.one_of(":");
    const int minute = scan.number(2);
    scan.one_of(":");
    const int second = scan.number(2);
    const int fraction = scan.fraction();
    const minutes shift = offset(scan);
    const year_month_day date{
        year{y}, month{static_cast<unsigned>(m)}, day{static_cast<unsigned>(d)}
    };
    const bool in_range = hour < 24 && minute < 60 && second < 60 && abs(shift) < hours{24};
    if (!scan.complete() || !date.ok() || !in_range) return std::nullopt;
    return sys_days{date} + hours{hour} + minutes{minute} + seconds{second} +
           milliseconds{fraction} - shift;
}

}  // namespace hotline::api
