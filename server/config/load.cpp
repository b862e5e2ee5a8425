#include "server/config/declare.hpp"
#include "server/config/settings.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <fstream>

namespace hotline::config {
namespace {

std::unexpected<Error> wrong(std::string sentence) {
    return fail(ErrorCode::validation_failed, std::move(sentence));
}

std::string dotted(const Declaration& d) {
    return fmt::format("[{}] {}", d.section, d.key);
}

Result<void> set_number(const Declaration& d, std::int64_t value, std::string_view where) {
    if (value < d.minimum || value > d.maximum) {
        return wrong(fmt::format(
            "{}: {} must be between {} and {}, not {}.",
            where,
            dotted(d),
            d.minimum,
            d.maximum,
            value
        ));
    }
    *std::get<std::int64_t*>(d.target) = value;
    return {};
}

std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> parts;
    while (!text.empty()) {
        const std::size_t comma = std::min(text.find(','), text.size());
        if (comma > 0) parts.emplace_back(text.substr(0, comma));
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return parts;
}

Result<void> set_from_node(const Declaration& d, const toml::node& node, const std::string& file) {
    const std::string mismatch = fmt::format("{}: {} has the wrong type.", file, dotted(d));
    if (auto* const* target = std::get_if<bool*>(&d.target)) {
        const auto value = node.value_exact<bool>();
        if (!value) return wrong(mismatch);
        **target = *value;
        return {};
    }
    if (std::holds_alternative<std::int64_t*>(d.target)) {
        const auto value = node.value_exact<std::int64_t>();
        return value ? set_number(d, *value, file) : wrong(mismatch);
    }
    if (auto* const* target = std::get_if<std::string*>(&d.target)) {
        const auto value = node.value_exact<std::string>();
        if (!value) return wrong(mismatch);
        **target = *value;
        return {};
    }
    const toml::array* array = node.as_array();
    if (array == nullptr) return wrong(mismatch);
    auto& list = *std::get<std::vector<std::string>*>(d.target);
    list.clear();
    for (const toml::node& element : *array) {
        const auto value = element.value_exact<std::string>();
        if (!value) return wrong(mismatch);
        list.push_back(*value);
    }
    return {};
}

Result<void> set_from_text(const Declaration& d, std::string_view text) {
    const std::string where = environment_name(d);
    if (auto* const* target = std::get_if<bool*>(&d.target)) {
        if (text != "true" && text != "false") return wrong(where + " must be true or false.");
        **target = text == "true";
    } else if (std::holds_alternative<std::int64_t*>(d.target)) {
        std::int64_t value = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (error != std::errc{} || end != text.data() + text.size()) {
            return wrong(where + " must be a whole number.");
        }
        return set_number(d, value, where);
    } else if (auto* const* string = std::get_if<std::string*>(&d.target)) {
        **string = text;
    } else {
        *std::get<std::vector<std::string>*>(d.target) = split(text);
    }
    return {};
}

// [notify.sms] is a table within [notify].
Result<void> apply_section(
    const std::string& section,
    const toml::table& table,
    const std::vector<Declaration>& declarations,
    const std::string& file
) {
    for (const auto& [key, value] : table) {
        if (const toml::table* inner = value.as_table()) {
            const std::string name = fmt::format("{}.{}", section, key.str());
            if (auto done = apply_section(name, *inner, declarations, file); !done) return done;
            continue;
        }
        const auto found = std::ranges::find_if(declarations, [&](const Declaration& d) {
            return d.section == section && d.key == key.str();
        });
        if (found == declarations.end()) {
            return wrong(fmt::format("{}: there is no setting [{}] {}.", file, section, key.str()));
        }
        if (auto set = set_from_node(*found, value, file); !set) return set;
    }
    return {};
}

Result<void> apply_table(
    const toml::table& root, const std::vector<Declaration>& declarations, const std::string& file
) {
    for (const auto& [section, node] : root) {
        const toml::table* table = node.as_table();
        if (table == nullptr)
            return wrong(fmt::format("{}: {} stands outside a section.", file, section.str()));
        const std::string name(section.str());
        if (auto done = apply_section(name, *table, declarations, file); !done) return done;
    }
    return {};
}

}  // namespace

std::string Settings::public_url() const {
    if (!server.base_url.empty()) return server.base_url;
    const std::string_view scheme = server.tls_certificate.empty() ? "http" : "https";
    return fmt::format("{}://localhost:{}", scheme, server.port);
}

Result<Settings> load(const std::filesystem::path& file) {
    Settings settings;
    const auto declarations = declare(settings);
    if (!file.empty()) {
        try {
            const toml::table root = toml::parse_file(file.string());
            if (auto done = apply_table(root, declarations, file.string()); !done) {
                return std::unexpected(done.error());
            }
        } catch (const toml::parse_error& error) {
            const auto line = error.source().begin.line;
            return wrong(fmt::format("{}: {} (line {}).", file.string(), error.description(), line)
            );
        }
    }
    for (const Declaration& d : declarations) {
        const char* text = std::getenv(environment_name(d).c_str());
        if (text == nullptr) continue;
        if (auto set = set_from_text(d, text); !set) return std::unexpected(set.error());
    }
    return settings;
}

Result<std::string> read_secret(const std::filesystem::path& file) {
    if (file.empty()) return std::string();
    std::ifstream in(file);
    std::string line;
    if (!in || !std::getline(in, line)) {
        return wrong(fmt::format("The secret in {} cannot be read.", file.string()));
    }
    if (!line.empty() && line.back() == '\r') line.pop_back();
    return line;
}

}  // namespace hotline::config
