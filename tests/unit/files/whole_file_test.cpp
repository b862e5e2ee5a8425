#include "integrations/files/whole_file.hpp"

#include <doctest/doctest.h>

#include <filesystem>

using namespace hotline;
namespace fs = std::filesystem;

namespace {

struct EmptyFolder {
    fs::path path = fs::temp_directory_path() / ("whole-file-" + std::to_string(::getpid()));
    EmptyFolder() { fs::create_directories(path); }
    ~EmptyFolder() { fs::remove_all(path); }
};

std::size_t entries(const fs::path& folder) {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(folder), fs::directory_iterator())
    );
}

}  // namespace

TEST_CASE("a file is replaced as a whole and leaves nothing beside it") {
    const EmptyFolder folder;
    const fs::path place = folder.path / "deep" / "model";
    REQUIRE(files::replace_file(place, "one"));
    REQUIRE(files::replace_file(place, std::string(100'000, 'x')));
    CHECK(files::read_file(place)->size() == 100'000);
    CHECK(entries(place.parent_path()) == 1);
}

TEST_CASE("a file that cannot be replaced is left as it is") {
    const EmptyFolder folder;
    const fs::path place = folder.path / "taken";
    fs::create_directories(place / "inside");
    const auto written = files::replace_file(place, "bytes");
    REQUIRE_FALSE(written);
    CHECK(written.error().code == ErrorCode::store_unavailable);
    CHECK(entries(folder.path) == 1);
}

TEST_CASE("a file that is not there, or a folder, is an error that names it") {
    const EmptyFolder folder;
    const auto missing = files::read_file(folder.path / "none");
    REQUIRE_FALSE(missing);
    CHECK(missing.error().detail.find("none") != std::string::npos);
    CHECK_FALSE(files::read_file(folder.path));
}
