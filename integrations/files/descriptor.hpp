#pragma once

#include "ticketing/errors.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <system_error>
#include <utility>

namespace hotline::files {

// An open file of the system, closed when it dies.
class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&&) = delete;
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }

    explicit operator bool() const { return number_ >= 0; }
    int number() const { return number_; }

private:
    int number_;
};

// The disk refused; the operator's log says what.
inline std::unexpected<Error> away(const std::filesystem::path& place, int error) {
    const std::string why = std::generic_category().message(error);
    return fail(ErrorCode::store_unavailable, place.string() + ": " + why);
}

// A name in a folder lasts only when the folder is on disk too.
inline Result<void> sync_folder(const std::filesystem::path& folder) {
    const Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!opened || ::fsync(opened.number()) != 0) return away(folder, errno);
    return {};
}

}  // namespace hotline::files
