#pragma once

#include "integrations/files/file_type.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

// Decoded pictures and what is done with them. Everything here is CPU work: keep it off the I/O
// thread.
namespace hotline::files {

// Past it a picture is not decoded; 50 megapixels is what telephones take at most in daily use.
constexpr std::size_t most_pixels = 50'000'000;

// Rows of red, green and blue bytes.
struct Raster {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> rgb;

    std::size_t stride() const { return static_cast<std::size_t>(width) * 3; }
};

// The picture's pixels, shrunk while decoding where its format can, but not below `longest` on its
// longest side. Sizes are read from the header first. What was transparent is white.
Checked<Raster> decode(std::string_view bytes, Format format, int longest);

// Averages areas down to `longest` on the longest side; smaller pictures stay as they are.
Raster shrunk(Raster raster, int longest);

// Turned and mirrored as Exif's orientation asks.
Raster upright(Raster raster, int orientation);

// Baseline JPEG of full colour resolution, so that written matter stays readable. No metadata.
Checked<std::string> encode_jpeg(const Raster& raster, int quality);

}  // namespace hotline::files
