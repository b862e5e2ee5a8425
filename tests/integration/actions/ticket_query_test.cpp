#include "integrations/mysql/ticket_query.hpp"

#include "integrations/mysql/ticket_search.hpp"
#include "tests/integration/actions/archive.hpp"

#include <algorithm>
#include <array>
#include <map>

using namespace hotline;
using namespace hotline::ticketing;
using mysql::TicketFilter;
using mysql::TicketListing;
using mysql::TicketOrder;
using test::Archive;
using test::Desk;

namespace {

constexpr sla::LocalDay yesterday = sla::local_day(stage::monday_nine) - std::chrono::days{1};

constexpr std::array some_states{
    State::accepted,
    State::dispatched,
    State::return_pending,
    State::handling,
    State::suspended,
    State::submitted,
    State::callback,
    State::closed,
    State::archived
};

// A search beside filters of other kinds.
void words_and_filters(TicketFilter& filter) {
    filter.search = search_query("停电");
    filter.states.assign(some_states.begin(), some_states.end());
    filter.units = {{1}, {2}, {3}, {4}, {5}, {6}, {7}, {8}};
    filter.accepted_from = yesterday - std::chrono::days{1};
}

bool has_words_and_passes(const Ticket& t) {
    const bool in_state = std::ranges::find(some_states, t.state) != some_states.end();
    return (t.title + t.content).contains("停电") && in_state && t.lead_unit &&
           t.lead_unit.value <= 8 &&
           sla::local_day(t.accepted_at) >= yesterday - std::chrono::days{1};
}

std::vector<Actor> everybody(Archive& archive) {
    std::vector<Actor> actors{
        {.role = Role::dispatcher},
        {.role = Role::manager},
        {.role = Role::manager, .division = "610526"},
        {.user = {50}, .role = Role::agent},
        {.role = Role::auditor},
    };
    for (int i = 0; i < 6; ++i) {
        const OfficialId official = archive.any_official();
        actors.push_back({.role = Role::official, .unit = archive.any_unit(), .official = official}
        );
        actors.push_back({.role = Role::unit_clerk, .unit = archive.any_unit()});
        actors.push_back({.role = Role::unit_leader, .unit = archive.any_unit()});
    }
    return actors;
}

std::vector<std::uint64_t> listed(Desk& desk, const TicketListing& listing) {
    const auto lines =
        desk.pool.read_now([&](mysql::Connection& db) { return mysql::list_tickets(db, listing); });
    if (!lines) MESSAGE(lines.error().detail);
    REQUIRE(lines);
    std::vector<std::uint64_t> ids;
    for (const auto& line : *lines) ids.push_back(line.ticket.id.value);
    return ids;
}

// All pages, one after the other.
std::vector<std::uint64_t> paged(Desk& desk, TicketListing listing, std::size_t limit) {
    std::vector<std::uint64_t> ids;
    listing.limit = limit;
    for (;;) {
        const auto lines = desk.pool.read_now([&](mysql::Connection& db) {
            return mysql::list_tickets(db, listing);
        });
        REQUIRE(lines);
        for (const auto& line : *lines) ids.push_back(line.ticket.id.value);
        if (lines->size() < limit) return ids;
        listing.after = mysql::place_of(lines->back());
    }
}

std::vector<std::uint64_t> expected(
    const Archive& archive, const Scope& scope, bool (*passes)(const Ticket&) = nullptr
) {
    std::vector<std::uint64_t> ids;
    for (const Ticket& t : archive.tickets) {
        if (may_see(scope, scope_keys(t)) && (!passes || passes(t))) ids.push_back(t.id.value);
    }
    std::ranges::sort(ids, std::greater());
    return ids;
}

}  // namespace

