#pragma once

#include "ticketing/types/attachment.hpp"

#include <cstdint>
#include <expected>
#include <string_view>

namespace hotline::files {

// What bytes turn out to be. The three pictures become one kind when they are stored.
enum class Format { jpeg, png, webp, pdf, docx, xlsx, text, m4a, ogg, webm, mp3, amr };

// Why a file is not taken. The names travel to the user, who gets a sentence for each.
enum class Refusal {
    empty,
    unknown_type,     // none of the formats below
    heic,             // a telephone's own picture format
    old_office,       // .doc, .xls and whatever else is a compound file
    macros,           // an office document with a program inside
    video,            // an audio container with pictures in it
    other_extension,  // the name says one thing, the bytes another
    too_many_pixels,
    damaged,
};

constexpr auto names_of(Refusal) {
    return ticketing::NameTable<Refusal, 9>{{
        {Refusal::empty, "empty"},
        {Refusal::unknown_type, "unknown_type"},
        {Refusal::heic, "heic"},
        {Refusal::old_office, "old_office"},
        {Refusal::macros, "macros"},
        {Refusal::video, "video"},
        {Refusal::other_extension, "other_extension"},
        {Refusal::too_many_pixels, "too_many_pixels"},
        {Refusal::damaged, "damaged"},
    }};
}

template <class T>
using Checked = std::expected<T, Refusal>;

// By the bytes alone: neither name nor declared type is looked at. Reads at most what it needs of
// any size and shape of input; never decodes.
Checked<Format> format_of(std::string_view bytes);

// A name with an extension must have one of the format's (one of any picture's for a picture, since
// telephones and chat programs mix those up); a name without one says nothing.
bool extension_fits(std::string_view file_name, Format format);

ticketing::FileKind kind_of(Format format);
bool is_picture(Format format);

// What a stored file is called and served as.
std::string_view extension_of(ticketing::FileKind kind);   // with its dot
std::string_view media_type_of(ticketing::FileKind kind);  // for Content-Type

}  // namespace hotline::files
