#include "integrations/files/raster.hpp"

#include <algorithm>

namespace hotline::files {
namespace {

// The source columns (or rows) one target column covers: [begin, end), at least one.
struct Span {
    int begin;
    int end;
};

Span span_of(int target, int targets, int sources) {
    const auto at = [&](int i) {
        return static_cast<int>(static_cast<std::int64_t>(i) * sources / targets);
    };
    const int begin = at(target);
    return {begin, std::max(begin + 1, at(target + 1))};
}

void average(const Raster& from, Span columns, Span rows, std::uint8_t* into) {
    std::uint32_t sum[3] = {};
    for (int y = rows.begin; y < rows.end; ++y) {
        const std::size_t start = static_cast<std::size_t>(y) * from.stride();
        for (int x = columns.begin; x < columns.end; ++x) {
            const std::size_t at = start + static_cast<std::size_t>(x) * 3;
            for (std::size_t c = 0; c < 3; ++c) sum[c] += from.rgb[at + c];
        }
    }
    const auto count =
        static_cast<std::uint32_t>((columns.end - columns.begin) * (rows.end - rows.begin));
    for (std::size_t c = 0; c < 3; ++c) {
        into[c] = static_cast<std::uint8_t>((sum[c] + count / 2) / count);
    }
}

}  // namespace

Raster shrunk(Raster raster, int longest) {
    const int side = std::max(raster.width, raster.height);
    if (side <= longest) return raster;
    const auto scaled = [&](int length) {
        const auto exact = (static_cast<std::int64_t>(length) * longest + side / 2) / side;
        return std::max(1, static_cast<int>(exact));
    };
    Raster small{scaled(raster.width), scaled(raster.height), {}};
    small.rgb.resize(small.stride() * static_cast<std::size_t>(small.height));
    std::uint8_t* into = small.rgb.data();
    for (int y = 0; y < small.height; ++y) {
        const Span rows = span_of(y, small.height, raster.height);
        for (int x = 0; x < small.width; ++x, into += 3) {
            average(raster, span_of(x, small.width, raster.width), rows, into);
        }
    }
    return small;
}

// Exif 2.32, 4.6.5: 2 mirrored, 3 upside down, 4 both, 5 to 8 the same lying on a side.
Raster upright(Raster raster, int orientation) {
    if (orientation <= 1 || orientation > 8) return raster;
    const bool lying = orientation >= 5;
    Raster turned =
        lying ? Raster{raster.height, raster.width, {}} : Raster{raster.width, raster.height, {}};
    turned.rgb.resize(raster.rgb.size());
    const bool mirrored_x =
        orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
    const bool mirrored_y =
        orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
    for (int y = 0; y < turned.height; ++y) {
        for (int x = 0; x < turned.width; ++x) {
            int from_x = lying ? y : x;
            int from_y = lying ? x : y;
            if (mirrored_x) from_x = raster.width - 1 - from_x;
            if (mirrored_y) from_y = raster.height - 1 - from_y;
            const std::size_t from = static_cast<std::size_t>(from_y) * raster.stride() +
                                     static_cast<std::size_t>(from_x) * 3;
            const std::size_t to =
                static_cast<std::size_t>(y) * turned.stride() + static_cast<std::size_t>(x) * 3;
            std::copy_n(raster.rgb.data() + from, 3, turned.rgb.data() + to);
        }
    }
    return turned;
}

}  // namespace hotline::files
