// Recordings from the stand-in of an Asterisk into our keeping and out of it again.
#include "server/actions/check_recordings.hpp"
#include "server/phone/recording_keeper.hpp"
#include "tests/integration/phone/exchange_world.hpp"
#include "tests/support/child_process.hpp"

#include <fstream>
#include <iterator>

using namespace hotline;
using namespace hotline::test;
using namespace std::chrono_literals;

namespace {

namespace fs = std::filesystem;

constexpr auto key = "the key file's";

// An agent who answers at once and hangs up, a server, and its keeper of recordings.
struct RecordedFloor {
    explicit RecordedFloor(std::chrono::milliseconds talk = 20ms, bool over_tls = false)
        : floor(1) {
        if (over_tls) floor.secure();
        floor.set_phone("8001", {.answers_after = 5ms, .hangs_up_after = talk});
        floor.be_ready(0);
        server = std::make_unique<PhoneServer>(floor, "a");
        REQUIRE(await({server.get()}, [&] { return server->distributor().is_ready(); }));
        begin_keeper();
        call = floor.call_in();
        REQUIRE(await({server.get()}, [&] { return floor.state(call) == "ended"; }));
        recording = "rec-" + call;
        REQUIRE(await({server.get()}, [&] { return stored_there() == 1; }));
    }

    // Another server's, or this one's after a death.
    void begin_keeper() {
        vault = std::make_unique<actions::RecordingVault>(
            *files::FileStore::open(folder.path() / "recordings"), key
        );
        const phone::RecordingKeeper::Needs needs{
            .pool = floor.store.pool,
            .vault = *vault,
            .exchange = &server->distributor().exchange(),
            .metrics = metrics,
            .kept = [this](std::uint64_t of) { told.push_back(of); },
            .now = [this] { return floor.pbx.now() + later; }
        };
        keeper = std::make_unique<phone::RecordingKeeper>(
            needs, phone::RecordingSettings{.keep = std::chrono::days(730), .settles = 0ms}
        );
    }

    bool do_next() { return server->wait(keeper->do_next()); }
    void look() { REQUIRE(server->wait(keeper->look_at_exchange())); }
    std::size_t stored_there() {
        return floor.pbx.with([](AriModel& model) { return model.recordings().size(); });
    }
    std::size_t files_here() const {
        std::size_t count = 0;
        for (const auto& entry : fs::recursive_directory_iterator(folder.path())) {
            count += entry.is_regular_file() && entry.path().filename() != ".lock" ? 1U : 0U;
        }
        return count;
    }
    mysql::Recording row() {
        const auto found = floor.store.now([&](mysql::Connection& db) {
            return mysql::find_recording(
                db, static_cast<std::uint64_t>(floor.number("SELECT MAX(id) FROM phone_call"))
            );
        });
        REQUIRE(found);
        return found->recording;
    }
    telephony::RecordingState state() {
        return static_cast<telephony::RecordingState>(row().state);
    }
    void run(const std::string& sql) {
        floor.store.now([&](mysql::Connection& db) { return db.execute(sql); });
    }
    void be_due() { run("UPDATE call_recording SET next_try_at='2026-01-01' WHERE next_try_at>0"); }
    std::string bytes() {
        const auto kept = row();
        const auto read = server->wait(vault->hand_out(kept, 0, kept.bytes));
        REQUIRE(read);
        return **read;
    }
    actions::CheckResult check() {
        return floor.store.now([this](mysql::Connection& db) {
            return actions::check_recordings(
                db, *files::FileStore::open(folder.path() / "recordings"), key, floor.pbx.now()
            );
        });
    }

    Floor floor;
    TemporaryFolder folder;
    Metrics metrics;
    std::vector<std::uint64_t> told;
    std::chrono::milliseconds later{};
    std::unique_ptr<PhoneServer> server;
    std::unique_ptr<actions::RecordingVault> vault;
    std::unique_ptr<phone::RecordingKeeper> keeper;
    std::string call;
    std::string recording;
};

using enum telephony::RecordingState;

}  // namespace

