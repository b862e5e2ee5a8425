// T35 who may add a file when, A10 who may know of it, and what it is called.
#include "tests/unit/ticketing/stage.hpp"
#include "ticketing/file_name.hpp"
#include "ticketing/lifecycle/rules.hpp"
#include "ticketing/permissions.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace stage;

namespace {

ActRequest file(const Stage& s, Role role, Audience audience = Audience::everyone) {
    auto request = s.request(Act::attach, role);
    request.file->audience = audience;
    request.reason.clear();
    return request;
}

bool offered(const Stage& s, const Actor& actor) {
    const auto acts = allowed_acts(s.ticket, actor, s.surroundings());
    return std::ranges::find(acts, Act::attach) != acts.end();
}

}  // namespace

TEST_CASE("T35 a file stands in the log by kind, size and digest, with no name and no other change"
) {
    Stage s;
    s.handling();
    const Ticket before = s.ticket;
    REQUIRE(s.tried(file(s, Role::official)) == "");
    CHECK(s.rule == "T35");
    CHECK(s.event.act == Act::attach);
    CHECK(
        s.event.changes == R"({"file":[null,"image 48213 sha256:)" + std::string(64, 'a') + R"("]})"
    );
    CHECK(s.event.reason.empty());
    CHECK_FALSE(s.event.internal);
    Ticket expected = before;
    ++expected.version;
    CHECK(s.ticket == expected);
}

TEST_CASE("T35 the appellant is not shown that an internal file was added, and cannot add one") {
    Stage s;
    s.handling();
    REQUIRE(s.tried(file(s, Role::reviewer, Audience::staff)) == "");
    CHECK(s.event.internal);
    CHECK(s.tried(file(s, Role::enterprise)) == "");
    CHECK_FALSE(s.event.internal);
}

TEST_CASE("T35 files are taken while the ticket is open or a draft, and not after its end") {
    for (const auto& [state, word] : names_of(State{})) {
        CAPTURE(word);
        Stage s;
        s.ticket.state = state;
        const bool open = !is_final(state);
        for (const Role role : {Role::enterprise, Role::agent, Role::reviewer}) {
            const auto tried = s.tried(file(s, role));
            CHECK((tried.empty()) == open);
            if (!open) CHECK(tried == "not_allowed_in_state state:" + std::string(word));
            CHECK(offered(s, s.actor(role)) == open);
        }
    }
}

TEST_CASE("T35 neither managers nor clocks nor those who see no ticket add files") {
    Stage s;
    s.handling();
    for (const Role role :
         {Role::manager, Role::auditor, Role::admin, Role::system, Role::machine}) {
        CHECK(s.tried(file(s, role)) == "forbidden attach");
        CHECK(s.tried(file(s, role, Audience::staff)) == "forbidden attach");
        CHECK_FALSE(offered(s, s.actor(role)));
    }
}

TEST_CASE("T35 who only looks on adds internal files; what the appellant sees is for who answers") {
    Stage s;
    s.handling();
    auto looker = file(s, Role::official);
    looker.actor.official = s.city.stranger;
    CHECK(s.tried(looker) == "guard_failed answers_for_ticket");
    looker.file->audience = Audience::staff;
    CHECK(s.tried(looker) == "");
    CHECK(offered(s, looker.actor));
}

TEST_CASE("T35 there is room for so many, and the appellant leaves some of it") {
    Stage s;
    s.handling();
    auto own = file(s, Role::enterprise);
    own.file->files_before = own.file->appellants_before = rules::appellant_files - 1;
    CHECK(s.decided(own));
    own.file->files_before = own.file->appellants_before = rules::appellant_files;
    CHECK(s.tried(own) == "guard_failed room_for_file");
    auto units = file(s, Role::official);
    units.file->files_before = units.file->appellants_before = rules::appellant_files;
    CHECK(s.decided(units));
    units.file->files_before = rules::ticket_files;
    CHECK(s.tried(units) == "guard_failed room_for_file");
    units.file->files_before = 1;
    units.file->bytes_before = rules::ticket_file_bytes - units.file->bytes;
    CHECK(s.decided(units));
    ++units.file->bytes_before;
    CHECK(s.tried(units) == "guard_failed room_for_file");
    units.file->audience = Audience::staff;
    CHECK(s.tried(units) == "guard_failed room_for_file");
}

TEST_CASE("T35 without a file there is nothing to attach") {
    Stage s;
    auto nothing = s.request(Act::attach, Role::agent);
    nothing.file.reset();
    CHECK(s.tried(nothing) == "guard_failed has_file");
}

