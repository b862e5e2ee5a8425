#include "integrations/open311/services.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace hotline::open311 {
namespace {

using ticketing::Directory;
using ticketing::Duty;

constexpr std::size_t most_keywords = 10;
constexpr std::string_view choice = "singlevaluelist";

constexpr std::array known_attributes{
    Attribute{"enterprise_name", "string", "企业名称", "Name of the enterprise"},
    Attribute{"uscc", "string", "统一社会信用代码", "Unified social credit code"},
    Attribute{"division", choice, "所属县（市、区）或开发区", "County or zone of the matter"},
    Attribute{"role_in_firm", "string", "联系人职务", "What the contact does in the enterprise"},
    Attribute{"wanted", "text", "希望得到的结果", "The result wished for"},
    Attribute{"confidential", choice, "是否保密", "Whether the sender is to stay hidden"},
};

std::string keywords(const Duty& duty) {
    std::vector<Duty::Cue> words = duty.words;
    std::ranges::stable_sort(words, std::ranges::greater{}, &Duty::Cue::weight);
    if (words.size() > most_keywords) words.resize(most_keywords);
    std::string text = duty.topic;
    for (const Duty::Cue& cue : words) {
        if (cue.word != duty.topic) text += "," + cue.word;
    }
    return text;
}

Node value_of(std::string key, std::string name) {
    return Node::object(
        "value", {Node::text("key", std::move(key)), Node::text("name", std::move(name))}
    );
}

Node values_of(const Attribute& attribute, const Directory& directory, bool english) {
    Node values = Node::list("values");
    if (attribute.code == "confidential") {
        values.add(value_of("false", english ? "No" : "否"));
        values.add(value_of("true", english ? "Yes" : "是"));
    }
    if (attribute.code == "division") {
        using enum ticketing::Division::Kind;
        for (const auto& division : directory.divisions) {
            const bool fits = division.kind == county || division.kind == zone;
            if (fits) values.add(value_of(division.code, division.name));
        }
    }
    return values;
}

}  // namespace

// FNV-1a, both halves of 64 bits folded.
std::string service_code(std::string_view topic) {
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const char c : topic) {
        hash ^= static_cast<unsigned char>(c);
        hash *= 0x100000001b3;
    }
    auto folded = static_cast<std::uint32_t>(hash ^ (hash >> 32));
    std::string code(8, '0');
    for (auto digit = code.rbegin(); digit != code.rend(); ++digit, folded >>= 4) {
        *digit = "0123456789abcdef"[folded & 0xF];
    }
    return code;
}

const Duty* topic_of(const Directory& directory, std::string_view code) {
    const auto fits = [code](const Duty& duty) { return service_code(duty.topic) == code; };
    const auto found = std::ranges::find_if(directory.duties, fits);
    return found == directory.duties.end() ? nullptr : &*found;
}

Node services(const Directory& directory) {
    Node list = Node::list("services");
    for (const Duty& duty : directory.duties) {
        list.add(Node::object(
            "service",
            {Node::text("service_code", service_code(duty.topic)),
             Node::text("service_name", duty.topic),
             Node::text("description", duty.category + "：" + duty.topic),
             Node::flag("metadata", true),
             // Nearly always; a token comes only while the database is away or behind.
             Node::text("type", "realtime"),
             Node::text("keywords", keywords(duty)),
             Node::text("group", duty.category)}
        ));
    }
    return list;
}

std::span<const Attribute> attributes() {
    return known_attributes;
}

Node service_definition(const Duty& topic, const Directory& directory, bool english) {
    Node list = Node::list("attributes");
    std::int64_t order = 0;
    for (const Attribute& attribute : known_attributes) {
        Node entry = Node::object(
            "attribute",
            {Node::flag("variable", true),
             Node::text("code", std::string(attribute.code)),
             Node::text("datatype", std::string(attribute.datatype)),
             Node::flag("required", false),
             Node::nothing("datatype_description"),
             Node::number("order", ++order),
             Node::text("description", std::string(english ? attribute.en : attribute.zh))}
        );
        Node values = values_of(attribute, directory, english);
        if (attribute.datatype == choice) entry.add(std::move(values));
        list.add(std::move(entry));
    }
    return Node::object(
        "service_definition",
        {Node::text("service_code", service_code(topic.topic)), std::move(list)}
    );
}

}  // namespace hotline::open311