TEST_CASE(
    "T46, T47: a recording is fetched after its call, is ours alone, and nobody else's to read"
) {
    RecordedFloor world(1100ms);
    REQUIRE(await({world.server.get()}, [&] {
        return world.floor.number("SELECT COUNT(*) FROM call_recording WHERE state=1") == 1;
    }));
    CHECK(world.do_next());
    CHECK(world.state() == kept);
    CHECK(world.stored_there() == 0);
    CHECK_FALSE(world.do_next());
    const auto row = world.row();
    const std::string wav = AriModel::wav_of(world.recording);
    CHECK(row.bytes == wav.size());
    CHECK(row.seconds == 10);
    CHECK(world.told == std::vector{row.call});
    CHECK(*row.keep_until == row.recorded_at + std::chrono::days(730));
    CHECK(world.bytes() == wav);
    // Any part of it, also across the pieces it lies in.
    for (const auto& [first, length] :
         {std::pair{0UZ, 44UZ}, {65'530UZ, 20UZ}, {65'536UZ, 1UZ}, {wav.size() - 3, 100UZ}}) {
        const auto part = world.server->wait(world.vault->hand_out(row, first, length));
        REQUIRE(part);
        CHECK(**part == wav.substr(first, length));
    }
    CHECK(world.check().ok());
    for (const auto& entry : fs::recursive_directory_iterator(world.folder.path())) {
        if (!entry.is_regular_file()) continue;
        std::ifstream file(entry.path(), std::ios::binary);
        const std::string disk{std::istreambuf_iterator<char>(file), {}};
        CHECK(disk.find("WAVEfmt") == std::string::npos);
        CHECK(disk.find(wav.substr(1000, 16)) == std::string::npos);
    }
    // Another key file opens none of it, and a shorter file is found out.
    const auto store = *files::FileStore::open(world.folder.path() / "recordings");
    CHECK(*actions::recording_fault(store, "another", row) == "cannot be read");
    const std::string name = crypto::hex(*row.digest);
    fs::resize_file(store.folder() / name.substr(0, 2) / name.substr(2, 2) / name, 100'000);
    CHECK(world.check().first.find("has another size") != std::string::npos);
}

TEST_CASE("T46, A28: from an exchange behind TLS recordings are fetched over it") {
    RecordedFloor world(20ms, true);
    world.look();
    world.floor.pbx.cut("/file");
    CHECK(world.do_next());
    CHECK(world.state() == at_exchange);
    world.floor.pbx.cut("");
    world.be_due();
    CHECK(world.do_next());
    CHECK(world.state() == kept);
    CHECK(world.stored_there() == 0);
    CHECK(world.bytes() == AriModel::wav_of(world.recording));
}

TEST_CASE("T46: a fetch that is cut off leaves nothing here and everything there, and comes again"
) {
    RecordedFloor world;
    world.look();
    world.floor.pbx.cut("/file");
    CHECK(world.do_next());
    auto row = world.row();
    CHECK(world.state() == at_exchange);
    CHECK(row.fault == "cut off or refused");
    CHECK(*row.next_try_at > world.floor.pbx.now() + 5s);
    CHECK(world.files_here() == 0);
    CHECK(world.stored_there() == 1);
    CHECK_FALSE(world.do_next());
    world.floor.pbx.cut("");
    world.be_due();
    CHECK(world.do_next());
    CHECK(world.state() == kept);
    CHECK(world.bytes() == AriModel::wav_of(world.recording));
}

TEST_CASE("T46: what a server had in hand when it died is another's: neither lost nor kept twice") {
    RecordedFloor world;
    world.look();
    // Fetched and noted, and then it died.
    world.floor.pbx.instead([](const Seen& seen) -> std::optional<unsigned> {
        if (seen.method == "DELETE" && seen.path.find("/recordings/") != std::string::npos) {
            return 500;
        }
        return std::nullopt;
    });
    CHECK(world.do_next());
    CHECK(world.state() == kept);
    CHECK(world.stored_there() == 1);
    world.floor.pbx.instead({});
    world.begin_keeper();
    world.be_due();
    CHECK(world.do_next());
    CHECK(world.stored_there() == 0);
    CHECK(world.files_here() == 1);
    // On disk and not noted: nobody can read it, and it is swept.
    world.run("UPDATE call_recording SET digest=NULL, state=1");
    const auto swept = world.server->wait(
        world.vault->sweep(world.floor.store.pool, std::chrono::system_clock::now() + 1h)
    );
    CHECK(*swept == 1);
    CHECK(world.files_here() == 0);
}

TEST_CASE("T46: what the exchange does not have is asked for during a month, and somebody is told"
) {
    RecordedFloor world;
    world.look();
    world.floor.pbx.with([](AriModel& model) { model.recordings().clear(); });
    CHECK(world.do_next());
    CHECK(world.state() == at_exchange);
    CHECK(world.row().fault == "not there");
    CHECK(world.check().ok());
    world.run("UPDATE call_recording SET recorded_at=recorded_at - INTERVAL 3 DAY");
    const auto check = world.check();
    CHECK(check.wrong == 1);
    CHECK(check.first.find("not fetched from the exchange for days") != std::string::npos);
    world.run("UPDATE call_recording SET recorded_at=recorded_at - INTERVAL 28 DAY");
    world.be_due();
    CHECK(world.do_next());
    CHECK(world.state() == lost);
    CHECK_FALSE(world.do_next());
    CHECK(world.check().ok());
    // It turns up after all.
    world.floor.pbx.with([&](AriModel& model) { model.recordings().insert(world.recording); });
    world.look();
    CHECK(world.do_next());
    CHECK(world.state() == kept);
}

TEST_CASE("T48: a recording goes when its time is over and nobody argues about its call any more") {
    RecordedFloor world;
    world.look();
    REQUIRE(world.do_next());
    auto appeal = CallsStore::appeal("13900000001");
    appeal.call_id = world.call;
    world.floor.store.file(std::move(appeal));
    const auto forget = [&] { return world.server->wait(world.keeper->delete_expired()); };
    CHECK(forget() == 0);
    world.later = std::chrono::days(731);
    CHECK(forget() == 0);  // its ticket is open
    world.run("UPDATE ticket SET state=9");
    CHECK(forget() == 0);  // closed can be opened again
    world.run("UPDATE ticket SET state=10");
    const auto before = world.row();
    CHECK(forget() == 1);
    CHECK(world.state() == deleted);
    const auto row = world.row();
    CHECK(row.deleted_at);
    CHECK(row.bytes == before.bytes);
    CHECK_FALSE(row.digest);
    CHECK(row.sealed_key.empty());
    CHECK(world.files_here() == 0);
    CHECK(
        world.floor.number(
            "SELECT COUNT(*) FROM audit WHERE action='recording.delete' AND "
            "object='call:" +
            std::to_string(row.call) + "'"
        ) == 1
    );
    CHECK_FALSE(world.do_next());
}
