#include "server/log.hpp"

#include "ticketing/json_text.hpp"
#include "ticketing/text.hpp"

#include <fmt/format.h>
#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <optional>

namespace hotline::log {
namespace {

std::optional<spdlog::level::level_enum> level_of(std::string_view name) {
    if (name == "trace") return spdlog::level::trace;
    if (name == "debug") return spdlog::level::debug;
    if (name == "info") return spdlog::level::info;
    if (name == "warn") return spdlog::level::warn;
    if (name == "error") return spdlog::level::err;
    return std::nullopt;
}

spdlog::level::level_enum level_of(Level level) {
    switch (level) {
        case Level::debug:
            return spdlog::level::debug;
        case Level::info:
            return spdlog::level::info;
        case Level::warn:
            return spdlog::level::warn;
        case Level::error:
            return spdlog::level::err;
    }
    return spdlog::level::err;
}

void append(std::string& line, const Field& field) {
    line += ',';
    ticketing::append_json_string(line, field.key);
    line += ':';
    if (const auto* text = std::get_if<std::string_view>(&field.value)) {
        // A stranger may have typed it (a path): what is not UTF-8 is not shown.
        ticketing::append_json_string(line, ticketing::is_clean_utf8(*text) ? *text : "(not text)");
    } else if (const auto* number = std::get_if<std::int64_t>(&field.value)) {
        line += std::to_string(*number);
    } else {
        line += fmt::format("{:.6g}", std::get<double>(field.value));
    }
}

void emit(spdlog::level::level_enum level, std::string_view event, auto&&... lists) {
    spdlog::logger* logger = spdlog::default_logger_raw();
    if (!logger->should_log(level)) return;
    std::string rest;
    (
        [&](const auto& fields) {
            for (const Field& field : fields) append(rest, field);
        }(lists),
        ...
    );
    logger->log(level, "{}{}", ticketing::json_string(event), rest);
}

}  // namespace

Result<void> start(const config::LogSection& settings) {
    const auto level = level_of(settings.level);
    if (!level) {
        return fail(
            ErrorCode::validation_failed, "[log] level must be trace, debug, info, warn or error."
        );
    }
    try {
        auto logger = settings.file.empty() ? spdlog::stdout_logger_mt("hotline")
                                            : spdlog::basic_logger_mt("hotline", settings.file);
        // Instants in UTC, as everywhere.
        logger->set_pattern(
            R"({"at":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l","event":%v})",
            spdlog::pattern_time_type::utc
        );
        logger->set_level(*level);
        logger->flush_on(spdlog::level::warn);
        spdlog::set_default_logger(std::move(logger));
        spdlog::flush_every(std::chrono::seconds(1));
    } catch (const spdlog::spdlog_ex& error) {
        return fail(
            ErrorCode::validation_failed, fmt::format("The log cannot be opened: {}.", error.what())
        );
    }
    return {};
}

void stop() {
    spdlog::shutdown();
}

void write(Level level, std::string_view event, std::initializer_list<Field> fields) {
    emit(level_of(level), event, fields);
}

void trouble(std::string_view event, const Error& error, std::initializer_list<Field> fields) {
    const std::initializer_list<Field> what{{"code", name(error.code)}, {"detail", error.detail}};
    emit(spdlog::level::warn, event, fields, what);
}

}  // namespace hotline::log
