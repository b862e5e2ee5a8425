#include "server/cli/progress.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <cstdio>

namespace hotline::cli {

Progress::Progress(std::string what, std::uint64_t total)
    : what_(std::move(what)), total_(total), watched_(isatty(STDERR_FILENO) == 1) {}

void Progress::draw(std::uint64_t percent) const {
    constexpr std::uint64_t width = 40;
    const std::uint64_t filled = percent * width / 100;
    if (watched_) {
        fmt::print(
            stderr, "\r{} [{:#<{}}{:.<{}}] {:3}%", what_, "", filled, "", width - filled, percent
        );
    } else {
        fmt::print(stderr, "{}: {}%\n", what_, percent);
    }
    std::fflush(stderr);
}

void Progress::reached(std::uint64_t done) {
    const std::uint64_t step = watched_ ? 1 : 10;
    const std::uint64_t percent = total_ == 0 ? 100 : done * 100 / total_;
    if (percent < shown_ + step) return;
    shown_ = percent;
    draw(percent);
}

void Progress::finished() {
    if (watched_) fmt::print(stderr, "\n");
}

}  // namespace hotline::cli
