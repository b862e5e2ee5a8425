#include "tests/bench/route_similar.hpp"

#include "tests/bench/appeal_texts.hpp"
#include "tests/bench/percentile.hpp"
#include "ticketing/similarity/hot_topics.hpp"
#include "ticketing/similarity/index.hpp"
#include "ticketing/similarity/suspicion.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <string>

namespace hotline::bench {
namespace {

using namespace ticketing::similarity;
using ticketing::EnterpriseId;
using ticketing::TicketId;
using Steady = std::chrono::steady_clock;

constexpr std::uint64_t tickets = 1'000'000;
constexpr std::uint64_t enterprises = 370'000;
constexpr std::uint64_t days = 365;
constexpr std::size_t checks = 5'000;
constexpr std::size_t of_one_enterprise = 32;
constexpr std::size_t week_of_a_large_city = 28'000;
constexpr sla::LocalDay first_day{std::chrono::days{20'000}};
constexpr sla::LocalDay last_day = first_day + std::chrono::days{days - 1};

std::string text_of(TicketId ticket) {
    const auto [title, content] = appeal_text(ticket.value);
    return title + "\n" + content;
}

EnterpriseId enterprise_of(TicketId ticket) {
    return {ticket.value * 7919 % enterprises + 1};
}

double micros(Steady::duration time) {
    return std::chrono::duration<double, std::micro>(time).count();
}

// Reading the texts from the store is not counted, reading them as pairs is.
void fill(SimilarIndex& index, Verdict& verdict) {
    constexpr std::uint64_t batch = 1'000;
    Steady::duration took{};
    std::size_t pairs = 0;
    for (std::uint64_t from = 1; from <= tickets; from += batch) {
        std::vector<std::string> texts;
        for (std::uint64_t i = from; i < from + batch; ++i) texts.push_back(text_of({i}));
        const auto began = Steady::now();
        for (std::uint64_t i = 0; i < batch; ++i) {
            const TicketId ticket{from + i};
            const Shingles shingles{texts[i]};
            pairs += shingles.size();
            index.put(
                {.ticket = ticket,
                 .enterprise = enterprise_of(ticket),
                 .day = first_day + std::chrono::days{(ticket.value - 1) * days / tickets},
                 .signature = signature_of(shingles)}
            );
        }
        took += Steady::now() - began;
    }
    const double seconds = std::chrono::duration<double>(took).count();
    const double megabytes = static_cast<double>(index.bytes()) / 1e6;
    fmt::print("similar appeals: {} tickets, {} pairs each\n", index.size(), pairs / tickets);
    verdict.say("index built, s", seconds, "< 60", seconds < 60, false);
    verdict.say("index, MB", megabytes, "< 200", megabytes < 200, true);
}

struct Checked {
    std::vector<double> micros;
    std::size_t candidates = 0;
    std::size_t suspected = 0;
    std::size_t missed = 0;  // a repeat that was not the answer
};

// One check as the server makes it: pairs, candidates, the texts of the candidates (not counted:
// the store's), each held against the appeal. Every second appeal is one of the year's told again
// by its enterprise, with a sentence more.
Checked check(const SimilarIndex& index, sla::LocalDay since) {
    Checked sum;
    for (std::size_t i = 0; i < checks; ++i) {
        const bool repeat = i % 2 == 0;
        const TicketId earlier{i * 104'729 % tickets + 1};
        const TicketId told{repeat ? earlier.value : tickets + i + 1};
        const std::string text = text_of(told) + (repeat ? "昨天又打电话问过。" : "");
        const EnterpriseId enterprise = enterprise_of(told);

        auto began = Steady::now();
        const Shingles shingles{text};
        auto found = index.similar(signature_of(shingles), since);
        const auto own = index.of_enterprise(enterprise, of_one_enterprise);
        found.insert(found.end(), own.begin(), own.end());
        std::ranges::sort(found);
        const auto twice = std::ranges::unique(found);
        found.erase(twice.begin(), twice.end());
        auto took = Steady::now() - began;

        std::vector<std::string> texts;
        for (const TicketId ticket : found) texts.push_back(text_of(ticket));
        began = Steady::now();
        bool was_found = false;
        for (std::size_t j = 0; j < found.size(); ++j) {
            const Shingles other{texts[j]};
            const Comparison comparison{
                .likeness = likeness(shingles, other),
                .enough_text = shingles.tells() && other.tells(),
                .same_party = enterprise_of(found[j]) == enterprise
            };
            const Suspicion suspicion = suspicion_of(comparison, {});
            if (suspicion != Suspicion::none) ++sum.suspected;
            was_found = was_found || (found[j] == earlier && suspicion == Suspicion::duplicate);
        }
        took += Steady::now() - began;
        sum.micros.push_back(micros(took));
        sum.candidates += found.size();
        if (repeat && !was_found) ++sum.missed;
    }
    return sum;
}

void say_check(std::string_view name, const Checked& sum, bool hard, Verdict& verdict) {
    fmt::print(
        "{}: {:.1f} candidates a check, {:.1f} told\n",
        name,
        static_cast<double>(sum.candidates) / checks,
        static_cast<double>(sum.suspected) / checks
    );
    const double median = percentile(sum.micros, 0.5);
    const double p99 = percentile(sum.micros, 0.99);
    const auto missed = static_cast<double>(sum.missed);
    verdict.say("one duplicate check, µs median", median, "< 5000", median < 5000, hard);
    verdict.say("one duplicate check, µs p99", p99, "< 5000", p99 < 5000, hard);
    verdict.say("repeats not found", missed, "0", sum.missed == 0, hard);
}

void find_hot_topics(Verdict& verdict) {
    std::vector<HotText> texts;
    for (std::uint64_t i = 1; i <= week_of_a_large_city; ++i) {
        const std::string party = std::to_string(enterprise_of({i}).value);
        texts.push_back(
            {{.ticket = {i}, .party = party, .day = first_day, .division = {}, .topic = {}},
             text_of({i})}
        );
    }
    const auto began = Steady::now();
    const auto topics = hot_topics(texts, {});
    const double seconds = micros(Steady::now() - began) / 1e6;
    fmt::print("hot topics: {} among {} appeals\n", topics.size(), texts.size());
    verdict.say("hot topics found out, s", seconds, "< 5", seconds < 5 && !topics.empty(), false);
}

}  // namespace

void judge_similar(Verdict& verdict) {
    SimilarIndex index;
    fill(index, verdict);
    const auto month_ago = last_day - std::chrono::days{SuspicionRules{}.recent_days};
    say_check("as it is asked (D6, D7)", check(index, month_ago), true, verdict);
    say_check("the whole year's texts", check(index, first_day), false, verdict);
    find_hot_topics(verdict);
}

}  // namespace hotline::bench
