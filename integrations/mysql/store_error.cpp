#include "integrations/mysql/store_error.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

namespace hotline::mysql {

namespace {

constexpr std::string_view commit_unknown = "commit outcome unknown";
constexpr int er_dup_entry = 1062;

// Numbers of the MySQL and MariaDB reference manuals (server errors 1000+, client errors 2000+).
constexpr std::array retryable{1213, 1205, 1020, 1615 /* re-prepare */, 1243 /* unknown handle */};
constexpr std::array lost{
    1053 /* shutting down */,
    1077,
    1079,
    1080,
    1152,
    1153,
    1156,
    1157,
    1158,
    1159,
    1160,
    1161,
    1927 /* connection killed */,
    2001,
    2002,
    2003,
    2004,
    2005,
    2006,
    2011,
    2012,
    2013,
    2014,
    2026,
    2027,
    2055,
    3169 /* session killed */,
    4031 /* idle too long */
};
// The server is there and refuses what a healthy one would take: its disk, its role, its limits.
constexpr std::array unable{
    3,
    28,
    1021,
    1023,
    1026,
    1030,
    1037,
    1040,
    1041,
    1047 /* not a member of its cluster */,
    1114,
    1180,
    1203,
    1226,
    1290 /* read-only */,
    1792,
    1836
};
// Messages whose quoted parts are names of tables, columns, keys; others may quote values.
constexpr std::array names_only{1044, 1045, 1048, 1049, 1050, 1051, 1054, 1060, 1061, 1091,
                                1136, 1142, 1143, 1146, 1193, 1264, 1364, 1406, 1451, 1452};

template <std::size_t N>
bool contains(const std::array<int, N>& numbers, int number) {
    return std::ranges::find(numbers, number) != numbers.end();
}

std::string without_quoted(std::string_view message) {
    std::string kept;
    while (!message.empty()) {
        const std::size_t open = message.find('\'');
        kept.append(message.substr(0, open));
        if (open == std::string_view::npos) break;
        // The last quote, not the next: a value may itself contain quotes.
        const std::size_t close = message.rfind('\'');
        kept.append("'…'");
        message.remove_prefix(close + 1);
    }
    return kept;
}

// "Duplicate entry '…' for key 'uq_x'" (MariaDB) or "… for key 'table.uq_x'" (MySQL 8). The value
// comes first and may contain anything, so the key is searched from the end.
std::string_view key_in(std::string_view message) {
    if (message.ends_with('\'')) message.remove_suffix(1);
    const std::size_t quote = message.rfind('\'');
    if (quote != std::string_view::npos) message.remove_prefix(quote + 1);
    const std::size_t dot = message.rfind('.');
    if (dot != std::string_view::npos) message.remove_prefix(dot + 1);
    return message;
}

ErrorCode error_code(int number) {
    if (contains(unable, number)) return ErrorCode::store_unavailable;
    switch (classify(number)) {
        case Failure::duplicate_key:
        case Failure::retryable:
            return ErrorCode::conflict;
        case Failure::lost:
            return ErrorCode::store_unavailable;
        case Failure::refused:
            return ErrorCode::internal;
    }
    return ErrorCode::internal;
}

}  // namespace

Failure classify(int mysql_code) {
    if (mysql_code == er_dup_entry) return Failure::duplicate_key;
    if (contains(retryable, mysql_code)) return Failure::retryable;
    if (contains(lost, mysql_code)) return Failure::lost;
    return Failure::refused;
}

Error store_error(int mysql_code, std::string_view message) {
    std::string detail = std::to_string(mysql_code) + ' ';
    if (mysql_code == er_dup_entry)
        detail += key_in(message);
    else if (contains(names_only, mysql_code))
        detail += message;
    else
        detail += without_quoted(message);
    return Error{error_code(mysql_code), std::move(detail), {}};
}

int mysql_code(const Error& error) {
    int number = 0;
    const std::string& detail = error.detail;
    std::from_chars(detail.data(), detail.data() + detail.size(), number);
    return number;
}

std::string_view duplicate_key(const Error& error) {
    if (error.code != ErrorCode::conflict || mysql_code(error) != er_dup_entry) return {};
    std::string_view detail = error.detail;
    return detail.substr(detail.find(' ') + 1);
}

bool is_duplicate(const Error& error, std::string_view key) {
    return duplicate_key(error) == key;
}

Error unknown_outcome() {
    return Error{ErrorCode::deadline_exceeded, std::string{commit_unknown}, {}};
}

bool outcome_unknown(const Error& error) {
    return error.code == ErrorCode::deadline_exceeded && error.detail == commit_unknown;
}

}  // namespace hotline::mysql
