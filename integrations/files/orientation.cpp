#include "integrations/files/orientation.hpp"

#include <cstddef>
#include <cstdint>

namespace hotline::files {
namespace {

using namespace std::literals;

// TIFF 6.0 numbers of either byte order; 0 past the end.
class Tiff {
public:
    explicit Tiff(std::string_view bytes) : bytes_(bytes), little_(bytes.starts_with("II")) {}

    bool valid() const { return (little_ || bytes_.starts_with("MM")) && number(2, 2) == 42; }

    std::uint32_t number(std::size_t at, std::size_t count) const {
        if (at > bytes_.size() || bytes_.size() - at < count) return 0;
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < count; ++i) {
            const std::size_t next = little_ ? at + count - 1 - i : at + i;
            value = (value << 8) | static_cast<unsigned char>(bytes_[next]);
        }
        return value;
    }

private:
    std::string_view bytes_;
    bool little_;
};

constexpr std::uint32_t orientation_tag = 0x0112;
constexpr std::size_t tag_entry_size = 12;

int orientation_in(Tiff tiff) {
    if (!tiff.valid()) return 1;
    const std::size_t directory = tiff.number(4, 4);
    const std::size_t entries = tiff.number(directory, 2);
    for (std::size_t i = 0; i < entries; ++i) {
        const std::size_t entry = directory + 2 + i * tag_entry_size;
        if (tiff.number(entry, 2) != orientation_tag) continue;
        const auto value = tiff.number(entry + 8, 2);
        return value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
    }
    return 1;
}

}  // namespace

// Segments follow each other up to the start of the scan: 0xff, marker, length, content.
int orientation_of_jpeg(std::string_view bytes) {
    std::size_t at = 2;
    while (at + 4 <= bytes.size() && bytes[at] == '\xff') {
        const auto marker = static_cast<unsigned char>(bytes[at + 1]);
        if (marker == 0xda || marker == 0xd9) break;
        const std::size_t length = (std::size_t{static_cast<unsigned char>(bytes[at + 2])} << 8) |
                                   static_cast<unsigned char>(bytes[at + 3]);
        if (length < 2 || at + 2 + length > bytes.size()) break;
        const std::string_view content = bytes.substr(at + 4, length - 2);
        if (marker == 0xe1 && content.starts_with("Exif\0\0"sv)) {
            return orientation_in(Tiff(content.substr(6)));
        }
        at += 2 + length;
    }
    return 1;
}

}  // namespace hotline::files
