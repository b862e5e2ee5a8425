#include "integrations/files/file_type.hpp"

#include "integrations/files/containers.hpp"
#include "ticketing/text.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

namespace hotline::files {
namespace {

using namespace std::literals;

struct Look {
    ticketing::FileKind kind;
    std::string_view extension;
    std::string_view media_type;
};

constexpr std::array<Look, 10> looks{{
    {ticketing::FileKind::image, ".jpg", "image/jpeg"},
    {ticketing::FileKind::pdf, ".pdf", "application/pdf"},
    {ticketing::FileKind::docx,
     ".docx",
     "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {ticketing::FileKind::xlsx,
     ".xlsx",
     "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    {ticketing::FileKind::text, ".txt", "text/plain; charset=utf-8"},
    {ticketing::FileKind::m4a, ".m4a", "audio/mp4"},
    {ticketing::FileKind::ogg, ".ogg", "audio/ogg"},
    {ticketing::FileKind::webm, ".webm", "audio/webm"},
    {ticketing::FileKind::mp3, ".mp3", "audio/mpeg"},
    {ticketing::FileKind::amr, ".amr", "audio/amr"},
}};

const Look& look_of(ticketing::FileKind kind) {
    return *std::ranges::find(looks, kind, &Look::kind);
}

// ISO/IEC 11172-3 2.4.2.3: a frame's header, and another one where this one ends, for frames occur
// by chance.
std::size_t mp3_frame_length(std::string_view bytes) {
    if (bytes.size() < 4) return 0;
    const auto byte = [bytes](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    const bool layer_three = byte(0) == 0xff && (byte(1) & 0xe6) == 0xe2;
    const unsigned version = (byte(1) >> 3) & 3;  // 3: MPEG-1, 2: MPEG-2, 0: MPEG-2.5
    const unsigned rate_index = byte(2) >> 4;
    const unsigned frequency_index = (byte(2) >> 2) & 3;
    const bool known = version != 1 && rate_index != 0 && rate_index != 15 && frequency_index != 3;
    if (!layer_three || !known) return 0;
    constexpr std::array<std::size_t, 15> one{
        0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320
    };
    constexpr std::array<std::size_t, 15> two{
        0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160
    };
    constexpr std::array<std::size_t, 3> frequencies{44'100, 48'000, 32'000};
    const std::size_t rate = (version == 3 ? one : two)[rate_index] * 1000;
    const std::size_t frequency = frequencies[frequency_index] >> (version == 3   ? 0
                                                                   : version == 2 ? 1
                                                                                  : 2);
    const std::size_t samples = version == 3 ? 144 : 72;
    return samples * rate / frequency + ((byte(2) >> 1) & 1U);
}

bool is_mp3(std::string_view bytes) {
    if (bytes.starts_with("ID3")) return bytes.size() > 10;
    const std::size_t length = mp3_frame_length(bytes);
    return length > 0 && length < bytes.size() && mp3_frame_length(bytes.substr(length)) > 0;
}

bool is_pdf(std::string_view bytes) {
    const std::string_view tail =
        bytes.substr(bytes.size() - std::min<std::size_t>(bytes.size(), 1024));
    return bytes.starts_with("%PDF-") && tail.find("%%EOF") != std::string_view::npos;
}

bool is_text(std::string_view bytes) {
    const auto control = [](char c) {
        return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t';
    };
    return ticketing::is_clean_utf8(bytes) && std::ranges::none_of(bytes, control);
}

}  // namespace

Checked<Format> format_of(std::string_view bytes) {
    if (bytes.empty()) return std::unexpected(Refusal::empty);
    if (bytes.starts_with("\xff\xd8\xff"sv)) return Format::jpeg;
    if (bytes.starts_with("\x89PNG\r\n\x1a\n"sv)) return Format::png;
    if (bytes.starts_with("RIFF") && bytes.size() > 12 && bytes.substr(8, 4) == "WEBP") {
        return Format::webp;
    }
    if (bytes.starts_with("PK\x03\x04"sv)) return format_of_zip(bytes);
    if (bytes.size() > 12 && bytes.substr(4, 4) == "ftyp") return format_of_mp4(bytes);
    if (bytes.starts_with("\x1a\x45\xdf\xa3"sv)) return format_of_webm(bytes);
    if (bytes.starts_with("\xd0\xcf\x11\xe0"sv)) return std::unexpected(Refusal::old_office);
    if (bytes.starts_with("OggS")) return Format::ogg;
    if (bytes.starts_with("#!AMR\n") || bytes.starts_with("#!AMR-WB\n")) return Format::amr;
    if (is_pdf(bytes)) return Format::pdf;
    if (is_mp3(bytes)) return Format::mp3;
    if (is_text(bytes)) return Format::text;
    return std::unexpected(Refusal::unknown_type);
}

bool extension_fits(std::string_view file_name, Format format) {
    const auto dot = file_name.rfind('.');
    if (dot == std::string_view::npos) return true;
    std::string given(file_name.substr(dot));
    std::ranges::transform(given, given.begin(), [](unsigned char c) {
        return static_cast<char>(std::tolower(c));
    });
    if (is_picture(format)) {
        constexpr std::array pictures{".jpg"sv, ".jpeg"sv, ".jfif"sv, ".png"sv, ".webp"sv};
        return std::ranges::find(pictures, given) != pictures.end();
    }
    constexpr std::array<std::pair<std::string_view, Format>, 4> others{{
        {".mp4", Format::m4a},
        {".aac", Format::m4a},
        {".oga", Format::ogg},
        {".opus", Format::ogg},
    }};
    return given == extension_of(kind_of(format)) ||
           std::ranges::find(others, std::pair(std::string_view(given), format)) != others.end();
}

bool is_picture(Format format) {
    return format == Format::jpeg || format == Format::png || format == Format::webp;
}

ticketing::FileKind kind_of(Format format) {
    using ticketing::FileKind;
    switch (format) {
        case Format::jpeg:
        case Format::png:
        case Format::webp:
            return FileKind::image;
        case Format::pdf:
            return FileKind::pdf;
        case Format::docx:
            return FileKind::docx;
        case Format::xlsx:
            return FileKind::xlsx;
        case Format::text:
            return FileKind::text;
        case Format::m4a:
            return FileKind::m4a;
        case Format::ogg:
            return FileKind::ogg;
        case Format::webm:
            return FileKind::webm;
        case Format::mp3:
            return FileKind::mp3;
        case Format::amr:
            return FileKind::amr;
    }
    return FileKind::text;
}

std::string_view extension_of(ticketing::FileKind kind) {
    return look_of(kind).extension;
}

std::string_view media_type_of(ticketing::FileKind kind) {
    return look_of(kind).media_type;
}

}  // namespace hotline::files
