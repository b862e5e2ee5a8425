#pragma once

#include "ticketing/types/named_enum.hpp"

#include <cstdint>
#include <string>

namespace hotline::ticketing {

// What a stored file is, found from its bytes. Pictures of every format are stored as one. Numbers
// are persisted: never renumber.
enum class FileKind {
    image = 1,
    pdf = 2,
    docx = 3,
    xlsx = 4,
    text = 5,
    m4a = 6,
    ogg = 7,
    webm = 8,
    mp3 = 9,
    amr = 10,
};

constexpr auto names_of(FileKind) {
    return NameTable<FileKind, 10>{{
        {FileKind::image, "image"},
        {FileKind::pdf, "pdf"},
        {FileKind::docx, "docx"},
        {FileKind::xlsx, "xlsx"},
        {FileKind::text, "text"},
        {FileKind::m4a, "m4a"},
        {FileKind::ogg, "ogg"},
        {FileKind::webm, "webm"},
        {FileKind::mp3, "mp3"},
        {FileKind::amr, "amr"},
    }};
}

// Whom an attachment is for (A10). Numbers are persisted: never renumber.
enum class Audience {
    everyone = 1,  // the appellant and all who see the ticket
    staff = 2,     // all who see the ticket, not the appellant
    held = 3,      // from a confidential or anonymous appellant: who may reveal him looks first
};

constexpr auto names_of(Audience) {
    return NameTable<Audience, 3>{{
        {Audience::everyone, "everyone"},
        {Audience::staff, "staff"},
        {Audience::held, "held"},
    }};
}

// What the log keeps of a file that is attached (T35), and what the rule needs to know of those
// already there, which the caller counts under the ticket's lock.
struct FileToAttach {
    std::string digest;  // SHA-256 of the stored bytes, hexadecimal
    FileKind kind = FileKind::image;
    std::uint64_t bytes = 0;
    Audience audience = Audience::everyone;
    int files_before = 0;
    int appellants_before = 0;  // of those, the appellant's own
    std::uint64_t bytes_before = 0;

    bool operator==(const FileToAttach&) const = default;
};

}  // namespace hotline::ticketing
