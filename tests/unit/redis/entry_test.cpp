#include "integrations/redis/commit_notices.hpp"
#include "integrations/redis/intake_entry.hpp"
#include "integrations/redis/limits.hpp"
#include "integrations/redis/live_bus.hpp"
#include "integrations/redis/reply.hpp"
#include "integrations/redis/stream_replies.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace hotline;
using namespace hotline::redis;
using namespace std::chrono_literals;

namespace {

IntakeEntry an_entry() {
    return IntakeEntry{
        .key = {ticketing::Channel::visit, "key", "hash"},
        .ticket_no = "2026112300017",
        .payload = std::string("{\0}", 3),
        .origin = "a",
        .accepted_at = ticketing::Instant(1'764'000'000'123ms),
    };
}

Fields fields_of(const IntakeEntry& entry) {
    const auto flat = encode_entry(entry);
    Fields fields;
    for (std::size_t i = 0; i + 1 < flat.size(); i += 2) fields.emplace_back(flat[i], flat[i + 1]);
    return fields;
}

Reply text(std::string value) {
    return Reply{
        .kind = Reply::Kind::string, .integer = 0, .text = std::move(value), .elements = {}
    };
}

Reply list(std::vector<Reply> elements) {
    return Reply{
        .kind = Reply::Kind::array, .integer = 0, .text = {}, .elements = std::move(elements)
    };
}

Reply error(std::string words) {
    return Reply{
        .kind = Reply::Kind::error, .integer = 0, .text = std::move(words), .elements = {}
    };
}

}  // namespace

TEST_CASE("an entry survives its encoding, in any order and among unknown fields") {
    auto fields = fields_of(an_entry());
    CHECK(*decode_entry(fields) == an_entry());
    std::ranges::reverse(fields);
    fields.emplace_back("later", "version");
    CHECK(*decode_entry(fields) == an_entry());
}

TEST_CASE("each missing or broken field is named") {
    const auto good = fields_of(an_entry());
    for (std::size_t i = 0; i < good.size(); ++i) {
        CAPTURE(good[i].first);
        auto missing = good;
        missing.erase(missing.begin() + static_cast<std::ptrdiff_t>(i));
        const auto entry = decode_entry(missing);
        REQUIRE_FALSE(entry);
        CHECK(entry.error().code == ErrorCode::invalid_format);
        CHECK(entry.error().detail == good[i].first);
    }
    const std::pair<std::string, std::string> broken[] = {
        {"v", "2"},
        {"ch", "fax"},
        {"at", "12x"},
        {"at", ""},
        {"at", "99999999999999999999"},
        {"no", ""},
        {"key", ""},
        {"hash", ""},
    };
    for (const auto& [name, value] : broken) {
        auto fields = good;
        for (auto& field : fields) {
            if (field.first == name) field.second = value;
        }
        CAPTURE(name);
        CHECK(decode_entry(fields).error().detail == name);
    }
}

TEST_CASE("stream ids are read strictly and ordered by number, not by text") {
    CHECK(*parse_stream_id("1700000000000-3") == StreamId{1'700'000'000'000, 3});
    CHECK(*parse_stream_id("9-0") < *parse_stream_id("10-0"));
    CHECK(*parse_stream_id("10-2") < *parse_stream_id("10-10"));
    CHECK(to_string(StreamId{5, 6}) == "5-6");
    for (const char* bad : {"", "-", "5", "5-", "-5", "5-6-7", " 5-6", "5-x", "$", "+5-6"}) {
        CAPTURE(bad);
        CHECK_FALSE(parse_stream_id(bad));
    }
    CHECK_FALSE(parse_stream_id("18446744073709551616-0"));
}

