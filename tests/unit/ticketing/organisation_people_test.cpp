#include "organised_city.hpp"

using namespace organised;

TEST_CASE("O14 periods of leave end after they begin and do not overlap") {
    const Directory city = city_with_people();
    const std::vector<Leave> noted{
        {.id = {1},
         .official = {1},
         .from = the_day,
         .to = the_day + std::chrono::days{4},
         .reason = {},
         .active = true},
        {.id = {2},
         .official = {1},
         .from = the_day + std::chrono::days{20},
         .to = {},
         .reason = {},
         .active = true},
        {.id = {3},
         .official = {1},
         .from = the_day + std::chrono::days{6},
         .to = {},
         .reason = {},
         .active = false},
        {.id = {4},
         .official = {2},
         .from = the_day + std::chrono::days{6},
         .to = {},
         .reason = {},
         .active = true},
    };
    struct Row {
        int from;
        std::optional<int> to;
        Told expected;
    };
    for (const Row& row : {
             Row{5, 19, {}},
             Row{4, 19, {"O14 leave_overlaps"}},
             Row{5, 20, {"O14 leave_overlaps"}},
             Row{5, std::nullopt, {"O14 leave_overlaps"}},
             Row{-5, -1, {}},
             Row{-5, -6, {"O14 leave_ends_first"}},
             Row{30, 31, {"O14 leave_overlaps"}},
         }) {
        CAPTURE(row.from);
        Leave wanted{.id = {9}, .official = {1}, .from = the_day + std::chrono::days{row.from}};
        if (row.to) wanted.to = the_day + std::chrono::days{*row.to};
        CHECK(told(check(wanted, nullptr, city, noted)) == row.expected);
        // Withdrawn, it disturbs nobody.
        wanted.active = false;
        CHECK(check(wanted, nullptr, city, noted).empty());
    }
    // It does not stand in its own way, and it stays with its official.
    Leave longer = noted[0];
    longer.to = the_day + std::chrono::days{9};
    CHECK(check(longer, &noted[0], city, noted).empty());
    longer.official = {3};
    CHECK(told(check(longer, &noted[0], city, noted)) == Told{"O14 leave_official_changes"});
    const Leave nobodys{.id = {9}, .official = {99}, .from = the_day};
    CHECK(told(check(nobodys, nullptr, city, noted)) == Told{"O14 leave_of_nobody"});
}

TEST_CASE("O15 a turn is somebody's of the unit who is there and free") {
    const Directory city = city_with_people();
    const UnitId unit = id_of(city, "610526.housing");
    const Turn night{
        .id = {1},
        .unit = unit,
        .day = the_day,
        .from = 18h,
        .to = 32h,
        .official = {1},
        .phone = {}
    };
    const std::vector<Leave> leaves{
        {.id = {1}, .official = {1}, .from = the_day + std::chrono::days{3}}
    };
    const std::vector<Turn> others{night};
    struct Row {
        const char* why;
        std::function<void(Turn&)> change;
        Told expected;
    };
    for (const Row& row : {
             Row{"the next evening", [](Turn& t) { t.day += std::chrono::days{1}; }, {}},
             Row{"right after it", [](Turn& t) { t.from = 32h, t.to = 36h; }, {}},
             Row{"an hour of it", [](Turn& t) { t.from = 31h, t.to = 36h; }, {"O15 turn_overlaps"}},
             Row{"the next morning",
                 [](Turn& t) { t.day += std::chrono::days{1}, t.from = 7h, t.to = 12h; },
                 {"O15 turn_overlaps"}},
             Row{"on leave", [](Turn& t) { t.day += std::chrono::days{3}; }, {"O15 turn_on_leave"}},
             Row{"somebody else at the same time", [](Turn& t) { t.official = {2}; }, {}},
             Row{"somebody of another unit",
                 [](Turn& t) { t.official = {3}; },
                 {"O15 turn_elsewhere"}},
             Row{"nobody", [](Turn& t) { t.official = {}; }, {"O15 turn_of_nobody"}},
             Row{"no unit",
                 [](Turn& t) { t.unit = {}, t.official = {2}; },
                 {"O15 turn_of_no_unit", "O15 turn_elsewhere"}},
         }) {
        CAPTURE(row.why);
        Turn wanted = night;
        wanted.id = {9};
        row.change(wanted);
        CHECK(told(check(wanted, city, others, leaves)) == row.expected);
    }
}

TEST_CASE("O16 an enterprise has an official's card once") {
    const Directory city = city_with_people();
    const Enterprise firm = a_firm();
    Enterprise struck = firm;
    struck.active = false;
    const Card held{.id = {1}, .enterprise = {7}, .official = {1}, .since = the_day};
    Card ended = held;
    ended.active = false;
    const Card wanted{.id = {2}, .enterprise = {7}, .official = {1}, .since = the_day};
    CHECK(check(wanted, nullptr, city, &firm, {}).empty());
    CHECK(told(check(wanted, nullptr, city, &firm, {&held, 1})) == Told{"O16 card_twice"});
    CHECK(told(check(wanted, nullptr, city, &firm, {&ended, 1})) == Told{"O16 card_ended"});
    CHECK(check(held, &ended, city, &firm, {&ended, 1}).empty());
    CHECK(told(check(wanted, nullptr, city, nullptr, {})) == Told{"O16 card_of_no_firm"});
    CHECK(told(check(wanted, nullptr, city, &struck, {})) == Told{"O16 card_of_no_firm"});
    Card other = held;
    other.official = {99};
    CHECK(
        told(check(other, &held, city, &firm, {})) ==
        Told{"O16 card_pair_changes", "O16 card_of_nobody"}
    );
}

