#include "integrations/open311/request_form.hpp"

#include "integrations/open311/services.hpp"
#include "ticketing/intake.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace hotline::open311 {
namespace {

using ticketing::Appeal;

std::string attribute(const Parameters& form, const std::string& code) {
    return std::string(value_of(form, "attribute[" + code + "]"));
}

std::optional<double> degrees(std::string_view text, double limit) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = error == std::errc{} && end == text.data() + text.size();
    if (!whole || !(value >= -limit && value <= limit)) return std::nullopt;
    return value;
}

bool is_latin(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// 张三 has no blank in it, John Smith has.
std::string full_name(std::string_view first, std::string_view last) {
    std::string name;
    if (!is_latin(first) || !is_latin(last)) return name.append(last).append(first);
    name.append(first);
    if (!first.empty() && !last.empty()) name += ' ';
    return name.append(last);
}

void add_line(std::string& text, std::string_view label, std::string_view value) {
    if (value.empty()) return;
    text.append("\n").append(label).append("：").append(value);
}

class Reader {
public:
    Reader(const Parameters& form, const ticketing::Directory& directory, bool english)
        : form_(form), directory_(directory), english_(english) {}

    std::expected<Appeal, Refusal> read() {
        read_service();
        read_place();
        read_person();
        read_attributes();
        read_text();
        if (!refusal_.descriptions.empty()) return std::unexpected(std::move(refusal_));
        return std::move(appeal_);
    }

private:
    std::string_view field(const std::string& name) const { return value_of(form_, name); }

    void refuse(std::string_view zh, std::string_view en) {
        refusal_.descriptions.emplace_back(english_ ? en : zh);
    }

    void read_service() {
        const std::string_view code = field("service_code");
        if (code.empty()) {
            return refuse("缺少 service_code。", "service_code was not provided.");
        }
        const auto* topic = topic_of(directory_, code);
        if (topic == nullptr) {
            refusal_.status = 404;
            return refuse(
                "没有这个 service_code，请从 services 取得。",
                "service_code was not found; see services for those there are."
            );
        }
        appeal_.topic = topic->topic;
    }

    // The standard asks for a place one way or another.
    void read_place() {
        const std::string_view lat = field("lat");
        const std::string_view lon = field("long");
        const bool point = !lat.empty() || !lon.empty();
        if (point && (!degrees(lat, 90) || !degrees(lon, 180))) {
            refuse(
                "lat、long 须同时提供，为 WGS84 十进制度数。",
                "lat and long must both be given, in decimal degrees of WGS84."
            );
        }
        const std::string_view address =
            field("address_string").empty() ? field("address_id") : field("address_string");
        if (!point && address.empty()) {
            refuse(
                "请提供 lat 和 long、address_string 或 address_id。",
                "lat and long, address_string or address_id is required."
            );
        }
        appeal_.place = address;
        if (!point) return;
        if (!appeal_.place.empty()) appeal_.place += ' ';
        appeal_.place.append("(").append(lat).append(", ").append(lon).append(")");
    }

    // Nobody can be called back without a number of ours; such an appeal is taken as anonymous, and
    // what was given instead stands in its text for whoever handles it.
    void read_person() {
        auto& person = appeal_.appellant;
        person.name = full_name(field("first_name"), field("last_name"));
        person.phone = ticketing::normalised_phone(field("phone"));
        person.anonymous = person.phone.empty();
        person.role_in_firm = attribute(form_, "role_in_firm");
    }

    void read_attributes() {
        appeal_.enterprise_name = attribute(form_, "enterprise_name");
        appeal_.uscc = attribute(form_, "uscc");
        appeal_.division = attribute(form_, "division");
        appeal_.wanted = attribute(form_, "wanted");
        appeal_.appellant.confidential = attribute(form_, "confidential") == "true";
    }

    void read_text() {
        const std::string_view text = field("description");
        if (text.empty()) refuse("缺少 description。", "description was not provided.");
        appeal_.channel = ticketing::Channel::api;
        appeal_.content = text;
        if (appeal_.appellant.phone.empty()) {
            add_line(appeal_.content, "联系电话", field("phone"));
            add_line(appeal_.content, "联系人", appeal_.appellant.name);
        }
        add_line(appeal_.content, "电子邮箱", field("email"));
        add_line(appeal_.content, "附件地址", field("media_url"));
    }

    const Parameters& form_;
    const ticketing::Directory& directory_;
    bool english_;
    Appeal appeal_;
    Refusal refusal_{.status = 400, .descriptions = {}};
};

}  // namespace

std::string_view value_of(const Parameters& parameters, const std::string& name) {
    const auto found = parameters.find(name);
    return found == parameters.end() ? std::string_view() : std::string_view(found->second);
}

std::expected<Appeal, Refusal> appeal_from(
    const Parameters& form, const ticketing::Directory& directory, bool english
) {
    return Reader(form, directory, english).read();
}

std::string canonical_form(const Parameters& form) {
    static constexpr std::array<std::string_view, 4> left_out{
        "api_key", "jurisdiction_id", "device_id", "account_id"
    };
    std::string out;
    for (const auto& [name, value] : form) {
        if (value.empty() || std::ranges::find(left_out, name) != left_out.end()) continue;
        for (const std::string_view part : {std::string_view(name), std::string_view(value)}) {
            out.append(std::to_string(part.size())).append(":").append(part);
        }
    }
    return out;
}

}  // namespace hotline::open311
