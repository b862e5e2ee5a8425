#include "server/config/declare.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

using namespace hotline;
using namespace hotline::config;

namespace {

std::string documented() {
    std::ifstream in(HOTLINE_SETTINGS_FILE);
    return {std::istreambuf_iterator<char>(in), {}};
}

// What stands in a section of the file, up to the next one.
std::string section_of(const std::string& file, std::string_view name) {
    const auto begin = file.find("\n[" + std::string(name) + "]\n");
    if (begin == std::string::npos) return {};
    return file.substr(begin, file.find("\n[", begin + 1) - begin);
}

std::string value_of(const Declaration& d) {
    if (const auto* const* truth = std::get_if<bool*>(&d.target)) return **truth ? "true" : "false";
    if (const auto* const* number = std::get_if<std::int64_t*>(&d.target)) {
        return std::to_string(**number);
    }
    if (const auto* const* text = std::get_if<std::string*>(&d.target)) return **text;
    std::string all;
    for (const auto& one : *std::get<std::vector<std::string>*>(d.target)) all += one + "\n";
    return all;
}

}  // namespace

TEST_CASE("every setting stands in hotline.toml with its default, and nothing else does") {
    Settings defaults;
    auto loaded = load(HOTLINE_SETTINGS_FILE);
    REQUIRE(loaded);
    const auto file = documented();
    const auto expected = declare(defaults);
    const auto found = declare(*loaded);
    for (std::size_t i = 0; i < expected.size(); ++i) {
        CAPTURE(expected[i].section);
        CAPTURE(expected[i].key);
        CHECK(value_of(found[i]) == value_of(expected[i]));
        const auto key = "\n" + std::string(expected[i].key) + " = ";
        CHECK(section_of(file, expected[i].section).find(key) != std::string::npos);
    }
}

TEST_CASE("a section within a section is named with a dot in the file and a bar in the environment"
) {
    Settings settings;
    for (const auto& d : declare(settings)) {
        if (d.section == "notify.sms" && d.key == "url") {
            CHECK(environment_name(d) == "HOTLINE_NOTIFY_SMS_URL");
        }
    }
    REQUIRE(::setenv("HOTLINE_NOTIFY_SMS_TEMPLATES", "assigned=SMS_1,urged=SMS_2", 1) == 0);
    const auto loaded = load({});
    ::unsetenv("HOTLINE_NOTIFY_SMS_TEMPLATES");
    REQUIRE(loaded);
    CHECK(
        loaded->notify.sms.templates == std::vector<std::string>{"assigned=SMS_1", "urged=SMS_2"}
    );
}
