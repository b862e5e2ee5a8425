// `./hotline bench live [PAGES] [CHANGES] [SECONDS]`: 500 open pages while 200 tickets a second
// change: how long until whoever made a change sees it on his own page, what an open page costs the
// server in memory, and what becomes of a page that stops reading. Exit code 1 when a page missed
// something.
#include "tests/bench/appeal_texts.hpp"
#include "tests/bench/http_load.hpp"
#include "tests/bench/page.hpp"
#include "tests/bench/percentile.hpp"
#include "tests/bench/session.hpp"
#include "tests/bench/tables.hpp"
#include "tests/bench/verdict.hpp"

#include <fmt/core.h>
#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_map>

namespace hotline::bench {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr double own_change_goal_ms = 1000;
constexpr double memory_goal_kb = 64;
constexpr std::size_t tickets_wanted = 1000;

struct Wanted {
    std::size_t pages = 500;
    std::size_t per_second = 200;
    std::chrono::seconds duration{20};
};

std::string value_in(std::string_view frame, std::string_view field) {
    const std::string name = "\"" + std::string(field) + "\":";
    const auto at = frame.find(name);
    if (at == frame.npos) return {};
    const bool text = frame[at + name.size()] == '"';
    const auto from = at + name.size() + (text ? 1 : 0);
    return std::string(frame.substr(from, frame.find_first_of(text ? "\"" : ",}", from) - from));
}

std::unique_ptr<Page> open_page(
    const Instance& instance, const Session& who, const std::string& since = {}, int buffer = 0
) {
    const auto ticket = json_values(
        ask(instance.port(), "POST", "/api/v1/live/ticket", who.headers, "{}"), "ticket"
    );
    auto page = std::make_unique<Page>(instance.port(), ticket.at(0), buffer);
    page->say(
        R"({"op":"subscribe","topics":["tickets"],"lines":true)" +
        (since.empty() ? std::string() : R"(,"since":")" + since + "\"") + "}"
    );
    return page;
}

// Who changed what and when, until his own page has shown it.
class Changes {
public:
    void sent(const std::string& ticket, std::size_t page) {
        const std::lock_guard lock(mutex_);
        waiting_[ticket] = {page, Clock::now(), 0};
    }
    void answered(const std::string& ticket, std::uint64_t version) {
        const std::lock_guard lock(mutex_);
        const auto found = waiting_.find(ticket);
        if (found == waiting_.end()) return;
        found->second.version = version;
        if (found->second.shown >= version) finish(found, found->second.shown_at);
    }
    void shown(const std::string& ticket, std::uint64_t version, std::size_t page) {
        const std::lock_guard lock(mutex_);
        const auto found = waiting_.find(ticket);
        if (found == waiting_.end() || found->second.page != page) return;
        auto& change = found->second;
        change.shown = version;
        change.shown_at = Clock::now();
        if (change.version != 0 && version >= change.version) finish(found, change.shown_at);
    }
    // Too many at once are told as a number, and the page fetches its list anew.
    void told_as_number(std::size_t page) {
        const std::lock_guard lock(mutex_);
        as_number_ += std::erase_if(waiting_, [page](const auto& change) {
            return change.second.page == page;
        });
    }
    std::size_t as_number() {
        const std::lock_guard lock(mutex_);
        return as_number_;
    }
    std::size_t waiting() {
        const std::lock_guard lock(mutex_);
        return waiting_.size();
    }
    std::vector<double> took_ms() {
        const std::lock_guard lock(mutex_);
        return took_ms_;
    }

private:
    struct Change {
        std::size_t page = 0;
        Clock::time_point began;
        std::uint64_t version = 0;  // of the answer
        std::uint64_t shown = 0;    // on the page; the feed may be faster than the answer
        Clock::time_point shown_at{};
    };
    using Waiting = std::unordered_map<std::string, Change>;

    void finish(Waiting::iterator change, Clock::time_point at) {
        took_ms_.push_back(
            std::chrono::duration<double, std::milli>(at - change->second.began).count()
        );
        waiting_.erase(change);
    }

    std::mutex mutex_;
    Waiting waiting_;
    std::vector<double> took_ms_;
    std::size_t as_number_ = 0;
};

// All pages on one thread; each checks that its frames count 1, 2, 3 …
class Pages {
public:
    Pages(const Instance& instance, const std::vector<Session>& people, const Wanted& wanted)
        : epoll_(::epoll_create1(EPOLL_CLOEXEC)), numbers_(wanted.pages) {
        for (std::size_t i = 0; i < wanted.pages; ++i) {
            pages_.push_back(open_page(instance, people[i % people.size()]));
            epoll_event event{};
            event.events = EPOLLIN;
            event.data.u64 = i;
            ::epoll_ctl(epoll_, EPOLL_CTL_ADD, pages_.back()->socket(), &event);
        }
    }
    ~Pages() { ::close(epoll_); }
    Pages(const Pages&) = delete;
    Pages& operator=(const Pages&) = delete;

