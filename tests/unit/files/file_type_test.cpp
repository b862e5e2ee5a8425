#include "integrations/files/prepared_file.hpp"
#include "tests/unit/files/samples.hpp"

#include <doctest/doctest.h>

using namespace hotline;
using namespace hotline::files;
using namespace std::literals;

namespace {

// Two frames of 128 kbit/s at 44.1 kHz: 417 bytes each.
std::string mp3() {
    std::string frame = "\xff\xfb\x90\x00"s + std::string(413, '\0');
    return frame + frame + frame;
}

std::string webm(std::string_view codec) {
    return "\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm"s + std::string(40, '\0') + std::string(codec);
}

Checked<Format> found(std::string_view bytes) {
    return format_of(bytes);
}

}  // namespace

TEST_CASE("each kind of file is known by its bytes") {
    CHECK(found(test::jpeg(8, 8)) == Format::jpeg);
    CHECK(found(test::png(8, 8)) == Format::png);
    CHECK(found(test::webp(8, 8)) == Format::webp);
    CHECK(found(test::pdf()) == Format::pdf);
    CHECK(found(test::docx()) == Format::docx);
    CHECK(found(test::zip({"[Content_Types].xml", "xl/workbook.xml"})) == Format::xlsx);
    CHECK(found("现场情况：\r\n围墙已拆除。\n") == Format::text);
    CHECK(found(test::mp4("M4A ", "soun")) == Format::m4a);
    CHECK(found("OggS\0\x02OpusHead"s) == Format::ogg);
    CHECK(found(webm("A_OPUS")) == Format::webm);
    CHECK(found(mp3()) == Format::mp3);
    CHECK(found("ID3\x04\0\0\0\0\0\0\0\0"s) == Format::mp3);
    CHECK(found("#!AMR\n\x3c"s) == Format::amr);
}

TEST_CASE("everything else is refused for its own reason") {
    const auto why = [](std::string_view bytes) { return format_of(bytes).error(); };
    CHECK(why("") == Refusal::empty);
    CHECK(
        why("\x7f"
            "ELF\x02\x01\x01\0"s) == Refusal::unknown_type
    );
    CHECK(why("MZ\x90\0\x03\0"s) == Refusal::unknown_type);
    CHECK(why("GIF89a\x01\0\x01\0"s) == Refusal::unknown_type);
    CHECK(why("\xb1\xea\xcc\xe2"s) == Refusal::unknown_type);  // text, but GBK
    CHECK(why(test::mp4("heic", "pict")) == Refusal::heic);
    CHECK(why("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"s) == Refusal::old_office);
    CHECK(why(test::mp4("isom", "vide")) == Refusal::video);
    CHECK(why(webm("V_VP8 A_OPUS")) == Refusal::video);
    CHECK(why(test::zip({"a.txt"})) == Refusal::unknown_type);
    CHECK(
        why(test::zip({"[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"})) ==
        Refusal::macros
    );
}

TEST_CASE("a file that is two files at once is refused") {
    const std::string both[] = {
        test::docx() + "<script>alert(1)</script>",
        test::docx() + test::pdf(),
        "PK\x03\x04"s + test::docx(),  // its directory says another place
        test::zip({"[Content_Types].xml", "word/document.xml", "xl/workbook.xml"}),
    };
    for (const auto& bytes : both)
        CHECK(format_of(bytes) == std::unexpected(Refusal::unknown_type));
}

TEST_CASE("a truncated or lying archive reads nothing past its end") {
    const std::string whole = test::docx();
    for (std::size_t size = 0; size < whole.size(); ++size) {
        CHECK_FALSE(format_of(std::string_view(whole).substr(0, size)) == Format::docx);
    }
    for (std::size_t at = whole.size() - 22; at < whole.size(); ++at) {
        std::string lying = whole;
        lying[at] = '\xff';
        CHECK_FALSE(format_of(lying).has_value());
    }
}

TEST_CASE("a web page stays text, whatever it is called") {
    const auto page = "<!doctype html><script>alert(1)</script>"s;
    REQUIRE(format_of(page) == Format::text);
    CHECK_FALSE(extension_fits("page.html", Format::text));
    CHECK(media_type_of(kind_of(Format::text)) == "text/plain; charset=utf-8");
}

TEST_CASE("the name may say nothing, but nothing else than the bytes") {
    CHECK(extension_fits("照片.JPG", Format::jpeg));
    CHECK(extension_fits("mmexport1700000000.jpg", Format::png));  // chat programs do that
    CHECK(extension_fits("", Format::pdf));
    CHECK(extension_fits("voice.mp4", Format::m4a));
    CHECK_FALSE(extension_fits("photo.jpg", Format::pdf));
    CHECK_FALSE(extension_fits("bill.pdf.exe", Format::pdf));
    CHECK(prepare(test::pdf(), "photo.jpg").error() == Refusal::other_extension);
}

TEST_CASE("what is no picture is stored as it came") {
    const auto kept = prepare(test::pdf(), "证明.pdf");
    REQUIRE(kept);
    CHECK(kept->kind == ticketing::FileKind::pdf);
    CHECK(kept->bytes == test::pdf());
    CHECK(kept->preview.empty());
}
