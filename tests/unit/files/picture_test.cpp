#include "integrations/files/orientation.hpp"
#include "integrations/files/prepared_file.hpp"
#include "tests/unit/files/samples.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace hotline;
using namespace hotline::files;
using namespace std::literals;

namespace {

enum class Colour { red, green, blue, other };

Colour colour_at(const Raster& raster, int x, int y) {
    const auto at = static_cast<std::size_t>(y) * raster.stride() + static_cast<std::size_t>(x) * 3;
    const auto* rgb = raster.rgb.data() + at;
    if (rgb[0] > 180 && rgb[1] < 90 && rgb[2] < 90) return Colour::red;
    if (rgb[1] > 180 && rgb[0] < 90 && rgb[2] < 90) return Colour::green;
    if (rgb[2] > 180 && rgb[0] < 90 && rgb[1] < 90) return Colour::blue;
    return Colour::other;
}

Raster drawn(const PreparedFile& file) {
    auto raster = decode(file.bytes, Format::jpeg, longest_side);
    REQUIRE(raster);
    return *raster;
}

}  // namespace

TEST_CASE("a picture of each format becomes a JPEG that shows the same") {
    for (const auto& sent : {test::jpeg(400, 200), test::png(400, 200), test::webp(400, 200)}) {
        const auto file = prepare(sent, "photo.jpg");
        REQUIRE(file);
        CHECK(file->kind == ticketing::FileKind::image);
        CHECK(format_of(file->bytes) == Format::jpeg);
        CHECK(file->width == 400);
        CHECK(file->height == 200);
        const Raster raster = drawn(*file);
        CHECK(colour_at(raster, 200, 5) == Colour::green);
        CHECK(colour_at(raster, 50, 150) == Colour::red);
        CHECK(colour_at(raster, 350, 150) == Colour::blue);
    }
}

TEST_CASE("a large picture is made smaller and has a preview for lists") {
    for (const auto& sent :
         {test::jpeg(4000, 3000), test::png(4000, 3000), test::webp(4000, 3000)}) {
        const auto file = prepare(sent, "photo.png");
        REQUIRE(file);
        CHECK(file->width == longest_side);
        CHECK(file->height == longest_side * 3 / 4);
        const auto small = decode(file->preview, Format::jpeg, preview_side);
        REQUIRE(small);
        CHECK(std::max(small->width, small->height) == preview_side);
    }
}

TEST_CASE("a picture stands upright and nothing of where it was taken is left") {
    const std::string sent = test::jpeg_with_exif(400, 200, 6);
    REQUIRE(sent.find("GPS 34.4994N") != std::string::npos);
    REQUIRE(orientation_of_jpeg(sent) == 6);
    const auto file = prepare(sent, "IMG_0001.jpg");
    REQUIRE(file);
    CHECK(file->width == 200);
    CHECK(file->height == 400);
    for (const auto& kept : {file->bytes, file->preview}) {
        CHECK(kept.find("GPS") == std::string::npos);
        CHECK(kept.find("Exif") == std::string::npos);
    }
    // Turned clockwise: the top line is on the right, what was left is on top.
    const Raster raster = drawn(*file);
    CHECK(colour_at(raster, 195, 200) == Colour::green);
    CHECK(colour_at(raster, 50, 50) == Colour::red);
    CHECK(colour_at(raster, 50, 350) == Colour::blue);
}

TEST_CASE("all eight orientations put the top line and the red side where they belong") {
    struct Case {
        int orientation;
        int line_x, line_y;  // on the green line, of 100 × 100
        int red_x, red_y;
    };
    for (const Case& c : {
             Case{1, 50, 4, 20, 60},
             Case{2, 50, 4, 80, 60},
             Case{3, 50, 96, 80, 40},
             Case{4, 50, 96, 20, 40},
             Case{5, 4, 50, 60, 20},
             Case{6, 96, 50, 40, 20},
             Case{7, 96, 50, 40, 80},
             Case{8, 4, 50, 60, 80},
         }) {
        CAPTURE(c.orientation);
        const Raster raster = upright(test::flag_picture(100, 100), c.orientation);
        CHECK(colour_at(raster, c.line_x, c.line_y) == Colour::green);
        CHECK(colour_at(raster, c.red_x, c.red_y) == Colour::red);
    }
}

TEST_CASE("a bomb is refused by its head, before anything is unpacked") {
    CHECK(prepare(test::png_bomb(), "bomb.png").error() == Refusal::too_many_pixels);
    CHECK(prepare(test::png_bomb(), "bomb.png").error() != Refusal::damaged);
}

TEST_CASE("a damaged picture is refused and none reads past its end") {
    for (const auto& sent : {test::jpeg(64, 64), test::png(64, 64), test::webp(64, 64)}) {
        CHECK(prepare(sent.substr(0, 30), "x.jpg").error() == Refusal::damaged);
        for (std::size_t size = 12; size < sent.size(); size += 7) {
            (void)prepare(sent.substr(0, size), "x.jpg");
        }
        for (std::size_t at = 12; at < sent.size(); at += 11) {
            std::string changed = sent;
            changed[at] = static_cast<char>(~changed[at]);
            (void)prepare(changed, "x.jpg");
        }
    }
    CHECK(orientation_of_jpeg("\xff\xd8\xff\xe1\xff\xff"s) == 1);
    CHECK(orientation_of_jpeg(test::jpeg_with_exif(8, 8, 9)) == 1);
}

TEST_CASE("what was transparent is white, not black") {
    const std::uint8_t clear[4] = {0, 0, 0, 0};
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = image.height = 1;
    image.format = PNG_FORMAT_RGBA;
    png_alloc_size_t size = 200;
    std::string sent(size, '\0');
    REQUIRE(png_image_write_to_memory(&image, sent.data(), &size, 0, clear, 0, nullptr) != 0);
    const auto raster = decode(std::string_view(sent).substr(0, size), Format::png, 100);
    REQUIRE(raster);
    CHECK(raster->rgb == std::vector<std::uint8_t>{255, 255, 255});
}
