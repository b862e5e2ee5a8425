// What is kept of files, how they are handed out, and how a damaged store is found.
#include "tests/integration/api/files_world.hpp"

#include <filesystem>
#include <fstream>

using namespace hotline;
using namespace hotline::test;
using ticketing::Role;

TEST_CASE("the same file sent again, after an answer that was lost, is no second one") {
    FilesWorld world;
    const auto number = world.dispatched();
    const auto photo = jpeg(64, 64);
    const auto first = id_of(world.add_own(number, photo, "a.jpg"));
    const auto again = world.add_own(number, photo, "b.jpg");
    CHECK(again.status == 200);
    CHECK(static_cast<std::uint64_t>(body_of(again).at("id").as_int64()) == first);
    const auto official = world.worker();
    CHECK(world.listed(official, number) == std::vector<std::string>{"a.jpg"});
    // Another ticket's is its own, and stands on the disk once.
    const auto before = world.stored();
    const auto other = world.dispatched();
    CHECK(world.add_own(other, photo, "c.jpg").status == 201);
    CHECK(world.stored() == before);
    // As internal it is another thing to say, even of the same bytes.
    CHECK(world.add(official, number, photo, "a.jpg", true).status == 201);
}

TEST_CASE("a file that is none of ours is refused in one sentence, and nothing is kept") {
    FilesWorld world;
    const auto number = world.dispatched();
    const auto refused = [&](std::string bytes, std::string name, const char* word) {
        const auto answer = world.add_own(number, std::move(bytes), std::move(name));
        CAPTURE(answer.body);
        CHECK(answer.status == 422);
        CHECK(code_of(answer) == "file_refused");
        CHECK(text(body_of(answer).at("detail")).find(word) != std::string::npos);
    };
    refused("", "a.jpg", "空");
    refused(
        "\x7f"
        "ELF\x02\x01",
        "a.jpg",
        "只能上传"
    );
    refused(pdf(), "a.jpg", "扩展名");
    refused(png_bomb(), "a.png", "五千万");
    refused(jpeg(64, 64).substr(0, 60), "a.jpg", "损坏");
    refused(docx() + pdf(), "a.docx", "只能上传");
    CHECK(world.stored() == 0);
    CHECK(world.check().looked_at == 0);
    CHECK(body_of(world.show(world.worker(), number)).at("version").as_int64() == 2);
}

TEST_CASE("a browser that knows a file asks and is told so; a player gets the part it wants") {
    FilesWorld world;
    const auto number = world.dispatched();
    const auto official = world.worker();
    const auto id = id_of(world.add(official, number, mp4("M4A ", "soun"), "录音.m4a"));
    const auto whole = world.open(official, number, id);
    const std::string bytes = *whole.shared_body;
    CHECK(
        header(whole, "content-disposition") ==
        "inline; filename=\"file.m4a\"; filename*=UTF-8''%E5%BD%95%E9%9F%B3.m4a"
    );
    const auto with = [&](std::string name, std::string value) {
        auto request = world.on(official.get(), number, id);
        request.headers.push_back({std::move(name), std::move(value)});
        return world.auth.run(world.files.show(std::move(request), false));
    };
    CHECK(with("if-none-match", header(whole, "etag")).status == 304);
    const auto part = with("range", "bytes=4-7");
    CHECK(part.status == 206);
    CHECK(part.body == "ftyp");
    CHECK(header(part, "content-range") == "bytes 4-7/" + std::to_string(bytes.size()));
    CHECK(with("range", "bytes=4-").body == bytes.substr(4));
    CHECK(with("range", "bytes=-5").body == bytes.substr(bytes.size() - 5));
    CHECK(with("range", "bytes=99999-").status == 416);
    CHECK(with("range", "bytes=0-1,3-4").status == 200);
    CHECK(with("range", "bytes=7-4").status == 200);
}

TEST_CASE("a document is saved, never shown, under a name that cannot break out of its header") {
    FilesWorld world;
    const auto number = world.dispatched();
    const auto official = world.worker();
    const auto id =
        id_of(world.add(official, number, "<script>alert(1)</script>", "a\";x=\r\ny.txt"));
    const auto opened = world.open(official, number, id);
    CHECK(header(opened, "content-type") == "text/plain; charset=utf-8");
    CHECK(header(opened, "content-disposition").starts_with("attachment; filename=\"file.txt\"; "));
    CHECK(header(opened, "content-disposition").find('\n') == std::string::npos);
}

TEST_CASE("check finds a file that is gone, changed, cut, or other than the log says") {
    FilesWorld world;
    const auto number = world.dispatched();
    REQUIRE(world.add_own(number, jpeg(32, 32), "a.jpg").status == 201);
    REQUIRE(world.add(world.worker(), number, pdf(), "b.pdf").status == 201);
    CHECK(world.check().ok());
    CHECK(world.check().looked_at == 2);
    const auto place = [&](std::string_view sql) {
        const auto rows =
            world.auth.pool.read_now([sql](mysql::Connection& db) { return db.query(sql); });
        const auto digest = rows->front().string(0);
        return world.desk.store().folder() / digest.substr(0, 2) / digest.substr(2, 2) / digest;
    };
    const auto document = place("SELECT LOWER(HEX(digest)) FROM attachment WHERE kind=2");
    const auto preview = place("SELECT LOWER(HEX(preview)) FROM attachment WHERE kind=1");
    std::string changed = pdf();
    changed[5] = '9';
    for (const std::string& bytes : {changed, pdf().substr(1)}) {
        std::ofstream(document, std::ios::trunc) << bytes;
        CHECK(world.check().wrong == 1);
    }
    std::ofstream(document, std::ios::trunc) << pdf();
    CHECK(world.check().ok());
    std::filesystem::remove(preview);
    CHECK(world.check().wrong == 1);
    std::filesystem::remove(document);
    CHECK(world.check().wrong == 2);
    CHECK(world.check().first.find("attachment 3") != std::string::npos);
    world.run("UPDATE attachment SET digest=REPEAT('x', 32) WHERE kind=1");
    CHECK(world.check().first.find("the log does not say so") != std::string::npos);
}

TEST_CASE("what a failed transaction left behind is swept after a day, and nothing else") {
    FilesWorld world;
    const auto number = world.dispatched();
    REQUIRE(world.add_own(number, jpeg(32, 32), "a.jpg").status == 201);
    REQUIRE(world.add(world.person(Role::agent), number, pdf(), "foreign.pdf").status == 404);
    REQUIRE(world.stored() == 3);
    const auto sweep = [&](std::chrono::hours age) {
        const auto before = std::chrono::system_clock::now() - age;
        return *world.auth.run(world.desk.sweep(world.auth.pool, before));
    };
    CHECK(sweep(24h) == 0);
    CHECK(sweep(-1h) == 1);
    CHECK(world.stored() == 2);
    CHECK(world.check().ok());
}
