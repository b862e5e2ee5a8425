#include "ticketing/knowledge/index.hpp"

#include "ticketing/classifier/ngrams.hpp"
#include "ticketing/text.hpp"
#include "ticketing/utf8.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace hotline::ticketing::knowledge {
namespace {

constexpr std::size_t read_of_answer = 200;  // characters
constexpr double evidence = 4;               // K12: some two rare pairs
constexpr double answer_share = 0.5;         // K12
constexpr std::size_t most_words = 6;

// K11: how one asks is not what one asks about.
constexpr std::string_view asking =
    "怎么 么办 怎样 样办 如何 何办 什么 么样 么是 是什 哪些 哪里 哪儿 哪个 有哪 请问 问一 您好 "
    "你好 "
    "我们 我想 想问 咨询 询一 一下 下我 是否 能否 能不 可以 以吗 多少 多久 有没 没有 为什 需要 "
    "要什 "
    "的是 这个 一个 问题 情况 反映";

// K11: they stand between words; a pair with one of them says little.
constexpr std::u32string_view particles =
    U"的了吗呢吧么是在和与或要不我你他们这那就还也都很想该请把被怎何哪";
constexpr float particle_share = 0.25F;

// By code point from the first Chinese character on: asked for every character of every article.
constexpr char32_t first_chinese = 0x4E00;
constexpr std::size_t chinese_characters = 0x5200;

const std::vector<bool>& particle_table() {
    static const std::vector<bool> table = [] {
        std::vector<bool> known(chinese_characters);
        for (const char32_t c : particles) known[c - first_chinese] = true;
        return known;
    }();
    return table;
}

bool is_particle(char32_t c) {
    return c >= first_chinese && c - first_chinese < chinese_characters &&
           particle_table()[c - first_chinese];
}

bool has_particle(std::string_view pair) {
    const Character first = character_at(pair, 0);
    return is_particle(first.value) || is_particle(character_at(pair, first.bytes).value);
}

// All numbers read alike, so that one says nothing of another; and telephone numbers are nobody's
// words.
bool is_number(std::string_view pair) {
    const Character first = character_at(pair, 0);
    const Character second = character_at(pair, first.bytes);
    return classifier::normalised(first.value) == '0' &&
           classifier::normalised(second.value) == '0';
}

// Calls visit(key, begin, end) for each pair of neighbouring characters.
template <class Visit>
void for_each_plain_pair(std::string_view text, Visit&& visit) {
    classifier::for_each_ngram(text, [&](auto key, float, auto begin, auto end) {
        if (classifier::length_of(key) == 2) visit(key, begin, end);
    });
}

const std::vector<std::uint64_t>& asking_keys() {
    static const std::vector<std::uint64_t> keys = [] {
        std::vector<std::uint64_t> found;
        for_each_plain_pair(asking, [&](auto key, auto, auto) { found.push_back(key); });
        std::ranges::sort(found);
        return found;
    }();
    return keys;
}

// The same without words of asking and inside of numbers; visit(key, faint, begin, end).
template <class Visit>
void for_each_pair(std::string_view text, Visit&& visit) {
    for_each_plain_pair(text, [&](std::uint64_t key, auto begin, auto end) {
        if (std::ranges::binary_search(asking_keys(), key)) return;
        const std::string_view pair = text.substr(begin, end - begin);
        if (!is_number(pair)) visit(key, has_particle(pair), begin, end);
    });
}

float rarity(float articles, float in_articles, bool faint) {
    return std::log1p(articles / in_articles) * (faint ? particle_share : 1);
}

int permille(double part) {
    return static_cast<int>(std::lround(part * 1000));
}

}  // namespace

void ArticleIndex::add(const ArticleText& text) {
    const auto article = static_cast<std::uint32_t>(topics_.size());
    topics_.push_back(text.topic);
    add_form(text.title, {.article = article});
    std::uint16_t number = 0;
    for (const std::string& form : text.questions) {
        add_form(form, {.article = article, .number = ++number});
    }
    add_form(first_characters(text.answer, read_of_answer), {.article = article, .answer = true});
}

void ArticleIndex::add_form(std::string_view text, Form form) {
    const auto number = static_cast<std::uint32_t>(forms_.size());
    forms_.push_back(form);
    for_each_pair(text, [&](std::uint64_t key, bool faint, auto, auto) {
        filled_.push_back({key, number, faint});
    });
}

