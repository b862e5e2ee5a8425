#include "ticketing/classifier/train.hpp"

#include "invented_texts.hpp"
#include "ticketing/classifier/model_file.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>

using namespace hotline;
using namespace hotline::ticketing::classifier;

namespace {

// The parts in the opposite order, as threads may finish them.
void backwards(std::size_t parts, const std::function<void(std::size_t)>& part) {
    for (std::size_t i = parts; i > 0; --i) part(i - 1);
}

std::string label_of(const Model& model, std::string_view text) {
    return model.labels()[model.classify(text).label];
}

}  // namespace

TEST_CASE("what words tell apart is learned, and told of texts never seen") {
    const auto texts = invented_texts::make(40);
    const auto trained = train("topic", invented_texts::examples(texts));
    REQUIRE(trained);
    CHECK(trained->held_out.accuracy() > 0.99);
    CHECK(trained->held_out.texts() == texts.size());
    CHECK(trained->model.parts().texts == texts.size());
    CHECK(label_of(trained->model, "车间停电三个小时了") == "用电");
    CHECK(label_of(trained->model, "自来水浑浊") == "用水");
    CHECK(label_of(trained->model, "门口修路封闭") == "交通");
}

TEST_CASE("many texts: a tenth is held out, the model learns from all") {
    const auto texts = invented_texts::make(600);
    const auto trained = train("topic", invented_texts::examples(texts));
    REQUIRE(trained);
    CHECK(trained->held_out.texts() == texts.size() / 10);
    CHECK(trained->model.parts().texts == texts.size());
}

TEST_CASE("more labels than one block of the learner holds are all told apart") {
    std::vector<invented_texts::Labelled> texts;
    const std::array<std::string, 6> words{"甲午", "乙未", "丙申", "丁酉", "戊戌", "己亥"};
    for (int i = 0; i < 10; ++i) {
        for (const auto& word : words) texts.push_back({word + "有关的事情", "标签" + word});
    }
    const auto trained = train("label", invented_texts::examples(texts));
    REQUIRE(trained);
    for (const auto& word : words) CHECK(label_of(trained->model, word) == "标签" + word);
}

TEST_CASE("the same texts give the same bytes, in whatever order the parts are run") {
    const auto texts = invented_texts::make(30);
    const auto one = train("topic", invented_texts::examples(texts));
    const auto two = train("topic", invented_texts::examples(texts), backwards);
    REQUIRE(one);
    REQUIRE(two);
    CHECK(to_bytes({&one->model, 1}) == to_bytes({&two->model, 1}));
}

TEST_CASE("fewer than two labels are an error") {
    const std::vector<Example> same{{"停电", "用电"}, {"断电", "用电"}};
    CHECK(train("topic", same).error().code == ErrorCode::validation_failed);
    CHECK(train("topic", {}).error().code == ErrorCode::validation_failed);
}

TEST_CASE("too many labels are an error") {
    std::vector<invented_texts::Labelled> texts;
    for (std::size_t i = 0; i <= most_labels; ++i) texts.push_back({"停电", std::to_string(i)});
    CHECK(
        train("topic", invented_texts::examples(texts)).error().code == ErrorCode::validation_failed
    );
}

TEST_CASE("L10: a text without anything known has no confidence") {
    const auto model = invented_texts::model();
    CHECK(model.classify("").confidence == 0);
    CHECK(model.classify("Ωмж").confidence == 0);
    CHECK(model.classify("停电").confidence > 0);
}

TEST_CASE("L12: the evidence is what the text says, the strongest first, none inside another") {
    const auto model = invented_texts::model();
    const std::string text = "请问一下变压器坏了停电";
    const auto answer = model.classify(text);
    const auto evidence = model.evidence(text, answer.label, 3);
    REQUIRE(!evidence.empty());
    CHECK(std::ranges::is_sorted(evidence, std::ranges::greater{}, &Evidence::weight));
    for (const auto& one : evidence) {
        CHECK(text.find(one.words) != std::string::npos);
        for (const auto& other : evidence) {
            if (&one != &other) CHECK_FALSE(one.words.contains(other.words));
        }
    }
    CHECK(model.evidence("Ωмж", 0, 3).empty());
}

TEST_CASE("texts without any known n-gram do no harm to a training") {
    auto texts = invented_texts::make(20);
    texts.push_back({"", "用电"});
    texts.push_back({"。。。", "用水"});
    const auto trained = train("topic", invented_texts::examples(texts));
    REQUIRE(trained);
    CHECK(label_of(trained->model, "停电") == "用电");
}
