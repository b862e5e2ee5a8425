#include "integrations/mysql/reference/reference.hpp"
#include "labelled_appeals.hpp"
#include "ticketing/router/route.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace hotline;
using namespace hotline::ticketing;

namespace {

Directory city() {
    auto reference = reference::parse(reference::embedded_files());
    REQUIRE(reference.has_value());
    return reference::directory_of(*reference);
}

// How many were judged and how many were right, with the wrong ones told.
struct Tally {
    std::string_view field;
    int judged = 0;
    int right = 0;

    void judge(std::string_view title, std::string_view expected, std::string_view got) {
        if (expected.empty()) return;
        ++judged;
        if (expected == got) {
            ++right;
        } else {
            MESSAGE(field << " of " << title << ": " << expected << " expected, got " << got);
        }
    }
    double share() const { return judged == 0 ? 0 : static_cast<double>(right) / judged; }
};

}  // namespace

TEST_CASE("the appeals of the labelled set are read and sent as a dispatcher would") {
    const Directory directory = city();
    const CueReader reader{directory};
    Tally type{"type"}, topic{"topic"}, urgency{"urgency"}, division{"division"}, unit{"unit"};
    for (const auto& labelled : labelled_appeals) {
        Appeal appeal;
        appeal.title = labelled.title;
        appeal.content = labelled.content;
        const Cues cues = reader.read(appeal.title, appeal.content);
        apply(cues, appeal);
        const auto decision = route(matter_of(appeal, cues), nullptr, directory, {});
        const Unit* lead = directory.unit(decision.lead);
        REQUIRE(lead != nullptr);
        type.judge(labelled.title, labelled.type, sla::name(*appeal.type));
        topic.judge(labelled.title, labelled.topic, appeal.topic);
        urgency.judge(labelled.title, labelled.urgency, sla::name(*appeal.urgency));
        division.judge(labelled.title, labelled.division, appeal.division);
        unit.judge(labelled.title, labelled.unit, lead->code);
        CHECK_FALSE(cues.decline.has_value());
    }
    CHECK(unit.judged >= 60);
    CHECK(type.share() >= 0.85);
    CHECK(topic.share() >= 0.9);
    CHECK(urgency.share() >= 0.9);
    CHECK(division.share() == 1.0);
    CHECK(unit.share() >= 0.9);
}
