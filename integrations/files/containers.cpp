#include "integrations/files/containers.hpp"

#include <cstddef>

namespace hotline::files {
namespace {

using namespace std::literals;

constexpr std::size_t most_entries = 10'000;

std::size_t little_endian(std::string_view bytes, std::size_t at, std::size_t count) {
    std::size_t value = 0;
    for (std::size_t i = count; i-- > 0;) {
        value = (value << 8) | static_cast<unsigned char>(bytes[at + i]);
    }
    return value;
}

// APPNOTE 6.3.10, sections 4.3.12 and 4.3.16.
constexpr std::size_t end_record_size = 22;
constexpr std::size_t directory_entry_size = 46;

// What the names of an archive's entries say.
struct Contents {
    bool types = false;
    bool document = false;
    bool workbook = false;
    bool macros = false;

    void take(std::string_view name) {
        types = types || name == "[Content_Types].xml";
        document = document || name == "word/document.xml";
        workbook = workbook || name == "xl/workbook.xml";
        macros = macros || name.ends_with("vbaProject.bin");
    }
};

// Only an archive without a comment, and without anything before it, between its directory and its
// end or after it, is one file and not two.
std::optional<Contents> read_directory(std::string_view bytes) {
    if (bytes.size() < end_record_size) return std::nullopt;
    const std::size_t end = bytes.size() - end_record_size;
    if (!bytes.substr(end).starts_with("PK\x05\x06"sv)) return std::nullopt;
    const std::size_t entries = little_endian(bytes, end + 10, 2);
    const std::size_t size = little_endian(bytes, end + 12, 4);
    std::size_t at = little_endian(bytes, end + 16, 4);
    const bool one_disk =
        little_endian(bytes, end + 4, 4) == 0 && little_endian(bytes, end + 8, 2) == entries;
    const bool whole = one_disk && at + size == end && little_endian(bytes, end + 20, 2) == 0;
    if (!whole || entries == 0 || entries > most_entries) return std::nullopt;
    Contents contents;
    for (std::size_t i = 0; i < entries; ++i) {
        if (at + directory_entry_size > end || !bytes.substr(at).starts_with("PK\x01\x02"sv)) {
            return std::nullopt;
        }
        const std::size_t name = little_endian(bytes, at + 28, 2);
        const std::size_t rest =
            little_endian(bytes, at + 30, 2) + little_endian(bytes, at + 32, 2);
        if (at + directory_entry_size + name + rest > end) return std::nullopt;
        contents.take(bytes.substr(at + directory_entry_size, name));
        at += directory_entry_size + name + rest;
    }
    return at == end ? std::optional(contents) : std::nullopt;
}

// Handler boxes name each track's kind: size, "hdlr", version and flags, a reserved word, the kind.
bool has_track(std::string_view bytes, std::string_view kind) {
    for (auto at = bytes.find("hdlr"); at != std::string_view::npos;
         at = bytes.find("hdlr", at + 4)) {
        if (bytes.substr(at).size() >= 16 && bytes.substr(at + 12, 4) == kind) return true;
    }
    return false;
}

}  // namespace

Checked<Format> format_of_zip(std::string_view bytes) {
    const auto contents = read_directory(bytes);
    if (!contents || !contents->types) return std::unexpected(Refusal::unknown_type);
    if (contents->macros) return std::unexpected(Refusal::macros);
    if (contents->document != contents->workbook) {
        return contents->document ? Format::docx : Format::xlsx;
    }
    return std::unexpected(Refusal::unknown_type);
}

Checked<Format> format_of_mp4(std::string_view bytes) {
    const std::string_view brand = bytes.substr(8, 4);
    for (const auto heic : {"heic"sv, "heix"sv, "hevc"sv, "heim"sv, "mif1"sv, "msf1"sv, "avif"sv}) {
        if (brand == heic) return std::unexpected(Refusal::heic);
    }
    if (has_track(bytes, "vide")) return std::unexpected(Refusal::video);
    if (has_track(bytes, "soun")) return Format::m4a;
    return std::unexpected(Refusal::unknown_type);
}

Checked<Format> format_of_webm(std::string_view bytes) {
    // Document type and track headers stand at the beginning of what recorders write.
    const std::string_view head = bytes.substr(0, 4096);
    if (head.find("\x42\x82\x84webm"sv) == std::string_view::npos) {
        return std::unexpected(Refusal::unknown_type);
    }
    if (head.find("V_VP8") != std::string_view::npos ||
        head.find("V_VP9") != std::string_view::npos ||
        head.find("V_AV1") != std::string_view::npos ||
        head.find("V_MPEG") != std::string_view::npos) {
        return std::unexpected(Refusal::video);
    }
    const bool sound = head.find("A_OPUS") != std::string_view::npos ||
                       head.find("A_VORBIS") != std::string_view::npos;
    if (sound) return Format::webm;
    return std::unexpected(Refusal::unknown_type);
}

}  // namespace hotline::files
