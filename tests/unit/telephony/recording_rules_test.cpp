#include "integrations/telephony/recording_rules.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace hotline;
using namespace hotline::telephony;
using namespace std::chrono_literals;

namespace {

std::string wav_head(std::uint32_t a_second) {
    std::string head = "RIFF....WAVEfmt ";
    head.resize(44, '\0');
    for (std::size_t i = 0; i < 4; ++i) {
        head[28 + i] = static_cast<char>(a_second >> (8 * i) & 0xFFU);
    }
    return head;
}

}  // namespace

TEST_CASE("T46: who does not get a recording asks less and less often, every hour at least") {
    CHECK(recording_tried_again_after(1) == 10s);
    CHECK(recording_tried_again_after(2) == 30s);
    CHECK(recording_tried_again_after(4) == 270s);
    CHECK(recording_tried_again_after(7) == 1h);
    CHECK(recording_tried_again_after(30'000) == 1h);
    const ticketing::Instant recorded{};
    CHECK_FALSE(is_recording_given_up(recorded, recorded + 30 * 24h));
    CHECK(is_recording_given_up(recorded, recorded + 30 * 24h + 1ms));
}

TEST_CASE("T48: the time a recording is kept begins when it was made") {
    const ticketing::Instant recorded{};
    CHECK(recording_kept_until(recorded, std::chrono::days(730)) == recorded + 730 * 24h);
}

TEST_CASE("the length of a WAV is told by its bytes, and what is none has no length") {
    CHECK(wav_length(wav_head(16'000), 44 + 16'000 * 600) == 600s);
    CHECK(wav_length(wav_head(16'000), 44 + 16'000 * 3 + 9'000) == 4s);
    CHECK(wav_length(wav_head(16'000), 44) == 0s);
    CHECK_FALSE(wav_length(wav_head(0), 1'000'000));
    CHECK_FALSE(wav_length("RIFF", 1'000'000));
    CHECK_FALSE(wav_length(std::string(44, 'x'), 1'000'000));
    CHECK_FALSE(wav_length("<html>" + std::string(60, ' '), 66));
}
