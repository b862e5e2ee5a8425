#pragma once

#include "integrations/mysql/connection.hpp"
#include "ticketing/notices/channel.hpp"
#include "ticketing/notices/plan.hpp"
#include "ticketing/types/actor.hpp"

#include <optional>
#include <string>
#include <vector>

namespace hotline::mysql {

struct Bulletin {
    std::uint64_t id = 0;
    ticketing::Instant at;
    ticketing::UserId author;
    std::string title;
    std::string body;
    std::string title_en;  // "": readers of English get the Chinese text
    std::string body_en;
    std::vector<ticketing::Role> roles;          // none: officials
    std::vector<ticketing::UnitId> asked_units;  // as its author named them
    std::vector<ticketing::UnitId> units;        // with all below them; none: all
    std::size_t receivers = 0;
};

// Writes it and a notice for each receiver; `id` and `receivers` are found out.
Result<Bulletin> add_bulletin(Connection& db, Bulletin bulletin);

// Whom it would go to: everybody of these roles in these units but its author.
Result<std::vector<ticketing::UserId>> audience_of(Connection& db, const Bulletin& bulletin);

struct ChannelProgress {
    ticketing::notices::Channel channel{};
    std::size_t queued = 0;
    std::size_t sent = 0;
    std::size_t failed = 0;
};
struct BulletinProgress {
    Bulletin bulletin;     // without units and roles
    std::string audience;  // roles and units as its author named them, as JSON
    std::string author_name;
    std::size_t told = 0;
    std::size_t read = 0;
    std::size_t not_reached = 0;  // no channel left that leads to them; it stands in their lists
    bool kept = false;            // the receipts are still there
    std::vector<ChannelProgress> channels;
};
Result<std::optional<BulletinProgress>> bulletin_progress(Connection& db, std::uint64_t id);
// Newest first, those before this id; 0: from the newest on.
Result<std::vector<BulletinProgress>> list_bulletins(
    Connection& db, std::uint64_t before, std::size_t limit
);

// How far it got with one receiver.
enum class Receipt { waiting, delivered, read, not_reached };

constexpr auto names_of(Receipt) {
    return ticketing::NameTable<Receipt, 4>{
        {{Receipt::waiting, "waiting"},
         {Receipt::delivered, "delivered"},
         {Receipt::read, "read"},
         {Receipt::not_reached, "not_reached"}}
    };
}

struct ReceiptWay {
    ticketing::notices::Channel channel{};
    int state = 0;  // of the delivery: DeliveryState
    std::string detail;
};
struct BulletinReceipt {
    std::uint64_t notice = 0;
    std::string name;
    ticketing::Role role{};
    std::string unit_name;
    Receipt receipt{};
    std::optional<ticketing::Instant> delivered_at;
    std::optional<ticketing::Instant> read_at;
    std::vector<ReceiptWay> ways;
};
struct ReceiptListing {
    std::uint64_t bulletin = 0;
    std::optional<Receipt> receipt;  // only those
    std::uint64_t after = 0;         // BulletinReceipt.notice
    std::size_t limit = 50;
};
Result<std::vector<BulletinReceipt>> list_receipts(Connection& db, const ReceiptListing& listing);

}  // namespace hotline::mysql
