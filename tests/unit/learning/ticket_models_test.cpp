#include "server/learning/ticket_models.hpp"

#include "integrations/mysql/reference/reference.hpp"
#include "ticketing/reasons.hpp"
#include "ticketing/text_models.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

using namespace hotline;
using namespace hotline::ticketing;

namespace {

Directory delivered() {
    const auto reference = reference::parse(reference::embedded_files());
    REQUIRE(reference);
    return reference::directory_of(*reference);
}

}  // namespace

TEST_CASE("sample texts speak of every topic of the duty list, in every type and urgency") {
    const Directory city = delivered();
    const auto texts = learning::sample_appeals(city);
    std::map<std::string, std::set<AppealType>> types;
    std::set<Urgency> urgencies;
    std::set<std::string> powers;
    for (const auto& unit : city.units) powers.insert(unit.function);
    for (const auto& text : texts) {
        CHECK((text.acceptance == accepted || text.topic.empty()));
        if (text.topic.empty()) continue;
        types[text.topic].insert(text.type.value());
        urgencies.insert(text.urgency.value());
        CAPTURE(text.function);
        CHECK((text.function.empty() || powers.contains(text.function)));
    }
    CHECK(types.size() == city.duties.size());
    for (const auto& [topic, seen] : types) {
        CAPTURE(topic);
        CHECK(seen.size() >= 5);
    }
    // Every line of the files is one of them.
    const auto lines = std::ranges::count(learning::sample_appeals_file, '\n') +
                       std::ranges::count(learning::sample_refusals_file, '\n');
    const auto comments = 2;
    CHECK(static_cast<std::ptrdiff_t>(texts.size()) == lines - comments);
    CHECK(urgencies.size() == 3);
}

TEST_CASE("sample refusals know every reason to decline, and what says too little") {
    std::set<std::string> labels;
    for (const auto& text : learning::sample_appeals(delivered())) labels.insert(text.acceptance);
    CHECK(labels.contains(std::string{accepted}));
    CHECK(labels.contains(std::string{too_little}));
    for (const auto& label : labels) {
        CAPTURE(label);
        const bool known = label == accepted || label == too_little;
        CHECK((known || find_reason(decline_reasons, label) != nullptr));
    }
    for (const auto* reason :
         {"outside_city",
          "litigation",
          "petition",
          "discipline",
          "disclosure",
          "already_handled",
          "unlawful",
          "test"}) {
        CHECK(labels.contains(reason));
    }
}

TEST_CASE("the same duty list gives the same sample texts") {
    const Directory city = delivered();
    const auto once = learning::sample_appeals(city);
    const auto again = learning::sample_appeals(city);
    REQUIRE(once.size() == again.size());
    for (std::size_t i = 0; i < once.size(); ++i) CHECK(once[i].text == again[i].text);
}

TEST_CASE("models of samples tell topics from words that the samples never had together") {
    const Directory city = delivered();
    const auto trained = learning::train_ticket_models(
        learning::sample_appeals(city), classifier::one_after_another
    );
    REQUIRE(trained);
    REQUIRE(trained->size() >= 2);
    CHECK(trained->front().model.name() == "topic");
    std::vector<classifier::Model> models;
    for (const auto& training : *trained) models.push_back(training.model);
    const TextModels all{std::move(models)};
    Cues cues;
    cues.topic = "其他";
    all.consult("", "我们的商标让外省一家厂抢先注册了，还印在包装上", city, cues);
    CHECK(cues.topic == "知识产权");
    CHECK(cues.topic_confidence > 0.5);
}

TEST_CASE("tickets of one type teach the other fields, and none at all is an error") {
    std::vector<learning::KnownAppeal> appeals;
    for (int i = 0; i < 5; ++i) {
        appeals.push_back({"停电\n厂里断电", "用电", AppealType::help, Urgency::urgent});
        appeals.push_back({"停水\n没有水", "用水", AppealType::help, Urgency::urgent});
    }
    const auto trained = learning::train_ticket_models(appeals, classifier::one_after_another);
    REQUIRE(trained);
    REQUIRE(trained->size() == 1);
    CHECK(trained->front().model.name() == "topic");
    CHECK_FALSE(learning::train_ticket_models({}, classifier::one_after_another));
}

TEST_CASE("a field the texts do not tell better than a guess gets no model") {
    std::vector<learning::KnownAppeal> appeals;
    const auto urgencies = std::array{Urgency::normal, Urgency::urgent};
    for (std::uint64_t i = 0; i < 40; ++i) {
        // The urgency is told by a word of its own each time: nothing to learn.
        const std::string word = "甲乙丙丁戊己庚辛壬癸";
        const std::string text = (i % 2 == 0 ? "停电\n" : "停水\n") + word.substr(i / 4 * 3, 3);
        appeals.push_back(
            {text, i % 2 == 0 ? "用电" : "用水", AppealType::help, urgencies[i % 4 / 3]}
        );
    }
    const auto trained = learning::train_ticket_models(appeals, classifier::one_after_another);
    REQUIRE(trained);
    REQUIRE(trained->size() == 1);
    CHECK(trained->front().model.name() == "topic");
}
