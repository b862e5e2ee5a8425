#pragma once

#include "sla/grading.hpp"
#include "ticketing/types/ids.hpp"
#include "ticketing/types/named_enum.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace hotline::ticketing {

using sla::AppealType;
using sla::Complexity;
using sla::Urgency;

// How an appeal reached the city. Numbers are persisted: never renumber.
enum class Channel {
    web = 1,
    phone = 2,
    visit = 3,  // 走访: an official brought it (连心卡)
    mini_program = 4,
    upper_level = 5,  // provincial feed
    walk_in = 6,
    mailbox = 7,  // 市长信箱
    api = 8,
};

constexpr auto names_of(Channel) {
    return NameTable<Channel, 8>{{
        {Channel::web, "web"},
        {Channel::phone, "phone"},
        {Channel::visit, "visit"},
        {Channel::mini_program, "mini_program"},
        {Channel::upper_level, "upper_level"},
        {Channel::walk_in, "walk_in"},
        {Channel::mailbox, "mailbox"},
        {Channel::api, "api"},
    }};
}

// Risk flags, a bit set. Persisted: never renumber.
enum RiskFlag : std::uint32_t {
    risk_none = 0,
    risk_group = 1,  // five or more people
    risk_media = 2,
    risk_safety = 4,
    risk_wages = 8,
};

struct Appellant {
    std::string name;
    std::string phone;  // digits, as dialled from Weinan
    std::string role_in_firm;
    bool anonymous = false;
    bool confidential = false;
    bool reply_wanted = true;

    bool operator==(const Appellant&) const = default;
};

// What was raised, as received: what the person chose is set, what he left open is empty and is
// suggested by ticketing::cues before routing.
struct Appeal {
    Channel channel = Channel::web;
    std::string idempotency_key;
    std::string title;    // ≤ 40 characters; made from the content when empty
    std::string content;  // ≤ 4 000 characters
    std::optional<AppealType> type;
    std::string topic;  // a topic of the duty list ("用电"); empty = to be suggested
    std::optional<Urgency> urgency;
    std::string division;  // county code (GB/T 2260) or zone code of the matter; empty = unknown
    std::string town;      // nine-digit town code; empty = unknown
    std::string place;     // free text
    std::string wanted;    // result wished for
    std::optional<std::int64_t> amount_fen;
    Appellant appellant;
    EnterpriseId enterprise;       // chosen by an agent or official; else found by code or phone
    std::string uscc;              // 统一社会信用代码, may be empty
    std::string enterprise_name;   // as given; the directory's name wins when the code is known
    std::string call_id;           // Channel::phone: the call it came by
    UserId created_by;             // the agent or official who filed it
    OfficialId visiting_official;  // Channel::visit

    bool operator==(const Appeal&) const = default;
};

}  // namespace hotline::ticketing
