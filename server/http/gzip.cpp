#include "server/http/gzip.hpp"

#include <zlib.h>

#include <stdexcept>

namespace hotline::http {

std::string gzip(std::string_view bytes) {
    constexpr int gzip_window = MAX_WBITS + 16;
    z_stream stream{};
    if (deflateInit2(
            &stream, Z_BEST_COMPRESSION, Z_DEFLATED, gzip_window, MAX_MEM_LEVEL, Z_DEFAULT_STRATEGY
        ) != Z_OK) {
        throw std::runtime_error("zlib cannot be set up");
    }
    std::string packed(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
    // zlib takes a plain pointer but does not write through it.
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    const int state = deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    if (state != Z_STREAM_END) throw std::runtime_error("zlib did not finish");
    return packed;
}

}  // namespace hotline::http
