#include "integrations/files/prepared_file.hpp"

#include "integrations/files/orientation.hpp"
#include "integrations/files/raster.hpp"

#include <utility>

namespace hotline::files {
namespace {

constexpr int quality = 85;
constexpr int preview_quality = 75;

Checked<PreparedFile> draw(std::string_view bytes, Format format) {
    auto decoded = decode(bytes, format, longest_side);
    if (!decoded) return std::unexpected(decoded.error());
    const int orientation = format == Format::jpeg ? orientation_of_jpeg(bytes) : 1;
    Raster picture = upright(shrunk(std::move(*decoded), longest_side), orientation);
    auto large = encode_jpeg(picture, quality);
    if (!large) return std::unexpected(large.error());
    PreparedFile file{kind_of(format), std::move(*large), {}, picture.width, picture.height};
    auto small = encode_jpeg(shrunk(std::move(picture), preview_side), preview_quality);
    if (!small) return std::unexpected(small.error());
    file.preview = std::move(*small);
    return file;
}

}  // namespace

Checked<PreparedFile> prepare(std::string bytes, std::string_view file_name) {
    const auto format = format_of(bytes);
    if (!format) return std::unexpected(format.error());
    if (!extension_fits(file_name, *format)) return std::unexpected(Refusal::other_extension);
    if (is_picture(*format)) return draw(bytes, *format);
    return PreparedFile{kind_of(*format), std::move(bytes), {}, 0, 0};
}

}  // namespace hotline::files
