#pragma once

#include "server/config/settings.hpp"
#include "ticketing/errors.hpp"

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

// JSON lines, one per deed, with request id and ticket number where there is one. No names,
// numbers, codes, tokens or texts of appeals ever.
namespace hotline::log {

enum class Level { debug, info, warn, error };

// One member of the line. Views live for the call.
struct Field {
    std::string_view key;
    std::variant<std::int64_t, double, std::string_view> value;
};

// Err: a sentence (bad level, file not writable).
Result<void> start(const config::LogSection& settings);
void stop();  // flushes

void write(Level level, std::string_view event, std::initializer_list<Field> fields = {});

// What the world did to us: the error's code and detail as fields.
void trouble(std::string_view event, const Error& error, std::initializer_list<Field> fields = {});

}  // namespace hotline::log
