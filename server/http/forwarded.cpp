#include "server/http/forwarded.hpp"

#include "server/http/text.hpp"

#include <algorithm>
#include <charconv>

namespace hotline::http {

namespace {

namespace ip = boost::asio::ip;

ip::address_v6::bytes_type as_v6(const ip::address& address) {
    if (address.is_v6()) return address.to_v6().to_bytes();
    return ip::make_address_v6(ip::v4_mapped, address.to_v4()).to_bytes();
}

// "1.2.3.4", "1.2.3.4:567", "::1", "[::1]", "[::1]:567"
std::optional<ip::address> parse_node(std::string_view text) {
    if (text.starts_with('[')) {
        text = text.substr(1, text.find(']') - 1);
    } else if (std::ranges::count(text, ':') == 1) {
        text = text.substr(0, text.find(':'));
    }
    boost::system::error_code error;
    const auto address = ip::make_address(std::string(text), error);
    if (error) return std::nullopt;
    return address;
}

bool is_request_id(std::string_view text) {
    return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               c == '.' || c == '_' || c == '-';
    });
}

// All lines of one field joined from left to right, as if sent as one list.
std::vector<std::string_view> list_of(
    const std::vector<RawField>& fields, std::string_view field_name
) {
    std::vector<std::string_view> entries;
    for (const auto& field : fields) {
        if (!equal_ignoring_case(field.name, field_name)) continue;
        for (auto rest = field.value; !rest.empty();) {
            const auto entry = rest.substr(0, rest.find(','));
            rest.remove_prefix(std::min(rest.size(), entry.size() + 1));
            entries.push_back(trim_blanks(entry));
        }
    }
    return entries;
}

}  // namespace

std::optional<AddressSet::Block> AddressSet::parse_block(std::string_view entry) {
    const auto slash = entry.find('/');
    boost::system::error_code error;
    const auto address = ip::make_address(std::string(entry.substr(0, slash)), error);
    if (error) return std::nullopt;
    Block block{as_v6(address), 128};
    if (slash == std::string_view::npos) return block;
    const auto text = entry.substr(slash + 1);
    unsigned bits = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), bits);
    const unsigned width = address.is_v4() ? 32 : 128;
    if (failure != std::errc{} || end != text.data() + text.size() || bits > width) {
        return std::nullopt;
    }
    block.bits = bits + (128 - width);
    return block;
}

Result<AddressSet> AddressSet::parse(const std::vector<std::string>& entries) {
    AddressSet set;
    for (const auto& entry : entries) {
        const auto block = parse_block(entry);
        if (!block) return fail(ErrorCode::invalid_format, entry);
        set.blocks_.push_back(*block);
    }
    return set;
}

bool AddressSet::contains(const ip::address& address) const {
    const auto bytes = as_v6(address);
    return std::ranges::any_of(blocks_, [&](const Block& block) {
        const auto whole = static_cast<std::ptrdiff_t>(block.bits / 8);
        if (!std::equal(bytes.begin(), bytes.begin() + whole, block.prefix.begin())) return false;
        const unsigned rest = block.bits % 8;
        if (rest == 0) return true;
        const auto at = static_cast<std::size_t>(whole);
        return ((bytes[at] ^ block.prefix[at]) >> (8 - rest)) == 0;
    });
}

std::string address_text(const ip::address& address) {
    if (address.is_v6() && address.to_v6().is_v4_mapped()) {
        return ip::make_address_v4(ip::v4_mapped, address.to_v6()).to_string();
    }
    return address.to_string();
}

Origin forwarded_origin(
    const AddressSet& proxies,
    const ip::address& peer,
    bool secure,
    const std::vector<RawField>& fields
) {
    auto client = peer;
    const auto hops = list_of(fields, "x-forwarded-for");
    for (auto hop = hops.rbegin(); hop != hops.rend() && proxies.contains(client); ++hop) {
        const auto address = parse_node(*hop);
        if (!address) break;
        client = *address;
    }
    Origin origin{address_text(client), secure, {}};
    // The last entry is the one our own proxy wrote.
    if (const auto protos = list_of(fields, "x-forwarded-proto"); !protos.empty()) {
        origin.secure = equal_ignoring_case(protos.back(), "https");
    }
    const auto id = std::ranges::find_if(fields, [](const RawField& field) {
        return equal_ignoring_case(field.name, "x-request-id");
    });
    if (id != fields.end() && is_request_id(id->value)) origin.request_id = id->value;
    return origin;
}

}  // namespace hotline::http
