// Who may add, list and open which files of tickets, and what the audit is told.
#include "tests/integration/api/files_world.hpp"

using namespace hotline;
using namespace hotline::test;
using ticketing::Role;

TEST_CASE("an appellant's photo reaches who handles the matter, upright and without its place") {
    FilesWorld world;
    const auto number = world.dispatched();
    const auto sent = world.add_own(number, jpeg_with_exif(400, 200, 6), "IMG_0001.JPG");
    const auto id = id_of(sent);
    CHECK(
        header(sent, "location") ==
        "/api/v1/appeals/" + number + "/attachments/" + std::to_string(id)
    );
    CHECK(text(body_of(sent).at("name")) == "IMG_0001.jpg");
    CHECK(body_of(sent).at("own").as_bool());
    CHECK(body_of(sent).if_contains("by_name") == nullptr);

    const auto official = world.worker();
    CHECK(world.listed(official, number) == std::vector<std::string>{"IMG_0001.jpg"});
    const auto opened = world.open(official, number, id);
    REQUIRE(opened.status == 200);
    CHECK(header(opened, "content-type") == "image/jpeg");
    CHECK(header(opened, "content-security-policy").starts_with("sandbox;"));
    CHECK(header(opened, "cache-control") == "private, no-cache");
    CHECK(header(opened, "content-disposition").starts_with("inline;"));
    CHECK(opened.shared_body->starts_with("\xff\xd8\xff"));
    CHECK(opened.shared_body->find("GPS") == std::string::npos);
    CHECK(world.open(official, number, id, true).shared_body->size() < opened.shared_body->size());
    CHECK(world.open_own(number, id).status == 200);
}

TEST_CASE("who may not know of the ticket is told of no file, for each way and role") {
    FilesWorld world;
    const auto number = world.dispatched();
    const auto id = id_of(world.add_own(number, jpeg(32, 32), "a.jpg"));
    const auto foreign_unit = world.small.unit("city.market");
    const auto official = world.worker();
    struct Case {
        Browser by;
        int read, write;
    };
    const std::vector<Case> cases{
        {world.person(Role::dispatcher), 200, 201},
        {world.person(Role::reviewer), 200, 201},
        {world.person(Role::supervisor), 200, 201},
        {official, 200, 201},
        {world.person(Role::unit_clerk, world.small.unit("610526.housing")), 200, 201},
        {world.person(Role::unit_leader, world.small.unit("610526.housing")), 200, 201},
        {world.person(Role::manager), 200, 403},
        {world.person(Role::manager, {}, {}, "610527"), 404, 404},
        {world.person(Role::agent), 404, 404},
        {world.person(Role::official, foreign_unit, world.small.stranger), 404, 404},
        {world.person(Role::unit_clerk, foreign_unit), 404, 404},
        {world.person(Role::unit_leader, foreign_unit), 404, 404},
        {world.person(Role::auditor), 403, 403},
        {world.person(Role::admin), 403, 403},
        {Browser{world.auth}, 401, 401},
    };
    int n = 0;
    for (const Case& c : cases) {
        ++n;
        CAPTURE(n);
        CHECK(world.open(c.by, number, id).status == c.read);
        CHECK(world.open(c.by, number, id, true).status == c.read);
        CHECK(world.add(c.by, number, jpeg(32 + n, 32), "b.jpg", true).status == c.write);
        // Exactly as of a ticket that is not there.
        if (c.read == 404) {
            CHECK(
                world.open(c.by, number, id).body == world.open(c.by, "WN299912310000018", id).body
            );
        }
    }
    CHECK(world.open(official, number, 999).status == 404);
    CHECK(world.auth.run(world.files.show(world.on(official.get(), number), false)).status == 404);
}

TEST_CASE(
    "A10 internal evidence is kept from the appellant, and the unit's until the result is reviewed"
) {
    FilesWorld world;
    const auto number = world.dispatched();
    const auto official = world.worker();
    REQUIRE(world.act(official, number, "sign_for").status == 200);
    const auto internal = id_of(world.add(official, number, pdf(), "内部.pdf", true));
    const auto evidence = id_of(world.add(official, number, jpeg(40, 40), "现场.jpg"));
    const auto note =
        id_of(world.add(world.person(Role::reviewer), number, jpeg(41, 40), "说明.jpg"));
    CHECK(world.open_own(number, internal).status == 404);
    CHECK(world.open_own(number, evidence).status == 404);
    CHECK(world.open_own(number, note).status == 200);
    CHECK(world.open_own(number, note, true).status == 200);
    world.run("UPDATE ticket SET state=8");  // waits for its callback
    CHECK(world.open_own(number, internal).status == 404);
    CHECK(world.open_own(number, evidence).status == 200);
}