TEST_CASE("odd replies to a stream read are errors") {
    CHECK(read_entries(Reply{})->empty());
    CHECK_FALSE(read_entries(text("x")));
    CHECK_FALSE(read_entries(list({})));
    CHECK_FALSE(read_entries(list({list({text("intake")})})));
    CHECK_FALSE(read_entries(list({list({text("intake"), text("x")})})));
    CHECK_FALSE(raw_entry(list({text("1-1"), list({text("odd")})})));
    CHECK_FALSE(raw_entry(list({list({}), list({})})));
    const auto deleted = raw_entry(list({text("1-1"), Reply{}}));
    REQUIRE(deleted);
    CHECK(deliver(*deleted).entry.error().code == ErrorCode::not_found);
    CHECK_FALSE(redis_time(list({text("x"), text("1")})));
    CHECK_FALSE(redis_time(list({text("9223372036854775807"), text("1")})));
    CHECK(redis_time(list({text("2"), text("3999")}))->time_since_epoch() == 2003ms);
}

TEST_CASE("Redis's errors are told apart: full, away for now, and our own mistake") {
    CHECK(unless_error(error("OOM command not allowed")).error().code == ErrorCode::queue_full);
    for (const char* words : {"LOADING wait", "READONLY replica", "NOREPLICAS few", "MISCONF x"}) {
        CHECK(unless_error(error(words)).error().code == ErrorCode::store_unavailable);
    }
    CHECK(unless_error(error("ERR unknown")).error().code == ErrorCode::internal);
    CHECK(unless_error(error("OOMS")).error().code == ErrorCode::internal);
    CHECK(unless_error(text("OOM"))->text == "OOM");
}

TEST_CASE("a place in the feed is gone when something behind it was dropped") {
    const StreamId first{10, 0};
    const StreamId last{20, 0};
    const FeedBounds whole{.first = first, .last = last, .added = 5, .length = 5};
    const FeedBounds trimmed{.first = first, .last = last, .added = 9, .length = 5};
    CHECK_FALSE(is_gone({0, 0}, whole));
    CHECK(is_gone({0, 0}, trimmed));
    CHECK(is_gone({9, 9}, trimmed));
    CHECK_FALSE(is_gone(first, trimmed));
    CHECK_FALSE(is_gone(last, trimmed));
    CHECK(is_gone({20, 1}, whole));  // a feed that was lost and began anew
    CHECK_FALSE(is_gone({0, 0}, FeedBounds{}));
    CHECK(is_gone({1, 0}, FeedBounds{}));
    const FeedBounds emptied{.first = {}, .last = last, .added = 9, .length = 0};
    CHECK(is_gone({19, 0}, emptied));
    CHECK_FALSE(is_gone(last, emptied));
}

TEST_CASE("notices survive their encoding, broken lines are left out") {
    const std::vector<CommitNotice> notices = {
        {"T1", CommitOutcome::created},
        {"T2", CommitOutcome::existing},
        {"T3", CommitOutcome::other_body},
        {"T4", CommitOutcome::dead_lettered},
    };
    CHECK(decode_notices(encode_notices(notices)) == notices);
    CHECK(decode_notices("").empty());
    CHECK(decode_notices("\n\nx1\nc\n").empty());
    CHECK(decode_notices("cT9").size() == 1);
}

TEST_CASE("a local bucket follows the rule of the shared one and stays bounded") {
    LocalBuckets buckets(3);
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < 5; ++i) CHECK(buckets.take("a", 5, 60s, start).allowed);
    CHECK(buckets.take("a", 5, 60s, start) == Taken{false, 12s});
    CHECK(buckets.take("a", 5, 60s, start + 11s) == Taken{false, 1s});
    CHECK(buckets.take("a", 5, 60s, start + 12s).allowed);
    CHECK_FALSE(buckets.take("a", 5, 60s, start + 12s).allowed);

    CHECK(buckets.take("b", 5, 60s, start).allowed);
    CHECK(buckets.take("c", 5, 60s, start).allowed);
    CHECK_FALSE(buckets.take("d", 5, 60s, start).allowed);   // no room, all in use
    CHECK(buckets.take("d", 5, 60s, start + 120s).allowed);  // the others are full again
}
