#include "integrations/files/file_store.hpp"

#include "integrations/files/whole_file.hpp"

#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdio>

namespace hotline::files {
namespace {

namespace fs = std::filesystem;

constexpr ::mode_t file_mode = 0640;
constexpr fs::perms folder_perms =
    fs::perms::owner_all | fs::perms::group_read | fs::perms::group_exec;
constexpr std::string_view aside = ".new-";

bool is_digest(std::string_view name) {
    return name.size() == 64 && std::ranges::all_of(name, [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

Result<void> make_folder(const fs::path& folder) {
    std::error_code error;
    if (!fs::create_directory(folder, error)) {
        if (error) return away(folder, error.value());
        return {};
    }
    fs::permissions(folder, folder_perms, error);
    return sync_folder(folder.parent_path());
}

// Held shared by who stores and alone by who removes, so that no file goes between "it is there
// already" and the row that names it.
Result<Descriptor> lock(const fs::path& folder, int how) {
    const fs::path file = folder / ".lock";
    Descriptor held(::open(file.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, file_mode));
    if (!held || ::flock(held.number(), how) != 0) return away(file, errno);
    return held;
}

// ab/cd of ab/cd/abcd…
Result<void> make_inner(const fs::path& inner) {
    if (auto made = make_folder(inner.parent_path()); !made) return made;
    return make_folder(inner);
}

fs::path fresh_place(const fs::path& folder) {
    static std::atomic<std::uint64_t> serial{0};
    return folder /
           (std::string(aside) + std::to_string(::getpid()) + "-" + std::to_string(++serial));
}

bool older(const fs::path& place, std::chrono::system_clock::time_point before) {
    struct ::stat seen{};
    if (::stat(place.c_str(), &seen) != 0 || !S_ISREG(seen.st_mode)) return false;
    return std::chrono::system_clock::from_time_t(seen.st_mtime) < before;
}

}  // namespace

Result<FileStore> FileStore::open(fs::path folder) {
    std::error_code error;
    folder = fs::absolute(folder, error);
    fs::create_directories(folder.parent_path(), error);
    if (auto made = make_folder(folder); !made) {
        return fail(ErrorCode::internal, made.error().detail);
    }
    if (::access(folder.c_str(), R_OK | W_OK | X_OK) != 0) {
        return fail(ErrorCode::internal, "the folder for files is not ours: " + folder.string());
    }
    return FileStore(std::move(folder));
}

fs::path FileStore::place_of(const std::string& digest) const {
    return folder_ / digest.substr(0, 2) / digest.substr(2, 2) / digest;
}

Result<void> FileStore::put(const std::string& digest, std::string_view bytes) const {
    if (!is_digest(digest)) return fail(ErrorCode::internal, "no digest: " + digest);
    const auto held = lock(folder_, LOCK_SH);
    if (!held) return std::unexpected(held.error());
    const fs::path place = place_of(digest);
    // There already: its age starts anew.
    if (::utimensat(AT_FDCWD, place.c_str(), nullptr, 0) == 0) return {};
    const fs::path inner = place.parent_path();
    if (auto made = make_inner(inner); !made) return made;
    const fs::path fresh = fresh_place(inner);
    auto written = write_new(fresh, bytes);
    if (written && std::rename(fresh.c_str(), place.c_str()) != 0) written = away(place, errno);
    if (!written) {
        ::unlink(fresh.c_str());
        return written;
    }
    return sync_folder(inner);
}

Result<FileStore::Incoming> FileStore::begin() const {
    fs::path place = fresh_place(folder_);
    Descriptor file(::open(place.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, file_mode));
    if (!file) return away(place, errno);
    return Incoming(*this, std::move(place), std::move(file));
}

FileStore::Incoming::Incoming(const FileStore& store, fs::path place, Descriptor file)
    : folder_(store.folder()), place_(std::move(place)), file_(std::move(file)) {}

FileStore::Incoming::Incoming(Incoming&& other) noexcept
    : folder_(std::move(other.folder_)),
      place_(std::exchange(other.place_, {})),
      file_(std::move(other.file_)) {}

FileStore::Incoming::~Incoming() {
    if (!place_.empty()) ::unlink(place_.c_str());
}

Result<void> FileStore::Incoming::add(std::string_view bytes) {
    return write_all(file_, place_, bytes);
}

Result<void> FileStore::Incoming::keep(const std::string& digest) {
    if (!is_digest(digest)) return fail(ErrorCode::internal, "no digest: " + digest);
    if (::fsync(file_.number()) != 0) return away(place_, errno);
    const auto held = lock(folder_, LOCK_SH);
    if (!held) return std::unexpected(held.error());
    const fs::path place = FileStore(folder_).place_of(digest);
    const fs::path inner = place.parent_path();
    if (auto made = make_inner(inner); !made) return made;
    if (std::rename(place_.c_str(), place.c_str()) != 0) return away(place, errno);
    place_.clear();
    return sync_folder(inner);
}

Result<std::optional<std::string>> FileStore::read(const std::string& digest) const {
    if (!is_digest(digest)) return std::nullopt;
    const fs::path place = place_of(digest);
    const Descriptor file(::open(place.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (!file && errno == ENOENT) return std::nullopt;
    if (!file) return away(place, errno);
    return read_opened(file, place);
}

Result<std::optional<std::string>> FileStore::read_part(
    const std::string& digest, std::uint64_t first, std::size_t length
) const {
    if (!is_digest(digest)) return std::nullopt;
    const fs::path place = place_of(digest);
    const Descriptor file(::open(place.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (!file && errno == ENOENT) return std::nullopt;
    if (!file) return away(place, errno);
    std::string bytes(length, '\0');
    std::size_t have = 0;
    while (have < length) {
        const auto from = static_cast<::off_t>(first + have);
        const auto got = ::pread(file.number(), bytes.data() + have, length - have, from);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return away(place, errno);
        if (got == 0) break;
        have += static_cast<std::size_t>(got);
    }
    bytes.resize(have);
    return bytes;
}

Result<std::optional<std::uint64_t>> FileStore::size_of(const std::string& digest) const {
    if (!is_digest(digest)) return std::nullopt;
    struct ::stat seen{};
    const fs::path place = place_of(digest);
    if (::stat(place.c_str(), &seen) == 0) return static_cast<std::uint64_t>(seen.st_size);
    if (errno == ENOENT) return std::nullopt;
    return away(place, errno);
}

Result<bool> FileStore::remove(const std::string& digest) const {
    if (!is_digest(digest)) return false;
    const auto held = lock(folder_, LOCK_EX);
    if (!held) return std::unexpected(held.error());
    const fs::path place = place_of(digest);
    if (::unlink(place.c_str()) == 0) return true;
    if (errno == ENOENT) return false;
    return away(place, errno);
}

Result<std::uint64_t> FileStore::sweep(
    std::chrono::system_clock::time_point before, const Kept& kept
) const {
    std::uint64_t removed = 0;
    std::error_code error;
    auto entry = fs::recursive_directory_iterator(folder_, error);
    for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
        const fs::path place = entry->path();
        const std::string name = place.filename().string();
        const bool leftover = name.starts_with(aside);
        if ((!is_digest(name) && !leftover) || !older(place, before)) continue;
        if (!leftover) {
            const auto needed = kept(name);
            if (!needed) return std::unexpected(needed.error());
            if (*needed) continue;
        }
        const auto held = lock(folder_, LOCK_EX);
        if (!held) return std::unexpected(held.error());
        // Stored again since we asked?
        if (older(place, before) && ::unlink(place.c_str()) == 0) ++removed;
    }
    if (error) return away(folder_, error.value());
    return removed;
}

}  // namespace hotline::files
