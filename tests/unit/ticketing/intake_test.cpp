#include "ticketing/intake.hpp"

#include "tests/unit/ticketing/small_city.hpp"
#include "ticketing/search_tokens.hpp"
#include "ticketing/text.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace hotline;
using namespace hotline::ticketing;

namespace {

const Directory& city() {
    static const Directory made = small_city::make();
    return made;
}

Appeal good() {
    Appeal appeal;
    appeal.content = "变压器烧坏，全厂停电。请尽快抢修";
    appeal.appellant.phone = "138 0000-1234";
    return appeal;
}

std::string fault(const Appeal& appeal) {
    const auto result = normalise(appeal, city());
    if (result) return {};
    std::string text;
    for (const FieldError& field : result.error().fields) {
        text += (text.empty() ? "" : " ") + field.field + ":" + std::string(name(field.code));
    }
    return text;
}

}  // namespace

TEST_CASE("I1 texts are tidied and held to their limits") {
    Appeal appeal = good();
    appeal.title = "　 停电\r\n了 ";
    CHECK(normalise(appeal, city())->appeal.title == "停电\n了");
    appeal.title = std::string(41, 'a');
    CHECK(fault(appeal) == "title:too_long");
    appeal.title = "\xC0\xAF";
    CHECK(fault(appeal) == "title:invalid_utf8");
    appeal = good();
    appeal.content = "短";
    CHECK(fault(appeal) == "content:too_short");
    appeal.content = " 　";
    CHECK(fault(appeal) == "content:missing_field");
}

TEST_CASE("I2 a missing title is the first sentence of the content") {
    CHECK(normalise(good(), city())->appeal.title == "变压器烧坏，全厂停电");
    Appeal appeal = good();
    appeal.content.clear();
    for (int i = 0; i < 60; ++i) appeal.content += "长";
    const auto title = normalise(appeal, city())->appeal.title;
    CHECK(characters(title) == 40);
    CHECK(title.ends_with("长…"));
}

TEST_CASE("I3 telephone numbers as dialled from Weinan") {
    for (const auto& [typed, number] : {
             std::pair{"13800001234", "13800001234"},
             {"+86 138-0000-1234", "13800001234"},
             {"8613800001234", "13800001234"},
             {"0913-2345678", "09132345678"},
             {"(029)88881234", "02988881234"},
             {"400-800-1234", "4008001234"},
             {"2345678", "09132345678"},
             {"12345", ""},
             {"12800001234", ""},
             {"138000012345", ""},
             {"电话", ""},
         }) {
        CHECK(normalised_phone(typed) == number);
    }
}

TEST_CASE("I4 without a number only an anonymous appeal is taken") {
    Appeal appeal = good();
    appeal.appellant.phone.clear();
    CHECK(fault(appeal) == "appellant.phone:missing_field");
    appeal.appellant.anonymous = true;
    CHECK(fault(appeal) == "");
    appeal.appellant.phone = "abc";
    CHECK(fault(appeal) == "appellant.phone:invalid_format");
}

TEST_CASE("I5 a credit code of the wrong shape is refused, a wrong check digit only remarked") {
    Appeal appeal = good();
    appeal.uscc = "9161050";
    CHECK(fault(appeal) == "uscc:invalid_uscc");
    appeal.uscc = "91610500MA6Y2A0K3O";  // O is not of the alphabet
    CHECK(fault(appeal) == "uscc:invalid_uscc");
    appeal.uscc = " 91610500ma6y2a0k30 ";
    const auto result = normalise(appeal, city());
    REQUIRE(result);
    CHECK(result->appeal.uscc == "91610500MA6Y2A0K30");
    REQUIRE(result->warnings.size() == 1);
    CHECK(result->warnings[0].field == "uscc");
}

TEST_CASE("I6 places and topics are the city's") {
    Appeal appeal = good();
    appeal.division = "110101";
    CHECK(fault(appeal) == "division:unknown_division");
    appeal.division = "610526102";
    CHECK(fault(appeal) == "division:unknown_division");
    appeal.division = "6105G1";
    CHECK(fault(appeal) == "");
    appeal.town = "610526";
    CHECK(fault(appeal) == "town:unknown_division");
    appeal = good();
    appeal.topic = "没有的事项";
    CHECK(fault(appeal) == "topic:not_in_list");
}

TEST_CASE("I7 a report is confidential whether or not it says so") {
    Appeal appeal = good();
    appeal.type = AppealType::report;
    CHECK(normalise(appeal, city())->appeal.appellant.confidential);
    appeal.type = AppealType::help;
    CHECK(!normalise(appeal, city())->appeal.appellant.confidential);
}

TEST_CASE("all faults are told at once") {
    Appeal appeal;
    appeal.uscc = "x";
    appeal.division = "1";
    CHECK(
        fault(appeal) ==
        "content:missing_field appellant.phone:missing_field "
        "uscc:invalid_uscc division:unknown_division"
    );
}

TEST_CASE("I8 any field that differs makes another request, tidying does not") {
    const auto text = [](const Appeal& appeal) {
        return canonical_text(normalise(appeal, city())->appeal);
    };
    Appeal spaced = good();
    spaced.content += "  ";
    spaced.appellant.phone = "13800001234";
    CHECK(text(spaced) == text(good()));
    Appeal moved = good();
    moved.place = "a";
    Appeal wanted = good();
    wanted.wanted = "a";
    CHECK(text(moved) != text(good()));
    CHECK(text(moved) != text(wanted));
}

TEST_CASE("UTF-8 is well-formed or refused") {
    for (const std::string_view bad :
         {"\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\x80", "\xE6\xB8", "\xE0\x80\xAF"}) {
        CHECK(!is_clean_utf8(bad));
    }
    CHECK(!is_clean_utf8(std::string_view("a\0b", 3)));
    CHECK(is_clean_utf8("渭南 a \xF0\xA0\x80\x80"));
    CHECK(characters("渭南a") == 3);
    CHECK(first_characters("渭南a", 2) == "渭南");
    CHECK(tidied(" \xEF\xBB\xBF a\x01 b\x7F") == "a  b");
}

TEST_CASE("search: pairs of characters, words, and nothing that masking hides") {
    const auto finds = [](std::string_view text, std::string_view typed) {
        const auto tokens = search_tokens(text);
        const SearchQuery query = search_query(typed);
        if (query.wanted.empty()) return false;
        return std::ranges::all_of(query.wanted, [&](const TokenRange& range) {
            return std::ranges::any_of(tokens, [&](SearchToken token) {
                return range.first <= token && token <= range.last;
            });
        });
    };
    const std::string_view text = "蒲城县10kV线路停电，联系人13800001234，身份证61050219900101123X";
    for (const auto* typed :
         {"停电", "线路停电", "电", "蒲", "10kv", "10KV 停电", "停电 蒲城", "10"}) {
        CHECK(finds(text, typed));
    }
    for (const auto* typed :
         {"停水", "电停", "20kv", "，。", "", "13800001234", "138", "61050219900101123X", "10kva"
         }) {
        CHECK(!finds(text, typed));
    }
    CHECK(search_query("停电 “用电”").terms == std::vector<std::string>{"停电", "“用电”"});
}
