// Any bytes at all are told apart, and pictures drawn, without reading past an end; what is stored
// of a picture is a picture.
#include "integrations/files/prepared_file.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace hotline;
    std::string bytes(reinterpret_cast<const char*>(data), size);
    const auto file = files::prepare(bytes, "");
    if (!file) return 0;
    const bool picture = file->kind == ticketing::FileKind::image;
    if (picture && files::format_of(file->bytes) != files::Format::jpeg) std::abort();
    if (!picture && file->bytes != bytes) std::abort();
    return 0;
}
