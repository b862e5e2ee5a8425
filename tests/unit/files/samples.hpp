#pragma once

#include "integrations/files/raster.hpp"

#include <png.h>
#include <webp/encode.h>

#include <cstdint>
#include <string>
#include <string_view>

// Files as people send them, made here rather than kept as binaries.
namespace hotline::test {

using namespace std::literals;

// Red on the left, blue on the right, with a green line along the top.
inline files::Raster flag_picture(int width, int height) {
    files::Raster raster{width, height, {}};
    raster.rgb.resize(raster.stride() * static_cast<std::size_t>(height));
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const auto at =
                static_cast<std::size_t>(y) * raster.stride() + static_cast<std::size_t>(x) * 3;
            const bool line = y < height / 8;
            raster.rgb[at] = !line && x < width / 2 ? 255 : 0;
            raster.rgb[at + 1] = line ? 255 : 0;
            raster.rgb[at + 2] = !line && x >= width / 2 ? 255 : 0;
        }
    }
    return raster;
}

inline std::string jpeg(int width, int height) {
    return *files::encode_jpeg(flag_picture(width, height), 90);
}

inline std::string png(int width, int height) {
    const auto raster = flag_picture(width, height);
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = static_cast<png_uint_32>(width);
    image.height = static_cast<png_uint_32>(height);
    image.format = PNG_FORMAT_RGB;
    png_alloc_size_t size = 0;
    png_image_write_to_memory(&image, nullptr, &size, 0, raster.rgb.data(), 0, nullptr);
    std::string out(size, '\0');
    png_image_write_to_memory(&image, out.data(), &size, 0, raster.rgb.data(), 0, nullptr);
    out.resize(size);
    return out;
}

inline std::string webp(int width, int height) {
    const auto raster = flag_picture(width, height);
    std::uint8_t* made = nullptr;
    const auto size = WebPEncodeRGB(
        raster.rgb.data(), width, height, static_cast<int>(raster.stride()), 90, &made
    );
    std::string out(reinterpret_cast<const char*>(made), size);
    WebPFree(made);
    return out;
}

inline std::string big_endian(std::uint32_t value) {
    std::string out;
    for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>((value >> shift) & 0xff);
    return out;
}

// ISO 3309, as PNG's chunks carry it.
inline std::uint32_t crc32(std::string_view bytes) {
    std::uint32_t crc = 0xffffffff;
    for (const char c : bytes) {
        crc ^= static_cast<unsigned char>(c);
        for (int i = 0; i < 8; ++i) crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xedb88320U : 0U);
    }
    return ~crc;
}

// A small file that says it unpacks to 60 000 × 60 000 pixels, ten gigabytes.
inline std::string png_bomb() {
    std::string bomb = png(4, 4);
    const std::string head = "IHDR" + big_endian(60'000) + big_endian(60'000) + bomb.substr(24, 5);
    bomb.replace(12, head.size(), head);
    bomb.replace(12 + head.size(), 4, big_endian(crc32(head)));
    return bomb;
}

// With what a telephone writes beside the pixels: how it was held, and where.
inline std::string jpeg_with_exif(int width, int height, char orientation) {
    std::string tiff = "MM\0\x2a\0\0\0\x08\0\x02"s;
    tiff += "\x01\x12\0\x03\0\0\0\x01\0"s + orientation + "\0\0"s;
    tiff += "\x88\x25\0\x04\0\0\0\x01\0\0\0\x26\0\0\0\0"s;
    tiff += "GPS 34.4994N 109.5098E"s;
    const std::string content = "Exif\0\0"s + tiff;
    const std::string plain = jpeg(width, height);
    const auto length = static_cast<std::uint32_t>(content.size() + 2);
    return plain.substr(0, 2) + "\xff\xe1"s + big_endian(length).substr(2) + content +
           plain.substr(2);
}

// An archive of empty entries with these names.
inline std::string zip(std::initializer_list<std::string_view> names) {
    const auto little = [](std::uint32_t value, int bytes) {
        std::string out;
        for (int i = 0; i < bytes; ++i) out += static_cast<char>((value >> (8 * i)) & 0xff);
        return out;
    };
    std::string files;
    std::string directory;
    std::uint32_t count = 0;
    for (const auto name : names) {
        const std::string facts = little(20, 2) + std::string(20, '\0') +
                                  little(static_cast<std::uint32_t>(name.size()), 2);
        directory += "PK\x01\x02\x14\0"s + facts + std::string(12, '\0') +
                     little(static_cast<std::uint32_t>(files.size()), 4) + std::string(name);
        files += "PK\x03\x04"s + facts + std::string(2, '\0') + std::string(name);
        ++count;
    }
    return files + directory + "PK\x05\x06\0\0\0\0"s + little(count, 2) + little(count, 2) +
           little(static_cast<std::uint32_t>(directory.size()), 4) +
           little(static_cast<std::uint32_t>(files.size()), 4) + "\0\0"s;
}

inline std::string docx() {
    return zip({"[Content_Types].xml", "_rels/.rels", "word/document.xml"});
}

inline std::string pdf() {
    return "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
}

inline std::string mp4(std::string_view brand, std::string_view track) {
    return "\0\0\0\x18"s + "ftyp" + std::string(brand) + "\0\0\0\0isommp42"s +
           "\0\0\0\x20hdlr\0\0\0\0\0\0\0\0"s + std::string(track) + std::string(12, '\0');
}

}  // namespace hotline::test