TEST_CASE("O2, O8 to O12: an official is held against his unit and the duty list") {
    const Directory city = city_with_people();
    const UnitId elsewhere = id_of(city, "city.housing");
    struct Row {
        const char* why;
        std::function<void(StaffedOfficial&)> change;
        Told expected;
    };
    for (const Row& row : {
             Row{"as he should be", [](auto&) {}, {}},
             Row{"no number", [](auto& s) { s.staff_no = ""; }, {"O8 bad_number"}},
             Row{"no name", [](auto& s) { s.official.name = ""; }, {"O2 official_name"}},
             Row{"no unit", [](auto& s) { s.official.unit = {}; }, {"O9 no_unit"}},
             Row{"his own deputy",
                 [](auto& s) { s.official.deputy = s.official.id; },
                 {"O10 own_deputy"}},
             Row{"a deputy of the unit", [](auto& s) { s.official.deputy = {2}; }, {}},
             Row{"a deputy of another unit",
                 [](auto& s) { s.official.deputy = {3}; },
                 {"O10 deputy_elsewhere"}},
             Row{"a deputy nobody knows",
                 [](auto& s) { s.official.deputy = {99}; },
                 {"O10 no_deputy"}},
             Row{"moved away from his deputy",
                 [&](auto& s) { s.official.deputy = {2}, s.official.unit = elsewhere; },
                 {"O10 deputy_elsewhere"}},
             Row{"capacity 1", [](auto& s) { s.official.capacity = 1; }, {}},
             Row{"capacity 100", [](auto& s) { s.official.capacity = 100; }, {}},
             Row{"capacity 0", [](auto& s) { s.official.capacity = 0; }, {"O11 capacity"}},
             Row{"capacity 101", [](auto& s) { s.official.capacity = 101; }, {"O11 capacity"}},
             Row{"a topic and a function", [](auto& s) { s.official.duty = "规划建设,housing"; }, {}
             },
             Row{"a topic nobody knows",
                 [](auto& s) { s.official.duty = "规划建设,占星"; },
                 {"O12 unknown_duty"}},
         }) {
        CAPTURE(row.why);
        StaffedOfficial wanted = staffed(city, 1);
        row.change(wanted);
        CHECK(told(check(wanted, nullptr, city)) == row.expected);
    }
    const StaffedOfficial before = staffed(city, 1);
    StaffedOfficial renumbered = before;
    renumbered.staff_no = "S9";
    CHECK(told(check(renumbered, &before, city)) == Told{"O8 number_changes"});
    const StaffedOfficial other = staffed(city, 2);
    CHECK(told(check(before, &before, city, &other)) == Told{"O8 number_taken"});
}

TEST_CASE("O9, O13: who has tickets or cards neither leaves nor moves") {
    Directory city = city_with_people();
    const StaffedOfficial before = staffed(city, 1);
    StaffedOfficial gone = before;
    gone.official.active = false;
    const organisation::Ties ties{.open_tickets = 2, .cards = 5};
    CHECK(
        told(check(gone, &before, city, nullptr, ties)) ==
        Told{"O13 official_has_tickets", "O13 official_has_cards"}
    );
    CHECK(check(gone, &before, city).empty());
    StaffedOfficial moved = before;
    moved.official.unit = id_of(city, "city.housing");
    CHECK(told(check(moved, &before, city, nullptr, ties)) == Told{"O13 official_has_tickets"});
    for (Unit& unit : city.units) unit.active = unit.id != before.official.unit;
    city.index();
    CHECK(told(check(before, &gone, city)) == Told{"O9 unit_out_of_use"});
    CHECK(check(gone, &before, city).empty());
}

TEST_CASE("O2, O17, O18: an enterprise is in a place of the register, its trade and size are known"
) {
    const Directory city = city_with_people();
    struct Row {
        const char* why;
        std::function<void(Enterprise&)> change;
        Told expected;
    };
    for (const Row& row : {
             Row{"as it should be", [](Enterprise&) {}, {}},
             Row{"no name", [](Enterprise& f) { f.name = ""; }, {"O2 enterprise_name"}},
             Row{"a zone for a county",
                 [](Enterprise& f) { f.division = "6105G1"; },
                 {"O17 no_county"}},
             Row{"with its zone", [](Enterprise& f) { f.zone = "6105G1"; }, {}},
             Row{"a county for a zone", [](Enterprise& f) { f.zone = "610526"; }, {"O17 no_zone"}},
             Row{"with its town", [](Enterprise& f) { f.town = "610526102"; }, {}},
             Row{"a town of another county",
                 [](Enterprise& f) { f.town = "610527001"; },
                 {"O17 no_town"}},
             Row{"section T", [](Enterprise& f) { f.industry = "T"; }, {}},
             Row{"section U", [](Enterprise& f) { f.industry = "U"; }, {"O18 industry"}},
             Row{"size 5", [](Enterprise& f) { f.size = 5; }, {"O18 size"}},
             Row{"a short code", [](Enterprise& f) { f.uscc = "123"; }, {"O18 bad_uscc"}},
             // U3: such codes have been issued.
             Row{"a wrong check digit", [](Enterprise& f) { f.uscc = "91350211M0000XUF46"; }, {}},
         }) {
        CAPTURE(row.why);
        Enterprise firm = a_firm();
        row.change(firm);
        CHECK(told(check(firm, city)) == row.expected);
    }
    Enterprise other = a_firm();
    other.id = {8};
    CHECK(told(check(a_firm(), city, &other)) == Told{"O18 uscc_taken"});
}
