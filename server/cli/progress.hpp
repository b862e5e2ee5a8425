#pragma once

#include <cstdint>
#include <string>

namespace hotline::cli {

// How far a long job is, on standard error: a bar where somebody watches, else a line at each
// tenth.
class Progress {
public:
    Progress(std::string what, std::uint64_t total);
    void reached(std::uint64_t done);
    void finished();

private:
    void draw(std::uint64_t percent) const;

    std::string what_;
    std::uint64_t total_;
    bool watched_;
    std::uint64_t shown_ = 0;
};

}  // namespace hotline::cli
