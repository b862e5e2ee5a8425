#pragma once

#include "integrations/files/file_type.hpp"

#include <string>
#include <string_view>

namespace hotline::files {

constexpr int longest_side = 2560;  // of a stored picture: a page of A4 at 220 dots an inch
constexpr int preview_side = 320;   // for lists

// What is stored of a file somebody sent. Pictures are decoded and drawn anew, upright, without
// anything the telephone wrote beside them (place, time, owner); the rest is stored as it came.
struct PreparedFile {
    ticketing::FileKind kind = ticketing::FileKind::text;
    std::string bytes;
    std::string preview;  // pictures: a small JPEG
    int width = 0;        // pictures
    int height = 0;
};

// Neither the name nor anything else the sender says is believed; the name may only not contradict
// what was found. Work for the processor: up to three seconds and some 350 MB for
// the largest picture.
Checked<PreparedFile> prepare(std::string bytes, std::string_view file_name);

}  // namespace hotline::files
