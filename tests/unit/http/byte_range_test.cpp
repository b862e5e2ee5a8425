#include "server/http/byte_range.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace hotline::http;

namespace {

std::optional<ByteRange> asked(const std::string& range, std::uint64_t size = 100) {
    Request request;
    request.headers = {{"range", range}};
    return range_asked(request, size);
}

}  // namespace

TEST_CASE("the one range of a request is cut to what there is") {
    CHECK(asked("bytes=0-9") == ByteRange{0, 9});
    CHECK(asked("bytes=90-200") == ByteRange{90, 99});
    CHECK(asked("bytes=90-") == ByteRange{90, 99});
    CHECK(asked("bytes=-10") == ByteRange{90, 99});
    CHECK(asked("bytes=-1000") == ByteRange{0, 99});
    CHECK(asked("bytes=0-9")->length() == 10);
}

TEST_CASE("no range, several or a strange one is everything") {
    CHECK_FALSE(range_asked(Request{}, 100));
    for (const char* strange :
         {"", "bytes=", "bytes=-", "bytes=9-1", "bytes=0-1,5-6", "bytes=a-b", "lines=0-9"}) {
        CAPTURE(strange);
        CHECK_FALSE(asked(strange));
    }
    CHECK_FALSE(asked("bytes=0-", 0));
}

TEST_CASE("an answer says which part it is, or that there is no such part") {
    Response part;
    CHECK(mark_as_part(part, {4, 7}, 100));
    CHECK(part.status == 206);
    CHECK(part.headers.front().value == "bytes 4-7/100");
    Response none;
    const auto beyond = asked("bytes=100-");
    REQUIRE(beyond);
    CHECK_FALSE(mark_as_part(none, *beyond, 100));
    CHECK(none.status == 416);
    CHECK(none.headers.front().value == "bytes */100");
}
