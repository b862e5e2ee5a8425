#include "integrations/files/raster.hpp"

#include <png.h>
#include <turbojpeg.h>
#include <webp/decode.h>

#include <algorithm>
#include <memory>
#include <span>

namespace hotline::files {
namespace {

bool fits(std::int64_t width, std::int64_t height) {
    return width * height <= static_cast<std::int64_t>(most_pixels);
}

const std::uint8_t* octets(std::string_view bytes) {
    return reinterpret_cast<const std::uint8_t*>(bytes.data());
}

Raster blank(int width, int height) {
    Raster raster{width, height, {}};
    raster.rgb.resize(raster.stride() * static_cast<std::size_t>(height));
    return raster;
}

struct CloseTurbo {
    void operator()(void* handle) const { tjDestroy(handle); }
};
using Turbo = std::unique_ptr<void, CloseTurbo>;

// A picture that is shrunk while it is decoded never stands in memory at its full size.
tjscalingfactor factor_for(int width, int height, int longest) {
    int count = 0;
    const tjscalingfactor* all = tjGetScalingFactors(&count);
    tjscalingfactor best{1, 1};
    for (const auto& factor : std::span(all, static_cast<std::size_t>(count))) {
        const int side = std::max(TJSCALED(width, factor), TJSCALED(height, factor));
        if (factor.num < factor.denom && side >= longest &&
            factor.num * best.denom < best.num * factor.denom) {
            best = factor;
        }
    }
    return best;
}

Checked<Raster> decode_jpeg(std::string_view bytes, int longest) {
    const Turbo turbo(tjInitDecompress());
    int width = 0;
    int height = 0;
    int sampling = 0;
    int colours = 0;
    const int head = tjDecompressHeader3(
        turbo.get(), octets(bytes), bytes.size(), &width, &height, &sampling, &colours
    );
    if (head != 0) return std::unexpected(Refusal::damaged);
    if (!fits(width, height)) return std::unexpected(Refusal::too_many_pixels);
    const tjscalingfactor factor = factor_for(width, height, longest);
    Raster raster = blank(TJSCALED(width, factor), TJSCALED(height, factor));
    // A bounded number of scans: a progressive file can name thousands of empty ones.
    const int done = tjDecompress2(
        turbo.get(),
        octets(bytes),
        bytes.size(),
        raster.rgb.data(),
        raster.width,
        0,
        raster.height,
        TJPF_RGB,
        TJFLAG_LIMITSCANS | TJFLAG_ACCURATEDCT
    );
    // Telephones leave odd bytes behind that the decoder only warns of.
    if (done != 0 && tjGetErrorCode(turbo.get()) != TJERR_WARNING) {
        return std::unexpected(Refusal::damaged);
    }
    return raster;
}

Checked<Raster> decode_png(std::string_view bytes) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    if (png_image_begin_read_from_memory(&image, bytes.data(), bytes.size()) == 0) {
        return std::unexpected(Refusal::damaged);
    }
    if (!fits(image.width, image.height)) {
        png_image_free(&image);
        return std::unexpected(Refusal::too_many_pixels);
    }
    image.format = PNG_FORMAT_RGB;
    Raster raster = blank(static_cast<int>(image.width), static_cast<int>(image.height));
    const png_color white{255, 255, 255};
    if (png_image_finish_read(&image, &white, raster.rgb.data(), 0, nullptr) == 0) {
        return std::unexpected(Refusal::damaged);
    }
    return raster;
}

// Over white: what was transparent has no colour of its own.
Raster flattened(const std::vector<std::uint8_t>& rgba, int width, int height) {
    Raster raster = blank(width, height);
    for (std::size_t i = 0; i < rgba.size() / 4; ++i) {
        const unsigned alpha = rgba[i * 4 + 3];
        for (std::size_t c = 0; c < 3; ++c) {
            const unsigned mixed = rgba[i * 4 + c] * alpha + 255 * (255 - alpha);
            raster.rgb[i * 3 + c] = static_cast<std::uint8_t>((mixed + 127) / 255);
        }
    }
    return raster;
}

Checked<Raster> decode_webp(std::string_view bytes, int longest) {
    WebPDecoderConfig config;
    if (WebPInitDecoderConfig(&config) == 0 ||
        WebPGetFeatures(octets(bytes), bytes.size(), &config.input) != VP8_STATUS_OK ||
        config.input.has_animation != 0) {
        return std::unexpected(Refusal::damaged);
    }
    int width = config.input.width;
    int height = config.input.height;
    if (!fits(width, height)) return std::unexpected(Refusal::too_many_pixels);
    if (const int side = std::max(width, height); side > longest) {
        const auto scaled = [&](int length) {
            return std::max(1, static_cast<int>(std::int64_t{length} * longest / side));
        };
        width = scaled(width);
        height = scaled(height);
        config.options.use_scaling = 1;
        config.options.scaled_width = width;
        config.options.scaled_height = height;
    }
    std::vector<std::uint8_t> rgba(
        static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4
    );
    config.output.colorspace = MODE_RGBA;
    config.output.is_external_memory = 1;
    config.output.u.RGBA.rgba = rgba.data();
    config.output.u.RGBA.stride = width * 4;
    config.output.u.RGBA.size = rgba.size();
    const auto decoded = WebPDecode(octets(bytes), bytes.size(), &config);
    WebPFreeDecBuffer(&config.output);
    if (decoded != VP8_STATUS_OK) return std::unexpected(Refusal::damaged);
    return flattened(rgba, width, height);
}

}  // namespace

Checked<Raster> decode(std::string_view bytes, Format format, int longest) {
    if (format == Format::jpeg) return decode_jpeg(bytes, longest);
    if (format == Format::png) return decode_png(bytes);
    return decode_webp(bytes, longest);
}

Checked<std::string> encode_jpeg(const Raster& raster, int quality) {
    const Turbo turbo(tjInitCompress());
    unsigned char* made = nullptr;
    unsigned long size = 0;
    const int done = tjCompress2(
        turbo.get(),
        raster.rgb.data(),
        raster.width,
        0,
        raster.height,
        TJPF_RGB,
        &made,
        &size,
        TJSAMP_444,
        quality,
        TJFLAG_ACCURATEDCT
    );
    const std::unique_ptr<unsigned char, decltype(&tjFree)> owner(made, &tjFree);
    if (done != 0) return std::unexpected(Refusal::damaged);
    return std::string(reinterpret_cast<const char*>(made), size);
}

}  // namespace hotline::files
