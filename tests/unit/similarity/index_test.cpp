#include "ticketing/similarity/index.hpp"

#include "tests/unit/similarity/retold.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

using namespace hotline::ticketing;
using namespace hotline::ticketing::similarity;
using hotline::sla::LocalDay;
using hotline::tests::invented;

namespace {

constexpr LocalDay first_day{std::chrono::days{20'000}};
constexpr std::uint64_t tickets_a_day = 10;

LocalDay day_of(std::uint64_t ticket) {
    return first_day + std::chrono::days{ticket / tickets_a_day};
}

Entry entry_of(std::uint64_t ticket, const std::string& text, std::uint64_t enterprise = 0) {
    return {
        .ticket = {ticket},
        .enterprise = {enterprise},
        .day = day_of(ticket),
        .signature = signature_of(Shingles{text})
    };
}

// Every third ticket tells one of seven matters, with words of its own.
std::string text_of(std::uint64_t ticket) {
    const std::string own = invented(ticket, 30);
    return ticket % 3 == 0 ? invented(ticket % 7, 60) + own : invented(ticket + 500, 60) + own;
}

std::vector<std::uint64_t> numbers(const std::vector<TicketId>& tickets) {
    std::vector<std::uint64_t> list;
    for (const TicketId ticket : tickets) list.push_back(ticket.value);
    return list;
}

bool has(const std::vector<TicketId>& tickets, std::uint64_t ticket) {
    return std::ranges::find(tickets, TicketId{ticket}) != tickets.end();
}

// What the index answers to everything: two indexes are the same when this is.
std::vector<std::vector<std::uint64_t>> answers(const SimilarIndex& index, std::uint64_t upto) {
    std::vector<std::vector<std::uint64_t>> all;
    for (std::uint64_t ticket = 1; ticket <= upto; ++ticket) {
        const Signature signature = signature_of(Shingles{text_of(ticket)});
        all.push_back(numbers(index.similar(signature, first_day)));
        all.push_back(numbers(index.of_enterprise({ticket % 20 + 1}, 50)));
    }
    return all;
}

void put(SimilarIndex& index, std::uint64_t ticket) {
    index.put(entry_of(ticket, text_of(ticket), ticket % 20 + 1));
}

}  // namespace

TEST_CASE("D4: the same text is always found, first of all, the newest before the others") {
    SimilarIndex index;
    for (std::uint64_t ticket = 1; ticket <= 2000; ++ticket) {
        index.put(entry_of(ticket, invented(ticket, 40)));
    }
    for (std::uint64_t ticket = 1; ticket <= 2000; ticket += 97) {
        index.put(entry_of(5000 + ticket, invented(ticket, 40)));
        const auto found = index.similar(signature_of(Shingles{invented(ticket, 40)}), first_day);
        REQUIRE(found.size() >= 2);
        CHECK(found[0].value == 5000 + ticket);
        CHECK(found[1].value == ticket);
    }
}

TEST_CASE("D4: texts alike by a third are found nineteen times of twenty, by a half always") {
    SimilarIndex index;
    std::size_t third = 0;
    std::size_t half = 0;
    constexpr std::size_t count = 400;
    for (std::uint64_t i = 1; i <= count; ++i) {
        // 50 pairs shared of 150, 67 of 134.
        index.put(entry_of(i, invented(i, 51) + "。" + invented(i + 10'000, 51)));
        const auto ask = [&](std::size_t shared, std::size_t own) {
            const std::string text = invented(i, shared) + "。" + invented(i + 20'000, own);
            return has(index.similar(signature_of(Shingles{text}), first_day), i);
        };
        if (ask(51, 51)) ++third;
        if (ask(51, 1)) ++half;
    }
    CHECK(third > count * 90 / 100);
    CHECK(half > count * 99 / 100);
}

TEST_CASE("the same tickets give the same answers in whatever order they came") {
    constexpr std::uint64_t count = 300;
    SimilarIndex forwards;
    SimilarIndex backwards;
    for (std::uint64_t ticket = 1; ticket <= count; ++ticket) put(forwards, ticket);
    for (std::uint64_t ticket = count; ticket >= 1; --ticket) put(backwards, ticket);
    CHECK(answers(forwards, count) == answers(backwards, count));
}

TEST_CASE("adding tickets and removing them again leaves the index as it was") {
    constexpr std::uint64_t count = 300;
    SimilarIndex index;
    for (std::uint64_t ticket = 1; ticket <= count; ++ticket) put(index, ticket);
    const auto before = answers(index, count);
    const std::size_t memory = index.bytes();
    for (std::uint64_t ticket = count + 1; ticket <= 2 * count; ++ticket) put(index, ticket);
    CHECK(answers(index, count) != before);
    for (std::uint64_t ticket = 2 * count; ticket > count; --ticket) index.remove({ticket});
    index.remove({99'999});  // was never there
    CHECK(index.size() == count);
    CHECK(answers(index, count) == before);
    CHECK(index.bytes() <= memory + 64);
}

TEST_CASE("a corrected text is found by what it says now") {
    SimilarIndex index;
    index.put(entry_of(1, invented(1, 40)));
    index.put(entry_of(1, invented(2, 40)));
    CHECK(index.size() == 1);
    CHECK(index.similar(signature_of(Shingles{invented(1, 40)}), first_day).empty());
    CHECK(has(index.similar(signature_of(Shingles{invented(2, 40)}), first_day), 1));
}

TEST_CASE("D6: all tickets of an enterprise are found, the newest first") {
    SimilarIndex index;
    for (std::uint64_t ticket = 1; ticket <= 40; ++ticket) {
        index.put(entry_of(ticket, invented(ticket, 40), ticket % 2 == 0 ? 7 : 8));
    }
    const auto found = index.of_enterprise({7}, 5);
    CHECK(numbers(found) == std::vector<std::uint64_t>{40, 38, 36, 34, 32});
    index.put(entry_of(40, invented(40, 40), 8));  // it was the other one's
    CHECK(index.of_enterprise({7}, 1).front().value == 38);
    CHECK(index.of_enterprise({}, 5).empty());
    CHECK(index.of_enterprise({9}, 5).empty());
}

TEST_CASE("D8: what is set aside is found by nobody, and again when it is taken up") {
    SimilarIndex index;
    Entry entry = entry_of(1, invented(1, 40), 7);
    entry.aside = true;
    index.put(entry);
    CHECK(index.similar(entry.signature, first_day).empty());
    CHECK(index.of_enterprise({7}, 5).empty());
    CHECK(index.size() == 1);
    entry.aside = false;
    index.put(entry);
    CHECK(has(index.similar(entry.signature, first_day), 1));
    CHECK(has(index.of_enterprise({7}, 5), 1));
}

TEST_CASE("only tickets of the days asked for are found") {
    SimilarIndex index;
    for (std::uint64_t ticket = 1; ticket <= 100; ++ticket) {
        index.put(entry_of(ticket, invented(1, 40)));
    }
    const Signature signature = signature_of(Shingles{invented(1, 40)});
    const auto found = index.similar(signature, day_of(80));
    CHECK(found.size() == 21);
    CHECK(std::ranges::all_of(found, [](TicketId ticket) { return ticket.value >= 80; }));
    CHECK(index.floor_of(day_of(80)).value == 80);
    CHECK(index.similar(signature, day_of(5000)).empty());
    CHECK(index.before(day_of(20)).size() == 19);
}

TEST_CASE("D5: when thousands say the same the newest answer") {
    SimilarIndex index;
    for (std::uint64_t ticket = 1; ticket <= 3000; ++ticket) {
        index.put(entry_of(ticket, invented(1, 40)));
    }
    const auto found = index.similar(signature_of(Shingles{invented(1, 40)}), first_day);
    REQUIRE(found.size() == SimilarIndex::most_candidates);
    CHECK(found.front().value == 3000);
    CHECK(found.back().value == 3000 - SimilarIndex::most_candidates + 1);
}
