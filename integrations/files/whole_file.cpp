#include "integrations/files/whole_file.hpp"

#include <sys/stat.h>

#include <cerrno>
#include <cstdio>

namespace hotline::files {
namespace {

constexpr ::mode_t whole_file_mode = 0640;

}  // namespace

Result<std::string> read_file(const std::filesystem::path& place) {
    const Descriptor file(::open(place.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file) return away(place, errno);
    return read_opened(file, place);
}

Result<std::string> read_opened(const Descriptor& file, const std::filesystem::path& place) {
    struct ::stat seen{};
    if (::fstat(file.number(), &seen) != 0) return away(place, errno);
    if (!S_ISREG(seen.st_mode)) return away(place, S_ISDIR(seen.st_mode) ? EISDIR : EINVAL);
    std::string bytes(static_cast<std::size_t>(seen.st_size), '\0');
    std::size_t have = 0;
    while (have < bytes.size()) {
        const auto got = ::read(file.number(), bytes.data() + have, bytes.size() - have);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return away(place, errno);
        if (got == 0) break;
        have += static_cast<std::size_t>(got);
    }
    bytes.resize(have);
    return bytes;
}

Result<void> write_new(const std::filesystem::path& place, std::string_view bytes) {
    Descriptor file(::open(place.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, whole_file_mode)
    );
    if (!file) return away(place, errno);
    if (auto written = write_all(file, place, bytes); !written) return written;
    if (::fsync(file.number()) != 0) return away(place, errno);
    return {};
}

Result<void> write_all(
    const Descriptor& file, const std::filesystem::path& place, std::string_view bytes
) {
    while (!bytes.empty()) {
        const auto written = ::write(file.number(), bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return away(place, errno);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

Result<void> replace_file(const std::filesystem::path& place, std::string_view bytes) {
    const std::filesystem::path folder = std::filesystem::absolute(place).parent_path();
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) return away(folder, error.value());
    const std::filesystem::path fresh =
        folder / (place.filename().string() + ".new-" + std::to_string(::getpid()));
    ::unlink(fresh.c_str());
    auto written = write_new(fresh, bytes);
    if (written && std::rename(fresh.c_str(), place.c_str()) != 0) written = away(place, errno);
    if (!written) {
        ::unlink(fresh.c_str());
        return written;
    }
    return sync_folder(folder);
}

}  // namespace hotline::files