TEST_CASE("a scope as SQL admits exactly the tickets may_see admits, page by page") {
    Desk desk;
    Archive archive(desk, 400);
    const TicketFilter any;
    for (const Actor& actor : everybody(archive)) {
        const Scope scope = scope_of(actor, desk.city.directory);
        const auto ids = expected(archive, scope);
        const TicketListing listing{scope, any, TicketOrder::newest, {}, 1'000, desk.now};
        CHECK(listed(desk, listing) == ids);
        CHECK(paged(desk, listing, 7) == ids);
        auto by_due = listing;
        by_due.order = TicketOrder::due;
        auto due_ids = paged(desk, by_due, 7);
        CHECK(due_ids == listed(desk, by_due));
        std::ranges::sort(due_ids, std::greater());
        CHECK(due_ids == ids);
        const auto total = desk.pool.read_now([&](mysql::Connection& db) {
            return mysql::count_tickets(db, listing, 10'000);
        });
        CHECK(total == ids.size());
        const auto counts = desk.pool.read_now([&](mysql::Connection& db) {
            return mysql::count_by_state(db, listing);
        });
        REQUIRE(counts);
        std::array<std::uint64_t, 15> by_state{};
        for (const Ticket& t : archive.tickets) {
            if (may_see(scope, scope_keys(t))) ++by_state[static_cast<std::size_t>(t.state)];
        }
        CHECK(counts->by_state == by_state);
    }
}

TEST_CASE("the nearest due date comes first, tickets without one last") {
    Desk desk;
    Archive archive(desk, 60);
    const TicketFilter any;
    const Scope all{.everything = true};
    std::map<std::uint64_t, std::optional<Instant>> due;
    for (const Ticket& t : archive.tickets) due[t.id.value] = mysql::line_of(t).handle_due_at;
    const auto ids = listed(desk, {all, any, TicketOrder::due, {}, 100, desk.now});
    REQUIRE(ids.size() == 60);
    for (std::size_t i = 1; i < ids.size(); ++i) {
        const auto left = due[ids[i - 1]].value_or(Instant::max());
        const auto right = due[ids[i]].value_or(Instant::max());
        CHECK((left < right || (left == right && ids[i - 1] < ids[i])));
    }
}

TEST_CASE("each filter lets through what it says") {
    Desk desk;
    Archive archive(desk, 300);
    const Scope all{.everything = true};
    static Instant now;
    now = desk.now += std::chrono::hours{5};
    struct Row {
        void (*set)(TicketFilter&);
        bool (*passes)(const Ticket&);
    };
    const Row rows[] = {
        {[](TicketFilter& f) { f.states = {State::handling, State::closed}; },
         [](const Ticket& t) { return t.state == State::handling || t.state == State::closed; }},
        {[](TicketFilter& f) { f.units = {{3}, {4}, {5}}; },
         [](const Ticket& t) { return t.lead_unit.value >= 3 && t.lead_unit.value <= 5; }},
        {[](TicketFilter& f) { f.division = "610527"; },
         [](const Ticket& t) { return t.division == "610527"; }},
        {[](TicketFilter& f) { f.urgency = Urgency::critical; },
         [](const Ticket& t) { return t.urgency == Urgency::critical; }},
        {[](TicketFilter& f) { f.type = AppealType::report; },
         [](const Ticket& t) { return t.type == AppealType::report; }},
        {[](TicketFilter& f) { f.topic = "用电"; },
         [](const Ticket& t) { return t.topic == "用电"; }},
        {[](TicketFilter& f) { f.channel = Channel::visit; },
         [](const Ticket& t) { return t.channel == Channel::visit; }},
        {[](TicketFilter& f) { f.phone = "13800001234", f.named_only = true; },
         [](const Ticket& t) {
             return t.appellant.phone == "13800001234" && !t.appellant.confidential;
         }},
        {[](TicketFilter& f) { f.filed_by = {50}; },
         [](const Ticket& t) { return t.created_by == UserId{50}; }},
        {[](TicketFilter& f) { f.filed_by = {50}, f.official = {2}; },
         [](const Ticket& t) {
             const OfficialId two{2};
             return t.created_by == UserId{50} || t.official == two || t.case_owner == two ||
                    t.visiting_official == two;
         }},
        {[](TicketFilter& f) { f.overdue = true; },
         [](const Ticket& t) {
             const auto due = mysql::line_of(t).handle_due_at;
             const bool at_work = t.state == State::dispatched || t.state == State::handling ||
                                  t.state == State::return_pending;
             return at_work && due && *due < now;
         }},
        {[](TicketFilter& f) { f.awaited = {{2}, {3}}; },
         [](const Ticket& t) {
             const auto waits = [&](UnitId id) {
                 return std::ranges::find(t.co_units, id) != t.co_units.end() &&
                        std::ranges::find(t.co_answered, id) == t.co_answered.end();
             };
             return t.state == State::handling && (waits({2}) || waits({3}));
         }},
        {[](TicketFilter& f) { f.hard_case = true; }, [](const Ticket& t) { return t.hard_case; }},
        {[](TicketFilter& f) { f.charged = {{2}, {3}}; },
         [](const Ticket& t) {
             const auto has = [&](UnitId id) {
                 return std::ranges::find(t.charged_units, id) != t.charged_units.end();
             };
             return t.id.value % 2 == 1 && (has({2}) || has({3}));
         }},
        {[](TicketFilter& f) { f.search = search_query("停电"); },
         [](const Ticket& t) { return (t.title + t.content).find("停电") != std::string::npos; }},
        {[](TicketFilter& f) { f.search = search_query("变压器 两天"); },
         [](const Ticket& t) { return t.content.find("变压器") != std::string::npos; }},
        {[](TicketFilter& f) { f.search = search_query("坏，已"); },
         [](const Ticket& t) { return t.content.find("坏，已") != std::string::npos; }},
        {[](TicketFilter& f) { f.search = search_query("坏已"); },
         [](const Ticket&) { return false; }},
        {[](TicketFilter& f) { f.accepted_from = f.accepted_to = sla::LocalDay{yesterday}; },
         [](const Ticket& t) { return sla::local_day(t.accepted_at) == yesterday; }},
        {words_and_filters, has_words_and_passes},
        {[](TicketFilter& f) { words_and_filters(f), f.type = AppealType::help; },
         [](const Ticket& t) { return has_words_and_passes(t) && t.type == AppealType::help; }},
        {[](TicketFilter& f) { f.search = search_query("%"), f.number = "x"; },
         [](const Ticket&) { return false; }},
    };
    for (const Row& row : rows) {
        TicketFilter filter;
        row.set(filter);
        CAPTURE(&row - rows);
        const auto ids = listed(desk, {all, filter, TicketOrder::newest, {}, 1'000, desk.now});
        CHECK(ids == expected(archive, all, row.passes));
        const Actor clerk{.role = Role::unit_clerk, .unit = desk.small.unit("610526.gov_office")};
        const Scope narrow = scope_of(clerk, desk.city.directory);
        const TicketListing listing{narrow, filter, TicketOrder::newest, {}, 1'000, desk.now};
        CHECK(listed(desk, listing) == expected(archive, narrow, row.passes));
    }
}

TEST_CASE("a word is found wherever it stands in a long list, page by page and in both orders") {
    Desk desk;
    Archive archive(desk, 1'100);
    const Ticket& oldest = archive.tickets.front();
    archive.rewrite(oldest, "罕见 13812345678");
    const Actor clerk{.role = Role::unit_clerk, .unit = desk.small.unit("610526.gov_office")};
    struct Row {
        const char* typed;
        bool (*passes)(const Ticket&);
    };
    const Row rows[] = {
        {"停电", [](const Ticket& t) { return (t.title + t.content).contains("停电"); }},
        {"罕见", [](const Ticket& t) { return t.content.contains("罕见"); }},
        {"没有这个词", [](const Ticket&) { return false; }},
        {"停电 +", has_words_and_passes},
        // P4: a number that is masked where it stands is not to be found by trying.
        {"13812345678", [](const Ticket&) { return false; }},
        {"138123", [](const Ticket&) { return false; }},
        {"罕见 138123", [](const Ticket&) { return false; }},
    };
    for (const Row& row : rows) {
        CAPTURE(row.typed);
        TicketFilter filter;
        filter.search = search_query(row.typed);
        if (std::string_view(row.typed).ends_with("+")) words_and_filters(filter);
        for (const Scope& scope :
             {Scope{.everything = true}, scope_of(clerk, desk.city.directory)}) {
            const auto ids = expected(archive, scope, row.passes);
            if (scope.everything && row.passes == has_words_and_passes) CHECK(ids.size() > 50);
            const TicketListing newest{scope, filter, TicketOrder::newest, {}, 50, desk.now};
            CHECK(paged(desk, newest, 50) == ids);
            auto by_due = newest;
            by_due.order = TicketOrder::due;
            auto due_ids = paged(desk, by_due, 50);
            std::ranges::sort(due_ids, std::greater());
            CHECK(due_ids == ids);
        }
    }
}

TEST_CASE("whichever way a search goes through its words and filters, it finds the same page") {
    Desk desk;
    Archive archive(desk, 1'100);
    const Actor clerk{.role = Role::unit_clerk, .unit = desk.small.unit("610526.gov_office")};
    const auto page = [&](const TicketListing& listing, const mysql::SearchPatience& patience) {
        auto lines = desk.pool.read_now([&](mysql::Connection& db) {
            return mysql::search_tickets(db, listing, patience);
        });
        REQUIRE(lines);
        return std::move(*lines);
    };
    TicketFilter filter;
    words_and_filters(filter);
    for (const Scope& scope : {Scope{.everything = true}, scope_of(clerk, desk.city.directory)}) {
        for (const auto order : {TicketOrder::newest, TicketOrder::due}) {
            TicketListing listing{scope, filter, order, {}, 7, desk.now};
            for (bool more = true; more;) {
                const auto by_words = page(listing, {.blocks = 1'000, .blocks_by_due = 1'000});
                for (const std::uint64_t common : {0, 1'000}) {
                    const auto by_filters = page(listing, {1, 1, common});
                    REQUIRE(by_filters.size() == by_words.size());
                    for (std::size_t i = 0; i < by_words.size(); ++i) {
                        CHECK(mysql::place_of(by_filters[i]) == mysql::place_of(by_words[i]));
                    }
                }
                more = by_words.size() == listing.limit;
                if (more) listing.after = mysql::place_of(by_words.back());
            }
        }
    }
}

TEST_CASE("every list a screen shows is found by an index") {
    Desk desk;
    Archive archive(desk, 3'000);
    const Actor official{.role = Role::official, .official = {2}};
    const Actor clerk{.role = Role::unit_clerk, .unit = desk.small.unit("610526.market")};
    const Actor agent{.user = {50}, .role = Role::agent};
    TicketFilter open;
    open.states = ticketing::unfinished_states();
    TicketFilter search;
    search.search = search_query("变压器");
    TicketFilter number;
    number.number = archive.tickets[7].number;
    TicketFilter phone;
    phone.phone = "13800001234";
    TicketFilter open_of_phone = phone;
    open_of_phone.states = open.states;
    TicketFilter open_of_firm = open;
    open_of_firm.enterprise = {7};
    TicketFilter any;
    for (const Actor& actor : {official, clerk, agent, Actor{.role = Role::dispatcher}}) {
        const Scope scope = scope_of(actor, desk.city.directory);
        for (const TicketFilter* filter :
             {&any, &open, &search, &number, &phone, &open_of_phone, &open_of_firm}) {
            TicketListing listing{scope, *filter, TicketOrder::newest, {}, 51, desk.now};
            if (filter == &search) listing.among = {3, 5, 8};
            auto query = mysql::list_text(listing);
            const std::string sql = "EXPLAIN " + query.text();
            const auto plan = desk.pool.read_now([&](mysql::Connection& db) {
                return db.query(sql, query.values());
            });
            REQUIRE(plan);
            for (const auto row : *plan) {
                // id, select_type, table, type, possible_keys, key, …
                const bool of_tickets = row.text(2) == "t";
                CAPTURE(sql);
                if (of_tickets) CHECK(row.text(3) != "ALL");
            }
        }
    }
}
