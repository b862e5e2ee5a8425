#include "server/actions/keep_directory.hpp"

#include "integrations/mysql/directory_facts.hpp"
#include "integrations/mysql/directory_lists.hpp"
#include "integrations/mysql/directory_store.hpp"
#include "ticketing/permissions.hpp"

#include <algorithm>

namespace hotline::actions {
namespace {

namespace organisation = ticketing::organisation;
using mysql::Connection;
using mysql::DirectoryWriter;
using mysql::EntryChange;
using mysql::StaffedOfficial;
using organisation::Card;
using organisation::Fault;
using organisation::Faults;
using organisation::Leave;
using organisation::Rule;
using ticketing::Directory;
using ticketing::Enterprise;
using ticketing::Turn;
using ticketing::Unit;

template <class Entry>
struct Kept {
    const Entry* before;  // null: a new one
    const Entry& after;
    ticketing::OfficialId successor;
};

// The facts the rules ask for, of every kind.

Result<Faults> faults_of(Connection& db, const Kept<Unit>& unit, const Directory& directory) {
    organisation::Ties ties;
    const bool ends = unit.before != nullptr && unit.before->active && !unit.after.active;
    if (ends) {
        const auto open = mysql::open_tickets_of_unit(db, unit.after.id);
        if (!open) return std::unexpected(open.error());
        ties.open_tickets = *open;
        for (const auto id : directory.officials_of(unit.after.id)) {
            ties.officials += directory.official(id)->active ? 1 : 0;
        }
        for (const auto& other : directory.units) {
            ties.units += other.active && other.parent == unit.after.id ? 1 : 0;
        }
    }
    return organisation::check(unit.after, unit.before, directory, ties);
}

Result<Faults> faults_of(
    Connection& db, const Kept<StaffedOfficial>& staffed, const Directory& directory
) {
    const auto& after = staffed.after.official;
    organisation::Ties ties;
    const bool leaves =
        staffed.before != nullptr && staffed.before->official.active && !after.active;
    const bool moves = staffed.before != nullptr && staffed.before->official.unit != after.unit;
    if (leaves || moves) {
        const auto open = mysql::open_tickets_of_official(db, after.id);
        if (!open) return std::unexpected(open.error());
        ties.open_tickets = *open;
    }
    const auto* successor = directory.official(staffed.successor);
    const bool takes_over = successor != nullptr && successor->active && successor->id != after.id;
    if (leaves && !takes_over) {
        const auto held = mysql::active_cards_of(db, after.id);
        if (!held) return std::unexpected(held.error());
        ties.cards = static_cast<std::int64_t>(held->size());
    }
    const auto same = mysql::others_of_staff_no(db, staffed.after);
    if (!same) return std::unexpected(same.error());
    auto faults = organisation::check(
        staffed.after, staffed.before, directory, same->empty() ? nullptr : &same->front(), ties
    );
    if (staffed.successor && !takes_over) {
        faults.push_back({Rule::official_in_use, "successor_id", "no_successor", {}});
    }
    return faults;
}

Result<Faults> faults_of(Connection& db, const Kept<Leave>& leave, const Directory& directory) {
    const auto others = mysql::leaves_of(db, leave.after.official);
    if (!others) return std::unexpected(others.error());
    return organisation::check(leave.after, leave.before, directory, *others);
}

Result<Faults> faults_of(Connection& db, const Kept<Turn>& turn, const Directory& directory) {
    const auto others = mysql::turns_around(db, turn.after.official, turn.after.day);
    if (!others) return std::unexpected(others.error());
    const auto leaves = mysql::leaves_of(db, turn.after.official);
    if (!leaves) return std::unexpected(leaves.error());
    return organisation::check(turn.after, directory, *others, *leaves);
}

Result<Faults> faults_of(Connection& db, const Kept<Card>& card, const Directory& directory) {
    const auto firm = mysql::find_entry<Enterprise>(db, card.after.enterprise.value);
    if (!firm) return std::unexpected(firm.error());
    const auto others = mysql::cards_of_enterprise(db, card.after.enterprise);
    if (!others) return std::unexpected(others.error());
    return organisation::check(
        card.after, card.before, directory, *firm ? &(*firm)->entry : nullptr, *others
    );
}

Result<Faults> faults_of(Connection& db, const Kept<Enterprise>& firm, const Directory& directory) {
    const auto same = mysql::others_of_code(db, firm.after);
    if (!same) return std::unexpected(same.error());
    return organisation::check(firm.after, directory, same->empty() ? nullptr : &same->front());
}

// Whose people it is about: the asker must keep the duty of all of these units (A11).
template <class Entry>
std::vector<ticketing::UnitId> units_concerned(const Entry&, const Directory&) {
    return {};
}
std::vector<ticketing::UnitId> units_concerned(const Leave& leave, const Directory& directory) {
    const auto* official = directory.official(leave.official);
    return {official == nullptr ? ticketing::UnitId{} : official->unit};
}
std::vector<ticketing::UnitId> units_concerned(const Turn& turn, const Directory&) {
    return {turn.unit};
}

// A13: his own leave, and of himself nothing but who stands in for him.
template <class Entry>
bool keeps_own(const Keeper&, const Kept<Entry>&) {
    return false;
}
bool keeps_own(const Keeper& keeper, const Kept<Leave>& kept) {
    const bool stays = kept.before == nullptr || kept.before->official == kept.after.official;
    return stays && keeps_own_duty(keeper.actor, kept.after.official);
}
bool keeps_own(const Keeper& keeper, const Kept<StaffedOfficial>& kept) {
    if (kept.before == nullptr) return false;
    StaffedOfficial same = *kept.before;
    same.official.deputy = kept.after.official.deputy;
    return organisation::text_of(same) == organisation::text_of(kept.after) &&
           keeps_own_duty(keeper.actor, kept.after.official.id);
}

template <class Entry>
bool may_keep(const Keeper& keeper, const Kept<Entry>& kept, const Directory& directory) {
    if (may(keeper.actor.role, ticketing::Verb::directory_keep)) return true;
    if (keeps_own(keeper, kept)) return true;
    auto units = units_concerned(kept.after, directory);
    if (kept.before != nullptr) {
        for (const auto unit : units_concerned(*kept.before, directory)) units.push_back(unit);
    }
    return !units.empty() && std::ranges::all_of(units, [&](ticketing::UnitId unit) {
        return keeps_duty_of(keeper.actor, unit, directory);
    });
}

std::string name_of(const Unit& unit, const Directory&) {
    return unit.name;
}
std::string name_of(const StaffedOfficial& staffed, const Directory&) {
    return staffed.official.name;
}
std::string name_of(const Enterprise& firm, const Directory&) {
    return firm.name;
}
template <class Entry>
std::string name_of(const Entry& entry, const Directory& directory) {
    const auto* official = directory.official(entry.official);
    return official == nullptr ? std::string{} : official->name;
}

// O13: his cards go to the successor, who may have one of the same enterprise already.
Result<void> hand_over_cards(
    Connection& db,
    DirectoryWriter& writer,
    const Kept<StaffedOfficial>& kept,
    const Directory& directory
) {
    const auto held = mysql::active_cards_of(db, kept.after.official.id);
    if (!held) return std::unexpected(held.error());
    const auto* successor = directory.official(kept.successor);
    std::vector<EntryChange<Card>> changes;
    for (const Card& card : *held) {
        changes.push_back({card, card, kept.after.official.name});
        changes.back().after.active = false;
        auto own = mysql::cards_of_enterprise(db, card.enterprise);
        if (!own) return std::unexpected(own.error());
        std::erase_if(*own, [&](const Card& other) { return other.official != kept.successor; });
        EntryChange<Card> taken{std::nullopt, card, successor->name};
        if (own->empty()) {
            taken.after.id = {};
            taken.after.official = kept.successor;
            taken.after.since = directory.day;
        } else {
            taken.before = own->front();
            taken.after = own->front();
            taken.after.active = true;
            if (own->front().active) continue;
        }
        changes.push_back(std::move(taken));
    }
    return writer.write(std::span{changes});
}

// O10: nobody has a deputy who left or moved away.
Result<void> release_deputies(
    Connection& db, DirectoryWriter& writer, const StaffedOfficial& deputy
) {
    const auto held = mysql::represented_by(db, deputy.official.id);
    if (!held) return std::unexpected(held.error());
    std::vector<EntryChange<StaffedOfficial>> changes;
    for (const auto& staffed : *held) {
        const bool fits = deputy.official.active && staffed.official.unit == deputy.official.unit;
        if (fits) continue;
        changes.push_back({staffed, staffed, staffed.official.name});
        changes.back().after.official.deputy = {};
    }
    return writer.write(std::span{changes});
}

Result<void> follow_up(
    Connection& db,
    DirectoryWriter& writer,
    const Kept<StaffedOfficial>& kept,
    const Directory& directory
) {
    if (kept.before == nullptr) return {};
    const auto& before = kept.before->official;
    const auto& after = kept.after.official;
    if (before.active == after.active && before.unit == after.unit) return {};
    if (auto done = release_deputies(db, writer, kept.after); !done) return done;
    if (after.active || !kept.successor) return {};
    return hand_over_cards(db, writer, kept, directory);
}
template <class Entry>
Result<void> follow_up(Connection&, DirectoryWriter&, const Kept<Entry>&, const Directory&) {
    return {};
}

template <class Entry>
Result<std::optional<Entry>> entry_before(Connection& db, const DirectoryWish<Entry>& wish) {
    if (wish.id == 0) return std::nullopt;
    auto stored = mysql::find_entry<Entry>(db, wish.id);
    if (!stored) return std::unexpected(stored.error());
    if (!*stored) return fail(ErrorCode::not_found);
    if ((*stored)->revision != wish.if_match) return fail(ErrorCode::stale_version);
    return std::move((*stored)->entry);
}

}  // namespace

Error broken_rules(const Faults& faults, bool english) {
    Error error{ErrorCode::validation_failed, {}, {}};
    for (const Fault& fault : faults) {
        error.fields.push_back(
            {std::string(fault.field), ErrorCode::rule_broken, sentence(fault, english)}
        );
    }
    return error;
}

template <class Entry>
Result<std::uint64_t> keep_entry(
    Connection& db, const DirectoryWish<Entry>& wish, const Keeper& keeper
) {
    auto writer = DirectoryWriter::open(db, keeper.author);
    if (!writer) return std::unexpected(writer.error());
    const auto before = entry_before(db, wish);
    if (!before) return std::unexpected(before.error());
    const auto directory =
        mysql::read_directory(db, sla::local_day(keeper.author.at), mysql::Cards::left_out);
    if (!directory) return std::unexpected(directory.error());
    EntryChange<Entry> change{*before, before->value_or(Entry{}), {}};
    wish.apply(change.after);
    const Kept<Entry> kept{change.before ? &*change.before : nullptr, change.after, wish.successor};
    if (!may_keep(keeper, kept, *directory)) return fail(ErrorCode::forbidden);
    const auto faults = faults_of(db, kept, *directory);
    if (!faults) return std::unexpected(faults.error());
    if (!faults->empty()) return std::unexpected(broken_rules(*faults, keeper.english));
    change.name = name_of(change.after, *directory);
    const bool same = change.before &&
                      organisation::text_of(*change.before) == organisation::text_of(change.after);
    if (same) return wish.id;
    if (auto done = writer->write(change); !done) return std::unexpected(done.error());
    if (auto done = follow_up(db, *writer, kept, *directory); !done) {
        return std::unexpected(done.error());
    }
    return organisation::id_of(change.after);
}

template Result<std::uint64_t> keep_entry(Connection&, const DirectoryWish<Unit>&, const Keeper&);
template Result<std::uint64_t>
keep_entry(Connection&, const DirectoryWish<StaffedOfficial>&, const Keeper&);
template Result<std::uint64_t> keep_entry(Connection&, const DirectoryWish<Leave>&, const Keeper&);
template Result<std::uint64_t> keep_entry(Connection&, const DirectoryWish<Turn>&, const Keeper&);
template Result<std::uint64_t> keep_entry(Connection&, const DirectoryWish<Card>&, const Keeper&);
template Result<std::uint64_t>
keep_entry(Connection&, const DirectoryWish<Enterprise>&, const Keeper&);

}  // namespace hotline::actions
