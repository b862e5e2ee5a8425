#include "integrations/mysql/search_index.hpp"
#include "integrations/mysql/search_spans.hpp"
#include "tests/support/emptied_schema.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

using namespace hotline;
using namespace hotline::mysql;

namespace {

constexpr std::uint64_t chunk = 2'048;

// An index of tickets in many chunks, and what they say.
struct Indexed {
    ThreadScope scope;
    Connection db = *Connection::open(test::emptied_schema());
    std::map<std::uint64_t, std::set<std::string>> said;

    void add(std::vector<std::pair<std::uint64_t, std::string>> words) {
        std::vector<SearchText> texts;
        for (auto& [ticket, word] : words) {
            said[ticket].insert(word);
            texts.push_back({{ticket}, word});
        }
        std::ranges::sort(texts, {}, &SearchText::ticket);
        REQUIRE(db.begin());
        REQUIRE(index_texts(db, texts));
        REQUIRE(db.commit());
    }

    std::vector<std::uint64_t> saying(const std::set<std::string>& words, std::uint64_t below)
        const {
        std::vector<std::uint64_t> tickets;
        for (const auto& [ticket, all] : said) {
            if (ticket < below && std::ranges::includes(all, words)) tickets.push_back(ticket);
        }
        std::ranges::reverse(tickets);
        return tickets;
    }

    std::vector<std::uint64_t> walked(const std::string& typed, std::uint64_t below) {
        const auto query = ticketing::search_query(typed);
        SearchWalk walk(query.wanted, below);
        std::vector<std::uint64_t> all;
        while (true) {
            const auto block = walk.next(db);
            REQUIRE(block);
            if (block->empty()) return all;
            all.insert(all.end(), block->begin(), block->end());
        }
    }

    // Rows of indexes looked up since the connection began.
    std::int64_t looked_up() {
        const auto rows = db.query("SHOW SESSION STATUS LIKE 'Handler_read_key'");
        REQUIRE(rows);
        return std::stoll(rows->front().string(1));
    }
};

}  // namespace

TEST_CASE("property: a walk finds every ticket that has the words, once, the newest first") {
    Indexed index;
    std::mt19937_64 dice(20261127);
    const std::vector<std::string> words{"停电", "噪音", "断水", "欠薪"};
    const auto one = [&](std::uint64_t below) {
        return std::uniform_int_distribution<std::uint64_t>(0, below - 1)(dice);
    };
    for (int batch = 0; batch < 12; ++batch) {
        std::map<std::uint64_t, std::string> written;
        for (int i = 0; i < 60; ++i) {
            // Most in a few chunks, some anywhere in two hundred.
            const std::uint64_t ticket =
                one(3) != 0 ? chunk * 150 + one(4 * chunk) : one(200 * chunk);
            written[ticket + 1] = words[one(words.size())];
        }
        index.add({written.begin(), written.end()});
        for (const std::uint64_t below : {one(200 * chunk), chunk * 152 + 1, 400 * chunk}) {
            for (const std::string& word : words) {
                REQUIRE(index.walked(word, below) == index.saying({word}, below));
            }
            REQUIRE(index.walked("停电 噪音", below) == index.saying({"停电", "噪音"}, below));
        }
        CHECK(index.walked("塌方", 400 * chunk).empty());
    }
}

TEST_CASE("a rare word is not looked for in every chunk") {
    Indexed index;
    std::vector<std::pair<std::uint64_t, std::string>> words;
    for (std::uint64_t at = 0; at < 600; ++at) words.emplace_back(at * chunk + 5, "停电");
    words.emplace_back(20 * chunk + 9, "塌方");
    index.add(words);
    const auto before = index.looked_up();
    CHECK(index.walked("塌方", 700 * chunk) == std::vector<std::uint64_t>{20 * chunk + 9});
    CHECK(index.walked("没有", 700 * chunk).empty());
    CHECK(index.looked_up() - before < 100);
}

TEST_CASE("the chunks of a word are those with a row of it, however high their numbers") {
    Indexed index;
    index.add({{1, "停电"}, {63 * chunk, "停电"}, {64 * chunk, "停电"}, {5'000 * chunk, "停电"}});
    const auto query = ticketing::search_query("停电");
    const auto having = [&](std::uint64_t below) {
        return *chunks_having(index.db, query.wanted, below);
    };
    CHECK(having(6'000) == std::vector<std::uint64_t>{5'000, 64, 63, 0});
    CHECK(having(64) == std::vector<std::uint64_t>{63, 0});
    CHECK(having(0).empty());
}