    void read(Changes& changes) {
        std::array<epoll_event, 64> events{};
        const int ready = ::epoll_wait(epoll_, events.data(), events.size(), 20);
        for (int i = 0; i < ready; ++i) {
            const auto page =
                static_cast<std::size_t>(events[static_cast<std::size_t>(i)].data.u64);
            if (!pages_[page]->read_some()) {
                ++ended_;
                ::epoll_ctl(epoll_, EPOLL_CTL_DEL, pages_[page]->socket(), nullptr);
            }
            while (const auto frame = pages_[page]->take()) hear(page, *frame, changes);
        }
    }

    std::uint64_t frames() const { return frames_; }
    std::uint64_t gaps() const { return gaps_; }
    std::size_t ended() const { return ended_; }
    // What the first page has heard, in order.
    const std::vector<std::string>& ids() const { return ids_; }

private:
    void hear(std::size_t page, const std::string& frame, Changes& changes) {
        const std::string n = value_in(frame, "n");
        if (n.empty()) return;
        ++frames_;
        if (std::stoull(n) != ++numbers_[page]) ++gaps_;
        if (page == 0) ids_.push_back(value_in(frame, "id"));
        if (value_in(frame, "type") == "tickets_many") changes.told_as_number(page);
        const std::string ticket = value_in(frame, "ticket_no");
        const std::string version = value_in(frame, "version");
        if (!version.empty()) changes.shown(ticket, std::stoull(version), page);
    }

    int epoll_;
    std::vector<std::unique_ptr<Page>> pages_;
    std::vector<std::uint64_t> numbers_;
    std::vector<std::string> ids_;
    std::uint64_t frames_ = 0;
    std::uint64_t gaps_ = 0;
    std::size_t ended_ = 0;
};

void fill_live(const Instance& instance) {
    std::size_t left = tickets_wanted;
    std::uint64_t serial = 0;
    run_load(
        {instance.port(), 16, 60s},
        [&](std::size_t, std::string& out) {
            if (left == 0) return;
            --left;
            const std::string headers = fmt::format(
                "Prefer: respond-async\r\nIdempotency-Key: live-{}-{}\r\n", ::getpid(), ++serial
            );
            write_request(out, "POST", "/api/v1/appeals", headers, appeal_body(serial));
        },
        [](const Answer&) {}
    );
    // Accepted is not yet a ticket, and a ticket not yet told of.
    const auto waits = [&] {
        return count(instance, "SELECT COUNT(*) FROM ticket") < tickets_wanted ||
               count(instance, "SELECT COUNT(*) FROM outbox") > 0;
    };
    while (waits()) std::this_thread::sleep_for(100ms);
}

struct OpenTicket {
    std::string number;
    std::uint64_t version = 0;
};

std::vector<OpenTicket> open_tickets(const Instance& instance, const Session& who) {
    std::vector<OpenTicket> found;
    std::string cursor;
    do {
        const std::string body =
            ask(instance.port(), "GET", "/api/v1/tickets?state=open&limit=100" + cursor, who.headers
            );
        const auto numbers = json_values(body, "ticket_no");
        const auto versions = json_values(body, "version");
        for (std::size_t i = 0; i < numbers.size(); ++i) {
            found.push_back({numbers[i], std::stoull(versions.at(i))});
        }
        const auto next = json_values(body, "next_cursor");
        cursor = next.empty() ? "" : "&cursor=" + percent_encoded(next[0]);
    } while (!cursor.empty() && found.size() < tickets_wanted);
    return found;
}

// Remarks on one ticket after the other, so many a second; who made one rotates over the pages.
std::uint64_t make_changes(
    const Instance& instance,
    const Session& who,
    std::vector<OpenTicket>& tickets,
    const Wanted& wanted,
    Changes& changes
) {
    static std::uint64_t keys = 0;
    const auto began = Clock::now();
    const auto pause = std::chrono::nanoseconds(1s) / wanted.per_second;
    std::uint64_t made = 0;
    std::uint64_t failed = 0;
    std::unordered_map<std::size_t, std::size_t> on;  // connection → ticket
    const auto next = [&](std::size_t connection, std::string& out) {
        std::this_thread::sleep_until(began + pause * made);
        const std::size_t ticket = made % tickets.size();
        on[connection] = ticket;
        const std::string headers = fmt::format(
            "{}If-Match: \"{}\"\r\nIdempotency-Key: live-note-{}-{}\r\n",
            who.headers,
            tickets[ticket].version,
            ::getpid(),
            ++keys
        );
        const std::string target = "/api/v1/tickets/" + tickets[ticket].number + "/actions/note";
        changes.sent(tickets[ticket].number, made % wanted.pages);
        ++made;
        write_request(out, "POST", target, headers, R"({"reason":"已联系企业，等待回复"})");
    };
    run_load({instance.port(), 16, wanted.duration}, next, [&](const Answer& answer) {
        OpenTicket& ticket = tickets[on[answer.connection]];
        if (answer.status != 200) {
            if (failed++ == 0) fmt::print("  {} {}\n", answer.status, answer.body);
            return;
        }
        ticket.version = std::stoull(value_in(answer.body, "version"));
        changes.answered(ticket.number, ticket.version);
    });
    fmt::print("  {} changes made, {} failed\n", made, failed);
    return failed;
}

