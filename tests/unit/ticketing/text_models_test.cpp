#include "ticketing/text_models.hpp"

#include "small_city.hpp"
#include "ticketing/classifier/train.hpp"
#include "ticketing/router/route.hpp"
#include "ticketing/router/trace.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>

using namespace hotline::ticketing;

namespace {

using Row = std::array<std::string_view, 2>;

// A model that is sure of what it was shown twenty times over.
classifier::Model model(std::string name, std::initializer_list<Row> rows) {
    std::vector<classifier::Example> examples;
    for (int i = 0; i < 20; ++i) {
        for (const auto& [text, label] : rows) examples.push_back({text, label});
    }
    return classifier::train(std::move(name), examples)->model;
}

TextModels topics() {
    std::vector<classifier::Model> one;
    one.push_back(model(
        "topic",
        {{"机器转不动黑灯瞎火", "用电"},
         {"水龙头拧开没反应", "用水"},
         {"天书一样的内容", "没有这个事项"}}
    ));
    return TextModels{std::move(one)};
}

struct Reading {
    Directory city = small_city::make();
    CueReader reader{city};

    Cues operator()(const TextModels& models, std::string_view content) const {
        Cues cues = reader.read("", content);
        models.consult("", content, city, cues);
        return cues;
    }
};

}  // namespace

TEST_CASE("Q10: where the words name no topic a sure model does, and says by which words") {
    const Reading read;
    const Cues cues = read(topics(), "车间机器转不动，黑灯瞎火");
    CHECK(cues.topic == "用电");
    CHECK(cues.topic_confidence > 0.5);
    REQUIRE(cues.learned.size() == 1);
    CHECK(cues.learned[0].taken);
    CHECK_FALSE(cues.learned[0].words.empty());
}

TEST_CASE("Q10: where words and model differ the surer one is believed") {
    const Reading read;
    const std::string text = "机器转不动，黑灯瞎火，旁边在施工";
    const Cues words = read.reader.read("", text);
    REQUIRE(words.topic_confidence > 0);
    REQUIRE(words.topic_confidence < 0.9);
    REQUIRE(words.topic == "规划建设");
    CHECK(read(topics(), text).topic == "用电");
}

TEST_CASE("Q10: a topic the words are sure of stands, whatever the model says") {
    const Reading read;
    const std::string text = "施工许可没批，工地等着，施工停了，水龙头拧开没反应";
    const Cues words = read.reader.read("", text);
    REQUIRE(words.topic_confidence >= 0.9);
    REQUIRE(words.topic != "用水");
    const Cues both = read(topics(), text);
    CHECK(both.topic == words.topic);
    CHECK(std::ranges::none_of(both.learned, [](const auto& hint) {
        return hint.taken && hint.label == "用水";
    }));
}

TEST_CASE("Q10: a topic the duty list does not have is never taken") {
    const Reading read;
    const Cues cues = read(topics(), "天书一样的内容");
    REQUIRE(cues.learned.size() == 1);
    CHECK(cues.learned[0].label == "没有这个事项");
    CHECK_FALSE(cues.learned[0].taken);
    CHECK(cues.topic == "其他");
}

TEST_CASE("Q10: of a plea and a complaint nearly alike the model's complaint is taken") {
    const Reading read;
    std::vector<classifier::Model> one;
    one.push_back(model(
        "type",
        {{"水龙头拧开没反应", "help"},
         {"水龙头拧开没反应", "complaint"},
         {"机器转不动", "help"},
         {"红口白牙说话不算", "complaint"}}
    ));
    const TextModels types{std::move(one)};
    CHECK(read(types, "水龙头拧开没反应").type == AppealType::complaint);
    CHECK(read(types, "机器转不动").type == AppealType::help);
}

TEST_CASE("Q9: a model that only guesses fills nothing in, and that is told") {
    const Reading read;
    auto parts = model(
                     "topic",
                     {{"机器转不动", "用电"},
                      {"水龙头没反应", "用水"},
                      {"灶头点不着", "用气"},
                      {"屋里冷得很", "供热"}}
    )
                     .parts();
    parts.temperature = 1000;
    std::vector<classifier::Model> unsure;
    unsure.emplace_back(parts);
    const Cues cues = read(TextModels{std::move(unsure)}, "机器转不动了");
    CHECK(cues.topic == "其他");
    CHECK(cues.topic_confidence == 0);
    REQUIRE(cues.learned.size() == 1);
    CHECK(cues.learned[0].confidence < 0.3);
    CHECK_FALSE(cues.learned[0].taken);
}

TEST_CASE("Q11: a model raises the urgency and never lowers it") {
    const Reading read;
    std::vector<classifier::Model> one;
    one.push_back(model("urgency", {{"整条线趴窝", "critical"}, {"不着急慢慢来", "normal"}}));
    const TextModels models{std::move(one)};
    CHECK(read(models, "整条线趴窝了").urgency == Urgency::critical);
    const std::string text = "停电了，不着急慢慢来";
    REQUIRE(read.reader.read("", text).urgency == Urgency::urgent);
    CHECK(read(models, text).urgency == Urgency::urgent);
}

TEST_CASE("a report found by a model is confidential as one found by its words") {
    const Reading read;
    std::vector<classifier::Model> one;
    one.push_back(model("type", {{"背后捅出来的事", "report"}, {"问问怎么弄", "consult"}}));
    const Cues cues = read(TextModels{std::move(one)}, "背后捅出来的事");
    CHECK(cues.type == AppealType::report);
    CHECK(cues.confidential);
}