TEST_CASE("A10 who may know of a file of whom") {
    const UserId agent{50};
    for (const auto& [role, word] : names_of(Role{})) {
        CAPTURE(word);
        const Actor actor{.user = {9}, .role = role};
        CHECK(may_open_file(actor, Audience::everyone, agent));
        CHECK(may_open_file(actor, Audience::staff, agent) == (role != Role::enterprise));
        const bool reveals =
            role == Role::reviewer || role == Role::supervisor || role == Role::enterprise;
        CHECK(may_open_file(actor, Audience::held, agent) == reveals);
    }
    CHECK(may_open_file({.user = agent, .role = Role::agent}, Audience::held, agent));
    CHECK_FALSE(may_open_file({.role = Role::agent}, Audience::held, {}));
}

TEST_CASE("A10 what comes from a hidden appellant is held, whoever hands it in") {
    Stage s;
    const auto audience = [&s](Role role) { return audience_of_new_file(s.actor(role), s.ticket); };
    for (const Role role : {Role::enterprise, Role::agent, Role::official, Role::reviewer}) {
        CHECK(audience(role) == Audience::everyone);
    }
    s.ticket.appellant.confidential = true;
    CHECK(audience(Role::enterprise) == Audience::held);
    CHECK(audience(Role::agent) == Audience::held);
    CHECK(audience(Role::official) == Audience::everyone);  // the unit's evidence
    const Actor visitor{.user = s.ticket.created_by, .role = Role::official};
    CHECK(audience_of_new_file(visitor, s.ticket) == Audience::held);
    s.ticket.appellant.confidential = false;
    s.ticket.appellant.anonymous = true;
    CHECK(audience(Role::enterprise) == Audience::held);
}

TEST_CASE("A10 the unit's evidence reaches the appellant with the reviewed result") {
    Stage s;
    s.submitted();
    CHECK_FALSE(shown_to_appellant(s.ticket, Audience::everyone, Role::official));
    CHECK(shown_to_appellant(s.ticket, Audience::everyone, Role::enterprise));
    CHECK(shown_to_appellant(s.ticket, Audience::held, Role::enterprise));
    CHECK(shown_to_appellant(s.ticket, Audience::everyone, Role::agent));
    s.act(Act::review_pass, Role::reviewer);
    CHECK(shown_to_appellant(s.ticket, Audience::everyone, Role::official));
    CHECK_FALSE(shown_to_appellant(s.ticket, Audience::staff, Role::official));
}

TEST_CASE("a file's name is tidied and gets the extension of what was found") {
    CHECK(tidy_file_name("现场照片.JPG", ".jpg") == "现场照片.jpg");
    CHECK(tidy_file_name("report.final.pdf", ".pdf") == "report.final.pdf");
    CHECK(tidy_file_name("../../etc/passwd", ".txt") == "passwd.txt");
    CHECK(tidy_file_name("C:\\Users\\me\\a.png", ".jpg") == "a.jpg");
    CHECK(tidy_file_name("", ".jpg") == "file.jpg");
    CHECK(tidy_file_name(".htaccess", ".txt") == "file.txt");
    CHECK(tidy_file_name("...", ".txt") == "file.txt");
    CHECK(tidy_file_name("\xff\xfe.jpg", ".jpg") == "file.jpg");
    CHECK(tidy_file_name("a\"b<c>:d|?*.pdf", ".pdf") == "a_b_c__d___.pdf");
    CHECK(tidy_file_name("a\r\nSet-Cookie: x.pdf", ".pdf").find('\n') == std::string::npos);
    // An override would show "fdp.exe" as "exe.pdf".
    CHECK(
        tidy_file_name(
            "gpj.\xE2\x80\xAE"
            "exe.jpg",
            ".jpg"
        ) == "gpj.exe.jpg"
    );
    CHECK(
        tidy_file_name(
            "a\xE2\x80\x8B\xEF\xBB\xBF\xC2\xAD\xD8\x9C\xE2\x81\xA6"
            "b.txt",
            ".txt"
        ) == "ab.txt"
    );
    std::string long_name;
    for (int i = 0; i < 100; ++i) long_name += "长";
    const auto tidied = tidy_file_name(long_name + ".docx", ".docx");
    CHECK(tidied.size() == 60 * 3 + 5);
    CHECK(tidied.ends_with(".docx"));
}
