#include "ticketing/classifier/model_file.hpp"

#include "invented_texts.hpp"

#include <doctest/doctest.h>

using namespace hotline;
using namespace hotline::ticketing::classifier;

namespace {

std::string file_of_one() {
    const Model model = invented_texts::model();
    return to_bytes({&model, 1});
}

std::string reason(std::string_view bytes) {
    const auto read = from_bytes(bytes);
    return read ? "it was read" : read.error().detail;
}

}  // namespace

TEST_CASE("a model read from its file answers as before, and writes the same file") {
    const Model model = invented_texts::model();
    const std::string bytes = to_bytes({&model, 1});
    const auto read = from_bytes(bytes);
    REQUIRE(read);
    REQUIRE(read->size() == 1);
    const Model& again = read->front();
    CHECK(again.name() == "topic");
    CHECK(again.labels() == model.labels());
    for (const auto& [text, label] : invented_texts::make(8)) {
        const auto a = model.classify(text);
        const auto b = again.classify(text);
        CHECK(a.label == b.label);
        CHECK(a.scores == b.scores);
        CHECK(a.confidence == b.confidence);
    }
    CHECK(to_bytes(*read) == bytes);
}

TEST_CASE("one file holds several models") {
    const std::vector<Model> two{invented_texts::model(), invented_texts::model()};
    const auto read = from_bytes(to_bytes(two));
    REQUIRE(read);
    CHECK(read->size() == 2);
}

TEST_CASE("a file that is no model file is told from one of another version") {
    CHECK(reason("") == "it is not a model file");
    CHECK(reason("{\"text\":\"停电\"}") == "it is not a model file");
    std::string newer = file_of_one();
    newer[8] = 9;
    CHECK(reason(newer) == "it is of version 9, this program reads version 1");
}

TEST_CASE("wherever a file is cut off it says so") {
    const std::string bytes = file_of_one();
    for (const std::size_t kept :
         {std::size_t{8}, std::size_t{20}, std::size_t{28}, bytes.size() - 1}) {
        CAPTURE(kept);
        CHECK(reason(std::string_view{bytes}.substr(0, kept)) == "it is cut off");
    }
    CHECK(reason(bytes + "x") == "there is more in it than it says");
}

TEST_CASE("any changed byte of the content is found") {
    const std::string bytes = file_of_one();
    for (std::size_t at = 28; at < bytes.size(); at += 97) {
        std::string damaged = bytes;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
        CAPTURE(at);
        CHECK(reason(damaged) == "it is damaged: its checksum does not fit");
    }
}

TEST_CASE("a content no training writes is refused though its checksum fits") {
    ModelParts parts = invented_texts::model().parts();
    parts.labels[1] = parts.labels[0];
    const Model twice{parts};
    CHECK(reason(to_bytes({&twice, 1})) == "what is in it makes no model");

    parts = invented_texts::model().parts();
    parts.temperature = 0;
    const Model frozen{parts};
    CHECK(reason(to_bytes({&frozen, 1})) == "what is in it makes no model");

    parts = invented_texts::model().parts();
    parts.weights.pop_back();
    const Model short_of_one{parts};
    CHECK(reason(to_bytes({&short_of_one, 1})) == "what is in it makes no model");

    CHECK(reason(to_bytes({})) == "it has no model");
}