TEST_CASE("a text nothing is known of leaves the cues as they are") {
    const Reading read;
    const Cues cues = read(topics(), "Ωмж");
    CHECK(cues.learned.empty());
    CHECK(cues.topic == "其他");
}

TEST_CASE("R16: a model that is sure whose matter it is moves the power, and tells by which words"
) {
    Reading read;
    read.city.duties[0].exceptions = {{"阻工", "public_security"}};
    std::vector<classifier::Model> one;
    one.push_back(model(
        "function",
        {{"工地半夜打桩吵得睡不着", "development_reform"},
         {"工地围挡占了人行道", "justice"},
         {"工地办许可要交什么材料", "housing"},
         {"工地月球背面", "of_nobody"}}
    ));
    const TextModels functions{std::move(one)};
    struct Row {
        std::string_view says, lead, rule;
    };
    for (const auto& row : {
             Row{"工地半夜打桩吵得睡不着", "city.development_reform", "R16"},
             Row{"工地办许可要交什么材料", "610526.housing", "R5"},  // as the duty list says
             Row{"阻工，工地半夜打桩吵得睡不着", "city.public_security", "R5"},
             Row{"工地月球背面", "610526.housing", "R5"},  // no such power here
             Row{"工地", "610526.housing", "R5"},          // the model only guesses
         }) {
        CAPTURE(row.says);
        const Cues cues = read(functions, row.says);
        Appeal appeal;
        appeal.content = row.says;
        appeal.topic = "规划建设";
        appeal.division = "610526";
        const auto decision = route(matter_of(appeal, cues), nullptr, read.city, {});
        CHECK(read.city.unit(decision.lead)->code == row.lead);
        const auto trace = render_trace(decision, read.city, &cues);
        CHECK(trace.contains(R"({"rule":")" + std::string{row.rule} + R"(","code":")"));
        CHECK(trace.contains("read_power") == (row.rule == "R16"));
        for (const auto& reason : decision.reasons) {
            const auto words = sentence(reason.code, reason.inputs);
            CHECK(words.zh.find("{}") == std::string::npos);
            CHECK(words.zh != reason.code);
        }
    }
}

TEST_CASE("R16: a second matter goes by the duty list, whoever has the first") {
    const Reading read;
    const LearnedHint hint{"function", "development_reform", 0.9, true, {"打桩"}};
    Matter both;
    both.topic = "用电";
    both.second_topic = "市场竞争";
    both.division = "610526";
    both.power = &hint;
    const auto decision = route(both, nullptr, read.city, {});
    CHECK(read.city.unit(decision.lead)->code == "city.development_reform");
    REQUIRE(decision.co_units.size() == 1);
    CHECK(read.city.unit(decision.co_units[0])->code == "610526.market");
}

TEST_CASE("Q13: a model warns of what is not for the hotline, and takes no warning back") {
    const Reading read;
    std::vector<classifier::Model> one;
    one.push_back(model(
        "acceptance",
        {{"仲裁庭已经开庭审理我们等着判", "litigation"},
         {"叫你们领导回个话", "clarify"},
         {"月球上的事", "no_such_reason"},
         {"机器转不动黑灯瞎火", "accept"}}
    ));
    const TextModels models{std::move(one)};
    const Cues court = read(models, "仲裁庭已经开庭审理我们等着判");
    REQUIRE(court.decline);
    CHECK(court.decline->code == "litigation");
    CHECK_FALSE(read(models, "车间机器转不动，黑灯瞎火").decline);
    CHECK_FALSE(read(models, "月球上的事").decline);
    CHECK(read(models, "叫你们领导回个话").clarify);
    // What the words warned of stands, whatever the model says.
    Cues warned;
    warned.decline = DeclineHint{"petition", 0.5};
    warned.clarify = true;
    models.consult("", "机器转不动黑灯瞎火", read.city, warned);
    models.consult("", "仲裁庭已经开庭审理我们等着判", read.city, warned);
    CHECK(warned.decline->code == "petition");
    CHECK(warned.clarify);
}

TEST_CASE("the trace tells what the model said with confidence and words, or that there was none") {
    const Reading read;
    const Enterprise nobody;
    const auto told = [&](const Cues& cues) {
        Appeal appeal;
        apply(cues, appeal);
        const auto decision = route(matter_of(appeal, cues), &nobody, read.city, {});
        return render_trace(decision, read.city, &cues);
    };
    const std::string with = told(read(topics(), "车间机器转不动，黑灯瞎火"));
    CHECK(with.contains(R"("rule":"Q10","code":"learned_topic","inputs":["用电",)"));
    Cues alone = read.reader.read("", "车间机器转不动");
    alone.rules_alone = true;
    CHECK(told(alone).contains(R"("rule":"Q12","code":"rules_alone","inputs":[])"));

    CHECK(with.contains(R"("learned":[{"field":"topic","label":"用电",)"));

    const std::array<std::string, 3> of_type{"complaint", "80%", "推诿"};
    CHECK(
        sentence("learned_type", of_type).zh == "文本模型判断类型为“投诉”，把握80%，主要依据：推诿"
    );
    CHECK(
        sentence("learned_type", of_type).en ==
        "The text model reads the type “complaint”, confidence 80%, by: 推诿"
    );
    const std::array<std::string, 3> inputs{"用电", "93%", "停电、变压器"};
    CHECK(
        sentence("learned_topic", inputs).zh ==
        "文本模型判断事项为“用电”，把握93%，主要依据：停电、变压器"
    );
}
