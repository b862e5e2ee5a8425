#include "integrations/files/file_store.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <thread>
#include <vector>

using namespace hotline;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

const std::string one = std::string(62, 'a') + "01";
const std::string two = std::string(62, 'a') + "02";

struct Folder {
    fs::path path = fs::temp_directory_path() / ("hotline-files-" + std::to_string(::getpid()));
    Folder() { fs::remove_all(path); }
    ~Folder() { fs::remove_all(path); }
    files::FileStore store() const {
        auto opened = files::FileStore::open(path / "attachments");
        REQUIRE(opened);
        return *opened;
    }
    fs::path place(const std::string& digest) const {
        return path / "attachments" / digest.substr(0, 2) / digest.substr(2, 2) / digest;
    }
    std::size_t count() const {
        std::size_t files = 0;
        for (const auto& entry : fs::recursive_directory_iterator(path / "attachments")) {
            if (entry.is_regular_file() && entry.path().filename() != ".lock") ++files;
        }
        return files;
    }
    void age(const std::string& digest, std::chrono::hours by) const {
        fs::last_write_time(place(digest), fs::file_time_type::clock::now() - by);
    }
};

files::FileStore::Kept kept(bool answer) {
    return [answer](const std::string&) -> Result<bool> { return answer; };
}

}  // namespace

TEST_CASE("bytes are read back as they were stored, once, for owner and group only") {
    const Folder folder;
    const auto store = folder.store();
    REQUIRE(store.put(one, "evidence"));
    REQUIRE(store.put(one, "evidence"));
    CHECK(folder.count() == 1);
    CHECK(*store.read(one) == "evidence");
    struct ::stat seen{};
    REQUIRE(::stat(folder.place(one).c_str(), &seen) == 0);
    CHECK((seen.st_mode & 0777) == 0640);
    REQUIRE(::stat(store.folder().c_str(), &seen) == 0);
    CHECK((seen.st_mode & 0777) == 0750);
}

TEST_CASE("nothing but a digest names a file") {
    const Folder folder;
    const auto store = folder.store();
    for (const std::string name : {"../../etc/passwd", "", "AA", std::string(64, 'G').c_str()}) {
        CHECK_FALSE(store.put(name, "x"));
        CHECK_FALSE(store.read(name)->has_value());
    }
    CHECK_FALSE(store.read(two)->has_value());
}

TEST_CASE("an old file nobody names goes; a young one, a named one and one stored again stay") {
    const Folder folder;
    const auto store = folder.store();
    REQUIRE(store.put(one, "orphan"));
    REQUIRE(store.put(two, "named"));
    const auto day_ago = std::chrono::system_clock::now() - 24h;
    CHECK(*store.sweep(day_ago, kept(false)) == 0);
    folder.age(one, 25h);
    folder.age(two, 25h);
    CHECK(*store.sweep(day_ago, kept(true)) == 0);
    const auto stored_again = [&](const std::string& digest) -> Result<bool> {
        if (digest == two) REQUIRE(store.put(two, "named"));
        return false;
    };
    CHECK(*store.sweep(day_ago, stored_again) == 1);
    CHECK_FALSE(store.read(one)->has_value());
    CHECK(store.read(two)->has_value());
}

TEST_CASE("a question that cannot be answered removes nothing") {
    const Folder folder;
    const auto store = folder.store();
    REQUIRE(store.put(one, "orphan"));
    folder.age(one, 25h);
    const auto away = [](const std::string&) -> Result<bool> {
        return fail(ErrorCode::store_unavailable);
    };
    CHECK_FALSE(store.sweep(std::chrono::system_clock::now() - 24h, away));
    CHECK(store.read(one)->has_value());
}

TEST_CASE("what a killed server left half-written is swept and never read") {
    const Folder folder;
    const auto store = folder.store();
    REQUIRE(store.put(one, "whole"));
    const auto half = folder.place(one).parent_path() / ".new-1-1";
    std::ofstream(half) << "half";
    fs::last_write_time(half, fs::file_time_type::clock::now() - 25h);
    CHECK(*store.sweep(std::chrono::system_clock::now() - 24h, kept(true)) == 1);
    CHECK_FALSE(fs::exists(half));
}

TEST_CASE("many who store the same bytes at once leave one whole file") {
    const Folder folder;
    const auto store = folder.store();
    const std::string bytes(300'000, 'x');
    std::atomic<int> failures = 0;
    std::vector<std::jthread> people;
    for (int i = 0; i < 8; ++i) {
        people.emplace_back([&] {
            for (int k = 0; k < 20; ++k) {
                if (!store.put(one, bytes)) ++failures;
                const auto seen = store.read(one);
                if (!seen || !*seen || **seen != bytes) ++failures;
            }
        });
    }
    people.clear();
    CHECK(failures == 0);
    CHECK(folder.count() == 1);
}

TEST_CASE("a folder that cannot be written is said at once") {
    CHECK_FALSE(files::FileStore::open("/proc/attachments"));
}

TEST_CASE("a file that comes in pieces is there once it is kept, and leaves nothing otherwise") {
    const Folder folder;
    const auto store = folder.store();
    {
        auto incoming = store.begin();
        REQUIRE(incoming);
        REQUIRE(incoming->add("evi"));
        CHECK_FALSE(store.size_of(one)->has_value());
        REQUIRE(incoming->add("dence"));
        CHECK_FALSE(incoming->keep("../elsewhere"));
        REQUIRE(incoming->keep(one));
    }
    CHECK(*store.read(one) == "evidence");
    CHECK(*store.size_of(one) == 8U);
    {
        auto given_up = store.begin();
        REQUIRE(given_up);
        REQUIRE(given_up->add("half a"));
        CHECK(folder.count() == 2);
    }
    CHECK(folder.count() == 1);
}

TEST_CASE("a part is read as far as there is one, and what was removed is gone") {
    const Folder folder;
    const auto store = folder.store();
    REQUIRE(store.put(one, "evidence"));
    CHECK(*store.read_part(one, 0, 3) == "evi");
    CHECK(*store.read_part(one, 3, 100) == "dence");
    CHECK(*store.read_part(one, 8, 1) == "");
    CHECK_FALSE(store.read_part(two, 0, 1)->has_value());
    CHECK(*store.remove(one));
    CHECK_FALSE(*store.remove(one));
    CHECK_FALSE(store.read(one)->has_value());
    CHECK_FALSE(*store.remove("../../etc/passwd"));
}