void ArticleIndex::build() {
    std::ranges::sort(filled_);
    const auto doubles = std::ranges::unique(filled_);
    filled_.erase(doubles.begin(), doubles.end());
    forms_of_key_.reserve(filled_.size());
    const auto articles = static_cast<float>(topics_.size());
    for (std::size_t first = 0; first < filled_.size();) {
        const auto [key, form, faint] = filled_[first];
        std::uint32_t last_article = std::numeric_limits<std::uint32_t>::max();
        float in_articles = 0;
        std::size_t at = first;
        starts_.push_back(static_cast<std::uint32_t>(forms_of_key_.size()));
        for (; at < filled_.size() && filled_[at].key == key; ++at) {
            const std::uint32_t article = forms_[filled_[at].form].article;
            forms_of_key_.push_back(filled_[at].form);
            if (article != last_article) ++in_articles;
            last_article = article;
        }
        const float weight = rarity(articles, in_articles, faint);
        for (std::size_t i = first; i < at; ++i) forms_[filled_[i].form].weight += weight;
        keys_.push_back(key);
        weights_.push_back(weight);
        first = at;
    }
    starts_.push_back(static_cast<std::uint32_t>(forms_of_key_.size()));
    filled_ = {};
}

ArticleIndex::Asked ArticleIndex::read(std::string_view text) const {
    Asked asked;
    std::vector<std::pair<std::uint64_t, bool>> foreign;  // what no article has
    for_each_pair(text, [&](std::uint64_t key, bool faint, std::uint32_t begin, std::uint32_t end) {
        const auto at = std::ranges::lower_bound(keys_, key);
        if (at == keys_.end() || *at != key) {
            foreign.emplace_back(key, faint);
        } else {
            asked.pairs.push_back(
                {begin, end, static_cast<std::uint32_t>(at - keys_.begin()), faint}
            );
        }
    });
    for (const Pair& pair : asked.pairs) asked.known.push_back(pair.known);
    std::ranges::sort(asked.known);
    const auto doubles = std::ranges::unique(asked.known);
    asked.known.erase(doubles.begin(), doubles.end());
    for (const std::uint32_t known : asked.known) asked.weight += weights_[known];
    std::ranges::sort(foreign);
    const auto again = std::ranges::unique(foreign);
    foreign.erase(again.begin(), again.end());
    const auto articles = static_cast<float>(topics_.size());
    for (const auto& [key, faint] : foreign) asked.weight += rarity(articles, 1, faint);
    return asked;
}

std::vector<float> ArticleIndex::shared(const Asked& asked) const {
    std::vector<float> weights(forms_.size(), 0.0F);
    for (const std::uint32_t known : asked.known) {
        for (std::uint32_t i = starts_[known]; i < starts_[known + 1]; ++i) {
            weights[forms_of_key_[i]] += weights_[known];
        }
    }
    return weights;
}

// K12.
double ArticleIndex::score(const Form& form, float shared, float asked) const {
    const double sure = shared / (shared + evidence);
    const double of_text = shared / asked;
    if (form.answer) return answer_share * of_text * sure;
    return std::max<double>(shared / form.weight, of_text) * sure;
}

std::vector<std::string> ArticleIndex::words(
    std::string_view text, const Asked& asked, std::uint32_t form
) const {
    std::vector<std::string> found;
    std::uint32_t begin = 0, end = 0;
    const auto finish = [&] {
        std::string word(text.substr(begin, end - begin));
        const bool fresh = end > begin && std::ranges::find(found, word) == found.end();
        if (fresh && found.size() < most_words) found.push_back(std::move(word));
    };
    for (const Pair& pair : asked.pairs) {
        if (pair.faint) continue;
        const auto first = forms_of_key_.begin() + starts_[pair.known];
        const auto last = forms_of_key_.begin() + starts_[pair.known + 1];
        if (!std::binary_search(first, last, form)) continue;
        if (pair.begin > end) {
            finish();
            begin = pair.begin;
        } else if (end == 0) {
            begin = pair.begin;
        }
        end = pair.end;
    }
    finish();
    return found;
}

std::vector<Match> ArticleIndex::find(std::string_view text, const Wanted& wanted) const {
    const Asked asked = read(text);
    if (asked.known.empty()) return {};
    struct Best {
        int score = 0;
        std::uint32_t form = 0;
    };
    std::vector<Best> best(topics_.size());
    const std::vector<float> weights = shared(asked);
    for (std::uint32_t form = 0; form < forms_.size(); ++form) {
        if (weights[form] <= 0) continue;
        const int reached = permille(score(forms_[form], weights[form], asked.weight));
        Best& known = best[forms_[form].article];
        if (reached > known.score) known = {reached, form};
    }
    std::vector<Match> matches;
    for (std::size_t article = 0; article < best.size(); ++article) {
        if (best[article].score == 0) continue;
        const bool topic = !wanted.topic.empty() && topics_[article] == wanted.topic;
        const int reached = std::min(1000, best[article].score * (topic ? 3 : 2) / 2);
        if (reached < wanted.least || (wanted.fits && !wanted.fits(article))) continue;
        matches.push_back({.article = article, .score = reached, .topic = topic});
    }
    std::ranges::stable_sort(matches, std::ranges::greater{}, &Match::score);
    if (matches.size() > wanted.most) matches.resize(wanted.most);
    for (Match& match : matches) {
        const std::uint32_t form = best[match.article].form;
        match.question = forms_[form].number;
        match.in_answer = forms_[form].answer;
        match.words = words(text, asked, form);
    }
    return matches;
}

}  // namespace hotline::ticketing::knowledge
