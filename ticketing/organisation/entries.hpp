#pragma once

#include "sla/local_time.hpp"
#include "ticketing/types/directory.hpp"
#include "ticketing/types/enterprise.hpp"
#include "ticketing/types/ids.hpp"
#include "ticketing/types/named_enum.hpp"

#include <optional>
#include <string>

// What the directory is made of, as people keep it: units, officials, their leave and turns of
// duty, contact cards, enterprises. Nothing of it is ever deleted, only taken out of use.
namespace hotline::ticketing::organisation {

// Persisted numbers.
enum class Kind { unit = 1, official = 2, leave = 3, turn = 4, card = 5, enterprise = 6 };

constexpr auto names_of(Kind) {
    return NameTable<Kind, 6>{{
        {Kind::unit, "unit"},
        {Kind::official, "official"},
        {Kind::leave, "leave"},
        {Kind::turn, "turn"},
        {Kind::card, "card"},
        {Kind::enterprise, "enterprise"},
    }};
}

// What was done to an entry. Persisted numbers.
enum class Deed { created = 1, changed = 2, deactivated = 3, activated = 4 };

constexpr auto names_of(Deed) {
    return NameTable<Deed, 4>{{
        {Deed::created, "created"},
        {Deed::changed, "changed"},
        {Deed::deactivated, "deactivated"},
        {Deed::activated, "activated"},
    }};
}

// An official with the number his staff office knows him by.
struct StaffedOfficial {
    Official official;
    std::string staff_no;
    bool demonstration = false;
};

// Days he is away, the first and the last included; no last day: until somebody ends it.
struct Leave {
    LeaveId id;
    OfficialId official;
    sla::LocalDay from{};
    std::optional<sla::LocalDay> to;
    std::string reason;
    bool active = true;

    bool covers(sla::LocalDay day) const { return active && from <= day && (!to || day <= *to); }
};

// 连心卡.
struct Card {
    CardId id;
    EnterpriseId enterprise;
    OfficialId official;
    sla::LocalDay since{};
    bool active = true;
};

// What the writer of the directory asks of every kind of entry: its identity, whether it is in use,
// what people call it, and all of it as JSON for the history (text.cpp).
inline std::uint64_t id_of(const Unit& unit) {
    return unit.id.value;
}
inline std::uint64_t id_of(const StaffedOfficial& staffed) {
    return staffed.official.id.value;
}
inline std::uint64_t id_of(const Leave& leave) {
    return leave.id.value;
}
inline std::uint64_t id_of(const Turn& turn) {
    return turn.id.value;
}
inline std::uint64_t id_of(const Card& card) {
    return card.id.value;
}
inline std::uint64_t id_of(const Enterprise& firm) {
    return firm.id.value;
}

inline bool in_use(const StaffedOfficial& staffed) {
    return staffed.official.active;
}
template <class Entry>
bool in_use(const Entry& entry) {
    return entry.active;
}

std::string text_of(const Unit& unit);
std::string text_of(const StaffedOfficial& staffed);
std::string text_of(const Leave& leave);
std::string text_of(const Turn& turn);
std::string text_of(const Card& card);
std::string text_of(const Enterprise& firm);

// "2026-11-27", "18:00" (of a time after midnight, taken round the clock).
std::string day_text(sla::LocalDay day);
std::string time_text(std::chrono::minutes time);

}  // namespace hotline::ticketing::organisation