TEST_CASE("A10 what a confidential appellant sends is held until a reviewer has looked") {
    FilesWorld world;
    const auto number =
        world.dispatched([](ticketing::Ticket& t) { t.appellant.confidential = true; });
    const auto id = id_of(world.add_own(number, jpeg(50, 50), "陈大文的身份证.jpg"));
    CHECK(world.open_own(number, id).status == 200);
    const auto official = world.worker();
    const auto dispatcher = world.person(Role::dispatcher);
    for (const Browser& by : {official, dispatcher, world.person(Role::manager)}) {
        CHECK(world.listed(by, number).empty());
        CHECK(world.open(by, number, id).status == 404);
        CHECK(world.open(by, number, id, true).status == 404);
    }
    const auto reviewer = world.person(Role::reviewer);
    CHECK(world.listed(reviewer, number).size() == 1);
    const auto looks = world.audited();
    CHECK(world.open(reviewer, number, id, true).status == 200);
    CHECK(world.audited() == looks + 1);  // a small look is one, too

    CHECK(world.release(official, number, id).status == 403);
    CHECK(world.release(dispatcher, number, id).status == 404);
    const auto opened = world.release(reviewer, number, id);
    const auto shared = id_of(opened);
    CHECK(shared != id);
    CHECK(text(body_of(opened).at("name")) == "file.jpg");
    CHECK(world.listed(official, number) == std::vector<std::string>{"file.jpg"});
    CHECK(world.open(official, number, shared).status == 200);
    CHECK(world.open(official, number, id).status == 404);
    CHECK(world.release(reviewer, number, id).status == 200);  // once is enough
    CHECK(world.release(reviewer, number, shared).status == 404);
}

TEST_CASE(
    "A9 whoever opens a file stands in the audit; small pictures in lists do not, but for managers"
) {
    FilesWorld world;
    const auto number = world.dispatched();
    const auto id = id_of(world.add_own(number, jpeg(32, 32), "a.jpg"));
    const auto official = world.worker();
    REQUIRE(world.open(official, number, id, true).status == 200);
    CHECK(world.audited() == 0);
    REQUIRE(world.open(official, number, id).status == 200);
    CHECK(world.audited() == 1);
    REQUIRE(world.open(world.person(Role::manager), number, id, true).status == 200);
    CHECK(world.audited() == 2);
    CHECK(world.open(world.person(Role::agent), number, id).status == 404);
    CHECK(world.audited() == 2);
    const auto entry = world.auth.pool.read_now([](mysql::Connection& db) {
        return mysql::list_audit(db, "attachment.read", {}, 1);
    });
    CHECK(entry->front().entry.object == "ticket:" + number);
    CHECK(entry->front().entry.role == Role::manager);
}

TEST_CASE("number and code are asked for, and wrong ones are answered alike") {
    FilesWorld world;
    const auto number = world.dispatched();
    const auto id = id_of(world.add_own(number, jpeg(32, 32), "a.jpg"));
    const auto wrong = world.add_own(number, jpeg(33, 32), "a.jpg", "AAAAAA");
    const auto none = world.add_own("WN299912310000018", jpeg(33, 32), "a.jpg", "AAAAAA");
    CHECK(code_of(wrong) == "wrong_query_code");
    CHECK(wrong.body == none.body);
    auto request = world.on(Browser{world.auth}.get(), number, id);
    CHECK(code_of(world.auth.run(world.files.show_own(request, false))) == "wrong_query_code");
    // Another ticket's code opens nothing here.
    const auto other = world.dispatched();
    request.query = {{"code", world.code(other)}};
    CHECK(code_of(world.auth.run(world.files.show_own(request, false))) == "wrong_query_code");
    // A ticket that is still in the queue: come again.
    const auto queued = ticketing::format_ticket_number(world.auth.now, 4711);
    CHECK(code_of(world.add_own(queued, jpeg(33, 32), "a.jpg")) == "in_progress");
}

TEST_CASE("there is room for so many of the appellant's, and the unit's evidence still fits") {
    FilesWorld world;
    const auto number = world.dispatched();
    for (int i = 0; i < 12; ++i)
        REQUIRE(world.add_own(number, jpeg(32, 32 + i), "a.jpg").status == 201);
    const auto full = world.add_own(number, jpeg(32, 80), "a.jpg");
    CHECK(code_of(full) == "guard_failed");
    CHECK(text(body_of(full).at("detail")).find("附件已满") != std::string::npos);
    CHECK(world.add_own(number, jpeg(32, 32), "a.jpg").status == 200);  // is there already
    CHECK(world.add(world.worker(), number, pdf(), "证据.pdf").status == 201);
}

TEST_CASE("a closed ticket takes no files and says so; what is there stays readable") {
    FilesWorld world;
    const auto number = world.dispatched();
    const auto id = id_of(world.add_own(number, jpeg(32, 32), "a.jpg"));
    world.run("UPDATE ticket SET state=9");
    CHECK(code_of(world.add_own(number, jpeg(33, 32), "a.jpg")) == "not_allowed_in_state");
    CHECK(world.open_own(number, id).status == 200);
    CHECK_FALSE(body_of(world.show(world.worker(), number)).at("can_attach").as_bool());
}

TEST_CASE("telephone numbers in a file's name are masked where those in the text are") {
    FilesWorld world;
    const auto number = world.dispatched();
    REQUIRE(world.add_own(number, jpeg(32, 32), "老陈13800001111.jpg").status == 201);
    CHECK(world.listed(world.worker(), number).front().find("13800001111") != std::string::npos);
    CHECK(
        world.listed(world.person(Role::reviewer), number).front().find("13800001111") ==
        std::string::npos
    );
}
