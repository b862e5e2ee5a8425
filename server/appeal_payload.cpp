#include "server/appeal_payload.hpp"

#include "ticketing/json_text.hpp"
#include "ticketing/text.hpp"

#include <boost/json.hpp>

namespace hotline {
namespace {

namespace json = boost::json;
using ticketing::Appeal;

struct TextField {
    std::string_view key;
    std::string Appeal::* member;
};

constexpr TextField text_fields[] = {
    {"key", &Appeal::idempotency_key},
    {"title", &Appeal::title},
    {"content", &Appeal::content},
    {"topic", &Appeal::topic},
    {"division", &Appeal::division},
    {"town", &Appeal::town},
    {"place", &Appeal::place},
    {"wanted", &Appeal::wanted},
    {"uscc", &Appeal::uscc},
    {"firm", &Appeal::enterprise_name},
    {"call", &Appeal::call_id},
};

void write_appellant(ticketing::JsonObject& out, const ticketing::Appellant& person) {
    if (!person.name.empty()) out.text("name", person.name);
    if (!person.phone.empty()) out.text("phone", person.phone);
    if (!person.role_in_firm.empty()) out.text("role", person.role_in_firm);
    if (person.anonymous) out.number("anonymous", 1);
    if (person.confidential) out.number("confidential", 1);
    if (!person.reply_wanted) out.number("no_reply", 1);
}

// Reads members of one object; the first one of a wrong type is remembered.
class Reader {
public:
    explicit Reader(const json::object& object) : object_(object) {}

    void text(std::string_view key, std::string& value) {
        const json::value* found = object_.if_contains(key);
        if (found == nullptr) return;
        if (!found->is_string() || !ticketing::is_clean_utf8(found->get_string())) return bad(key);
        value = std::string(found->get_string());
    }

    std::int64_t number(std::string_view key, std::int64_t absent = 0) {
        const json::value* found = object_.if_contains(key);
        if (found == nullptr) return absent;
        if (!found->is_int64()) {
            bad(key);
            return absent;
        }
        return found->get_int64();
    }

    bool has(std::string_view key) const { return object_.contains(key); }

    void bad(std::string_view key) {
        if (bad_.empty()) bad_ = key;
    }
    const std::string& first_bad() const { return bad_; }

private:
    const json::object& object_;
    std::string bad_;
};

template <class E>
std::optional<E> named(Reader& reader, std::string_view key) {
    std::string text;
    reader.text(key, text);
    if (text.empty()) return std::nullopt;
    const auto value = ticketing::from_name<E>(text);
    if (!value) reader.bad(key);
    return value;
}

void read_appellant(Reader& reader, ticketing::Appellant& person) {
    reader.text("name", person.name);
    reader.text("phone", person.phone);
    reader.text("role", person.role_in_firm);
    person.anonymous = reader.number("anonymous") != 0;
    person.confidential = reader.number("confidential") != 0;
    person.reply_wanted = reader.number("no_reply") == 0;
}

}  // namespace

std::string encode_appeal(const Appeal& appeal) {
    ticketing::JsonObject out;
    out.text("channel", name(appeal.channel));
    for (const TextField& field : text_fields) {
        if (!(appeal.*field.member).empty()) out.text(field.key, appeal.*field.member);
    }
    if (appeal.type) out.text("type", name(*appeal.type));
    if (appeal.urgency) out.text("urgency", name(*appeal.urgency));
    if (appeal.amount_fen) out.number("fen", *appeal.amount_fen);
    if (appeal.enterprise)
        out.number("firm_id", static_cast<std::int64_t>(appeal.enterprise.value));
    if (appeal.created_by) out.number("by", static_cast<std::int64_t>(appeal.created_by.value));
    if (appeal.visiting_official) {
        out.number("visitor", static_cast<std::int64_t>(appeal.visiting_official.value));
    }
    write_appellant(out, appeal.appellant);
    return out.str();
}

Result<Appeal> decode_appeal(std::string_view payload) {
    boost::system::error_code error;
    unsigned char buffer[4096];
    json::monotonic_resource memory(buffer);
    const json::value root = json::parse(payload, error, &memory);
    if (error || !root.is_object()) return fail(ErrorCode::malformed_json);
    Reader reader(root.get_object());
    Appeal appeal;
    const auto channel = named<ticketing::Channel>(reader, "channel");
    if (!channel) return fail_field("channel", ErrorCode::not_in_list);
    appeal.channel = *channel;
    for (const TextField& field : text_fields) reader.text(field.key, appeal.*field.member);
    appeal.type = named<ticketing::AppealType>(reader, "type");
    appeal.urgency = named<ticketing::Urgency>(reader, "urgency");
    if (reader.has("fen")) appeal.amount_fen = reader.number("fen");
    appeal.enterprise = {static_cast<std::uint64_t>(reader.number("firm_id"))};
    appeal.created_by = {static_cast<std::uint64_t>(reader.number("by"))};
    appeal.visiting_official = {static_cast<std::uint64_t>(reader.number("visitor"))};
    read_appellant(reader, appeal.appellant);
    if (!reader.first_bad().empty()) return fail_field(reader.first_bad(), ErrorCode::wrong_type);
    if (appeal.content.empty()) return fail_field("content", ErrorCode::missing_field);
    if (appeal.idempotency_key.empty()) return fail_field("key", ErrorCode::missing_field);
    return appeal;
}

}  // namespace hotline
