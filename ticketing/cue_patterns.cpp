// Fills a CueReader's matcher from the directory and the fixed word lists.
#include "ticketing/cue_words.hpp"
#include "ticketing/cues.hpp"
#include "ticketing/other_topic.hpp"

#include <array>

namespace hotline::ticketing {
namespace {

constexpr std::string_view city_code = "610500";
constexpr std::string_view zone_function = "zone_admin";
constexpr std::string_view committee = "管委会";

// "蒲城县" → "蒲城"; names of two characters keep their suffix.
std::string_view without_suffix(std::string_view name) {
    constexpr std::array<std::string_view, 6> suffixes{"街道", "县", "区", "市", "镇", "乡"};
    constexpr std::size_t two_characters = 6;
    for (const auto suffix : suffixes) {
        if (name.ends_with(suffix) && name.size() >= suffix.size() + two_characters) {
            return name.substr(0, name.size() - suffix.size());
        }
    }
    return {};
}

bool listed(std::string_view words, std::string_view wanted) {
    bool found = false;
    cue_words::for_each_word(words, [&](std::string_view word) {
        found = found || word == wanted;
    });
    return found;
}

}  // namespace

CueReader::CueReader(const Directory& directory) : divisions_(directory.divisions) {
    add_topics(directory);
    add_places(directory);
    add_units(directory);
    add_fixed_words();
    matcher_.build();
}

void CueReader::add(std::string_view word, Kind kind, int weight, std::size_t target) {
    patterns_.push_back(
        {kind, static_cast<std::uint8_t>(weight), static_cast<std::uint32_t>(target)}
    );
    matcher_.add(word, static_cast<std::uint32_t>(patterns_.size() - 1));
}

void CueReader::add_topics(const Directory& directory) {
    for (const Duty& duty : directory.duties) {
        if (duty.topic == other_topic) other_topic_ = topics_.size();
        for (const auto& cue : duty.words) add(cue.word, Kind::topic, cue.weight, topics_.size());
        topics_.push_back(duty.topic);
    }
}

void CueReader::add_places(const Directory& directory) {
    for (std::size_t i = 0; i < divisions_.size(); ++i) {
        const Division& division = divisions_[i];
        const std::string_view shorter = without_suffix(division.name);
        if (division.kind == Division::Kind::county) {
            add(division.name, Kind::division, 4, i);
            if (!shorter.empty()) add(shorter, Kind::division, 3, i);
        } else if (division.kind == Division::Kind::zone) {
            // Its everyday name; that it is the city's own is told by the aliases.
            add(division.name, Kind::division, 3, i);
        } else if (division.kind == Division::Kind::town) {
            add(division.name, Kind::town, 3, i);
            if (division.name.ends_with("街道")) add(division.name + "办", Kind::town, 3, i);
            const bool usable = division.name.ends_with("镇") && !shorter.empty() &&
                                !listed(cue_words::everyday_town_names(), shorter);
            if (usable) add(shorter, Kind::town, 1, i);
        }
    }
    for (const auto& alias : cue_words::place_aliases()) {
        const Division* named = alias.code.empty() ? nullptr : directory.division(alias.code);
        if (!named && !alias.code.empty()) continue;
        const std::size_t target =
            named ? static_cast<std::size_t>(named - directory.divisions.data()) : hides_only;
        cue_words::for_each_word(alias.words, [&](std::string_view word) {
            add(word, Kind::division, alias.weight, target);
        });
    }
}

void CueReader::add_units(const Directory& directory) {
    for (const Unit& unit : directory.units) {
        if (!unit.active || unit.level == UnitLevel::centre) continue;
        unit_by_function_.emplace(unit.function + '@' + unit.division, unit.id);
        add(unit.name, Kind::unit, 4, called_.size());
        called_.push_back({unit.function, unit.division, unit.id});
    }
    const auto call = [this](const std::string& name, auto function, std::string_view division) {
        add(name, Kind::unit, 3, called_.size());
        called_.push_back({std::string{function}, std::string{division}, {}});
    };
    for (const Division& division : divisions_) {
        if (division.kind != Division::Kind::zone) continue;
        call(division.name + std::string{committee}, zone_function, division.code);
    }
    call(std::string{committee}, zone_function, "");
    for (const auto& alias : cue_words::unit_aliases()) {
        cue_words::for_each_word(alias.words, [&](std::string_view word) {
            const std::string name{word};
            call(name, alias.function, "");
            call("县" + name, alias.function, "");
            call("区" + name, alias.function, "");
            call("市" + name, alias.function, city_code);
            call("渭南市" + name, alias.function, city_code);
            call("渭南" + name, alias.function, city_code);
            for (const Division& division : divisions_) {
                if (division.kind != Division::Kind::county) continue;
                call(division.name + name, alias.function, division.code);
                const auto shorter = without_suffix(division.name);
                if (!shorter.empty()) {
                    call(std::string{shorter} + name, alias.function, division.code);
                }
            }
        });
    }
}

void CueReader::add_fixed_words() {
    const auto add_all = [this](std::string_view words, Kind kind, int weight, std::size_t target) {
        cue_words::for_each_word(words, [&](std::string_view word) {
            add(word, kind, weight, weight == 0 ? hides_only : target);
        });
    };
    for (const auto& row : cue_words::types()) {
        add_all(row.words, Kind::type, row.weight, static_cast<std::size_t>(row.type));
    }
    for (const auto& row : cue_words::urgencies()) {
        add_all(row.words, Kind::urgency, row.weight, static_cast<std::size_t>(row.urgency));
    }
    for (const auto& row : cue_words::risks()) add_all(row.words, Kind::risk, 1, row.risk);
    // Several rows of one code count together: the first row's index stands for the code.
    const auto declines = cue_words::declines();
    for (std::size_t i = 0; i < declines.size(); ++i) {
        std::size_t first = 0;
        while (declines[first].code != declines[i].code) ++first;
        add_all(declines[i].words, Kind::decline, declines[i].weight, first);
    }
    for (std::size_t i = 0; i < declines.size(); ++i) {
        if (declines[i].code == "outside_city" && declines[i].weight > 0) add_other_cities(i);
    }
    add_all(cue_words::blame(), Kind::blame, 1, 0);
    add_all(cue_words::tangled(), Kind::tangled, 1, 0);
    add_all(cue_words::emergencies(), Kind::emergency, 1, 0);
    add_all(cue_words::procedures(), Kind::procedure, 1, 0);
    add_all(cue_words::under_way(), Kind::under_way, 1, 0);
    add_all(cue_words::promises(), Kind::promise, 1, 0);
}

void CueReader::add_other_cities(std::size_t target) {
    constexpr int located = 4;
    cue_words::for_each_word(cue_words::other_cities(), [&](std::string_view city) {
        cue_words::for_each_word(cue_words::located_in(), [&](std::string_view before) {
            add(std::string{before} + std::string{city}, Kind::decline, located, target);
        });
        cue_words::for_each_word(cue_words::located_things(), [&](std::string_view after) {
            add(std::string{city} + std::string{after}, Kind::decline, located, target);
        });
    });
}

}  // namespace hotline::ticketing