// Reads on after everybody else has read all: what it gets until it is cut off, and then, coming
// back from the last it has, what it missed. Frames that neither came nor were announced by a
// resync: -1 when it was never dropped.
int missed_by_slow(
    const Instance& instance, const Session& who, Page& slow, const std::vector<std::string>& all
) {
    std::string last;
    std::optional<std::string> end;
    while (const auto frame = slow.next(500ms)) {
        if (frame->starts_with("closed")) end = frame;
        if (const auto id = value_in(*frame, "id"); !id.empty()) last = id;
    }
    const auto place = std::ranges::find(all, last);
    const auto behind = static_cast<std::size_t>(all.end() - place);
    fmt::print("  the page that stopped reading has {} of {}", all.size() - behind + 1, all.size());
    fmt::print(", then {}\n", end.value_or("the end of the connection"));
    if (behind <= 1) return -1;
    const auto back = open_page(instance, who, last);
    std::size_t came = 0;
    while (const auto frame = back->next(2s)) {
        if (frame->find(R"("op":"resync")") != frame->npos) {
            fmt::print("  coming back it is told to fetch anew\n");
            return 0;
        }
        if (const auto id = value_in(*frame, "id"); !id.empty()) ++came;
        if (came + 1 >= behind) break;
    }
    fmt::print("  coming back it hears {} it missed\n", came);
    return static_cast<int>(behind - 1 - came);
}

int run(const Wanted& wanted) {
    const Instance instance = Instance::from_environment();
    fill_live(instance);
    std::vector<Session> people;
    for (const auto* role : {"dispatcher", "supervisor", "reviewer"}) {
        people.push_back(log_in(instance.port(), instance.account(role)));
    }
    auto tickets = open_tickets(instance, people[0]);
    // What the server needs for the changes alone, without a page, is there before pages are.
    Changes unseen_changes;
    make_changes(
        instance,
        people[0],
        tickets,
        {.per_second = wanted.per_second, .duration = 5s},
        unseen_changes
    );
    ProcessMeter meter(instance);
    const double before_mb = meter.rss_mb("server");
    Pages pages(instance, people, wanted);
    Changes changes;
    for (int i = 0; i < 50; ++i) pages.read(changes);
    const double open_mb = meter.rss_mb("server");
    const auto slow = open_page(instance, people[0], {}, 4096);

    std::atomic<bool> over = false;
    std::jthread reader([&] {
        while (!over) pages.read(changes);
    });
    meter.reset();
    const auto failed = make_changes(instance, people[0], tickets, wanted, changes);
    for (int i = 0; i < 100 && changes.waiting() > 0; ++i) std::this_thread::sleep_for(100ms);
    const auto used = meter.cpu_seconds();
    const double busy_mb = meter.rss_mb("server");
    std::this_thread::sleep_for(1s);
    over = true;
    reader.join();

    const auto pages_open = static_cast<double>(wanted.pages);
    const auto took = changes.took_ms();
    const double p99 = percentile(took, 0.99);
    const double idle_kb = (open_mb - before_mb) * 1024 / pages_open;
    const double busy_kb = (busy_mb - before_mb) * 1024 / pages_open;
    fmt::print("  {} frames to {} pages", pages.frames(), wanted.pages);
    fmt::print(", own change p50 {:.0f} ms\n", percentile(took, 0.5));
    for (const auto& [service, seconds] : used) fmt::print("  {} {:.1f} s CPU\n", service, seconds);
    fmt::print("  {} changes were told as a number\n", changes.as_number());
    const int missed = missed_by_slow(instance, people[0], *slow, pages.ids());
    Verdict verdict;
    verdict.say(
        "own change on the own page, p99, ms", p99, "< 1000", p99 < own_change_goal_ms, false
    );
    verdict.say("memory of an open page, kB", idle_kb, "< 64", idle_kb < memory_goal_kb, true);
    verdict.say("the same under load, kB", busy_kb, "< 64", busy_kb < memory_goal_kb, false);
    const auto unseen = static_cast<double>(changes.waiting() - failed);
    verdict.say("changes their own page never showed", unseen, "0", unseen <= 0, true);
    const auto gaps = static_cast<double>(pages.gaps() + pages.ended());
    verdict.say("pages with a gap or cut off", gaps, "0", gaps == 0, true);
    verdict.say("missed by the page that stopped reading", missed, "0", missed == 0, true);
    return verdict.good ? 0 : 1;
}

}  // namespace
}  // namespace hotline::bench

int main(int argc, char** argv) {
    hotline::mysql::Connection::initialise_library();
    try {
        hotline::bench::Wanted wanted;
        if (argc > 1) wanted.pages = std::stoul(argv[1]);
        if (argc > 2) wanted.per_second = std::stoul(argv[2]);
        if (argc > 3) wanted.duration = std::chrono::seconds(std::stoi(argv[3]));
        return hotline::bench::run(wanted);
    } catch (const std::exception& error) {
        fmt::print(stderr, "bench live: {}\n", error.what());
        return 2;
    }
}
