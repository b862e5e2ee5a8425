// Readers that are slow, cut off, or whose frames are lost, doubled or out of order: whatever
// happens on the way, afterwards each knows what the server knows.
#include "server/live/hub.hpp"

#include <boost/json/parse.hpp>

#include <doctest/doctest.h>

#include <deque>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

using namespace hotline::live;

namespace {

struct Somebody : Principal {};

using Versions = std::map<std::string, std::int64_t>;  // of tickets, by number

// The server: its tickets, its feed, and how much of the feed is kept.
struct Office {
    static constexpr std::size_t kept = 24;

    Hub hub{
        [](const Principal&, const Message& message) {
            return std::make_shared<const std::string>(message.data);
        },
        [](const Principal&, std::string_view) { return true; },
        {.queued_messages = 16}
    };
    Versions tickets;
    std::vector<Message> feed;

    void change(const std::string& ticket) {
        const auto version = ++tickets[ticket];
        const std::string data =
            R"({"ticket":")" + ticket + R"(","version":)" + std::to_string(version) + "}";
        feed.push_back({std::to_string(feed.size() + 1), "tickets", "changed", nullptr, data});
        hub.publish(feed.back());
    }

    // As LiveFeed::replay() answers; nothing when it is no longer known.
    std::optional<std::vector<Message>> after(const std::string& since) const {
        const std::size_t place = std::stoul(since);
        if (feed.size() - place > kept) return std::nullopt;
        return std::vector<Message>(feed.begin() + static_cast<std::ptrdiff_t>(place), feed.end());
    }
};

// A page: what it knows, and the rules by which shared/live and the ticket store go on.
class Reader {
public:
    explicit Reader(Office& office) : office_(office) { connect(); }

    const Versions& known() const { return known_; }
    std::size_t resyncs() const { return resyncs_; }
    std::size_t dropped() const { return dropped_; }

    void connect() {
        session_.reset();
        way_.clear();
        last_ = 0;
        session_ = office_.hub.join(std::make_shared<Somebody>());
        held_since_ = since_;
        office_.hub.subscribe(*session_, {"tickets"}, since_.has_value());
        if (!since_) ask();
    }

    // The answer to a `since` comes later; changes meanwhile wait behind it.
    void replay_comes() {
        if (!held_since_) return;
        const auto replayed = office_.after(*held_since_);
        held_since_.reset();
        if (replayed) {
            office_.hub.resume(*session_, *replayed);
        } else {
            office_.hub.restart(*session_);
        }
    }

    // From the hub onto the way.
    void take(std::size_t most) {
        while (most-- > 0 && session_->has_frame()) way_.push_back(session_->take_frame());
        if (session_->close_code() == 0) return;
        CHECK(session_->close_code() == 1013);
        ++dropped_;
        connect();
    }

    // From the way to the page.
    void hear(std::size_t most) {
        while (most-- > 0 && !way_.empty()) {
            const std::string text = way_.front();
            way_.pop_front();
            if (!understand(text)) return connect();
        }
    }

    // A snapshot is of the moment it was made and arrives when it arrives.
    void snapshot_made() {
        if (asked_ && !snapshot_) snapshot_ = office_.tickets;
    }
    void snapshot_comes() {
        if (!snapshot_) return;
        Versions next = *snapshot_;
        for (const auto& [ticket, version] : known_) {
            if (next.contains(ticket) || heard_.contains(ticket)) {
                next[ticket] = std::max(next[ticket], version);
            }
        }
        known_ = std::move(next);
        asked_ = false;
        snapshot_.reset();
    }

    void disturb(std::mt19937& random) {
        if (way_.empty()) return;
        const auto at = static_cast<std::ptrdiff_t>(random() % way_.size());
        const auto one = way_.begin() + at;
        if (!one->starts_with("{\"n\":")) return;  // a whole connection is lost, no part of it
        switch (random() % 3) {
            case 0:
                way_.erase(one);
                break;
            case 1:
                way_.insert(one, *one);
                break;
            default:
                if (one + 1 != way_.end()) std::swap(*one, *(one + 1));
        }
    }

private:
    void ask() {
        asked_ = true;
        snapshot_.reset();
        heard_.clear();
    }

    // False: something is missing.
    bool understand(const std::string& text) {
        const auto frame = boost::json::parse(text);
        if (frame.as_object().contains("op")) {
            ++resyncs_;
            since_.reset();
            ask();
            return true;
        }
        const auto n = frame.at("n").as_int64();
        if (n <= last_) return true;
        if (n != last_ + 1) return false;
        last_ = n;
        since_ = std::string(frame.at("id").as_string());
        const std::string ticket(frame.at("data").at("ticket").as_string());
        auto& version = known_[ticket];
        version = std::max(version, frame.at("data").at("version").as_int64());
        if (asked_) heard_.insert(ticket);
        return true;
    }

    Office& office_;
    std::shared_ptr<Subscriber> session_;
    std::deque<std::string> way_;
    std::optional<std::string> since_;
    std::optional<std::string> held_since_;
    std::int64_t last_ = 0;
    Versions known_;
    bool asked_ = false;
    std::optional<Versions> snapshot_;
    std::set<std::string> heard_;  // since the snapshot was asked for
    std::size_t resyncs_ = 0;
    std::size_t dropped_ = 0;
};

void anything(Reader& reader, std::mt19937& random) {
    switch (random() % 8) {
        case 0:
            return reader.connect();
        case 1:
            return reader.replay_comes();
        case 2:
            return reader.snapshot_made();
        case 3:
            return reader.snapshot_comes();
        case 4:
            return reader.disturb(random);
        case 5:
            return reader.hear(random() % 4);
        default:
            return reader.take(random() % 6);
    }
}

void settle(Office& office, Reader& reader) {
    office.change("T0");  // a frame lost at the very end shows by the next one
    for (int i = 0; i < 20; ++i) {
        reader.replay_comes();
        reader.take(100);
        reader.hear(100);
        reader.snapshot_made();
        reader.snapshot_comes();
    }
}

}  // namespace

TEST_CASE("ten thousand disturbances: each reader knows in the end what the server knows") {
    std::mt19937 random(2026);
    std::size_t resyncs = 0;
    std::size_t dropped = 0;
    for (int world = 0; world < 100; ++world) {
        Office office;
        Reader one(office);
        Reader other(office);
        for (int round = 0; round < 25; ++round) {
            for (int step = 0; step < 8; ++step) {
                const int changes = random() % 6 == 0 ? 20 : static_cast<int>(random() % 3);
                for (int i = 0; i < changes; ++i) {
                    office.change("T" + std::to_string(random() % 6));
                }
                anything(one, random);
                anything(other, random);
            }
            for (Reader* reader : {&one, &other}) settle(office, *reader);
            settle(office, one);
            REQUIRE(one.known() == office.tickets);
            settle(office, other);
            REQUIRE(other.known() == office.tickets);
        }
        resyncs += one.resyncs() + other.resyncs();
        dropped += one.dropped() + other.dropped();
    }
    // Both ways back were gone.
    CHECK(resyncs > 100);
    CHECK(dropped > 100);
}
