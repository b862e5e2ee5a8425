#include "integrations/crypto/sealed_pieces.hpp"

#include <doctest/doctest.h>

using namespace hotline::crypto;

TEST_CASE("a piece is opened by its key at its place, and nowhere else") {
    const std::string clear(piece_bytes, 'v');
    const std::string sealed = seal_piece("key", 7, false, clear);
    CHECK(sealed.size() == clear.size() + piece_mark_bytes);
    CHECK(sealed.find("vvvv") == std::string::npos);
    CHECK(open_piece("key", 7, false, sealed) == clear);
    CHECK_FALSE(open_piece("another", 7, false, sealed));
    CHECK_FALSE(open_piece("key", 8, false, sealed));
    // What was cut off after it would otherwise be missed by nobody.
    CHECK_FALSE(open_piece("key", 7, true, sealed));
    std::string altered = sealed;
    altered[100] = static_cast<char>(altered[100] ^ 1);
    CHECK_FALSE(open_piece("key", 7, false, altered));
    CHECK_FALSE(open_piece("key", 7, false, sealed.substr(0, piece_mark_bytes - 1)));
    CHECK_FALSE(open_piece("key", 7, false, ""));
}

TEST_CASE("the same bytes look different as other pieces and under other keys") {
    CHECK(seal_piece("key", 0, false, "ring") != seal_piece("key", 1, false, "ring"));
    CHECK(seal_piece("key", 0, false, "ring") != seal_piece("another", 0, false, "ring"));
    CHECK(open_piece("key", 0, true, seal_piece("key", 0, true, "")) == "");
}

TEST_CASE("how many pieces there are and how long they are sealed") {
    CHECK(pieces_of(0) == 1);
    CHECK(pieces_of(piece_bytes) == 1);
    CHECK(pieces_of(piece_bytes + 1) == 2);
    CHECK(sealed_size(0) == piece_mark_bytes);
    CHECK(sealed_size(3 * piece_bytes) == 3 * (piece_bytes + piece_mark_bytes));
}
