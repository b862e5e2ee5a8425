#include "server/actions/find_hot_topics.hpp"

#include "ticketing/text.hpp"

namespace hotline::actions {
namespace {

using mysql::AppealText;
using ticketing::State;
using ticketing::similarity::HotText;

constexpr std::size_t texts_at_once = 2'000;
constexpr std::size_t most_appeals = 50'000;

// A merged one was told as well.
bool was_told(const AppealText& text) {
    return !text.needs_entry && text.state != State::draft && text.state != State::declined &&
           text.state != State::withdrawn;
}

// D10
std::string party_of(const AppealText& text) {
    if (text.enterprise) return "#" + std::to_string(text.enterprise.value);
    return ticketing::tidied(text.enterprise_name);
}

HotText hot_text(AppealText&& text) {
    return {
        {.ticket = text.ticket,
         .party = party_of(text),
         .day = sla::local_day(text.accepted_at),
         .division = std::move(text.division),
         .topic = std::move(text.topic)},
        compared_text(text.title, text.content)
    };
}

void keep_newest(std::vector<HotText>& texts) {
    if (texts.size() <= most_appeals) return;
    const auto surplus = static_cast<std::ptrdiff_t>(texts.size() - most_appeals);
    texts.erase(texts.begin(), texts.begin() + surplus);
}

}  // namespace

Result<HotTopics> find_hot_topics(
    mysql::Connection& db, const SimilarAppeals& appeals, ticketing::Instant now
) {
    const auto& rules = appeals.rules().hot;
    const sla::LocalDay first = sla::local_day(now) - std::chrono::days(rules.days - 1);
    const ticketing::Instant since = sla::at_local(first, {});
    std::vector<HotText> texts;
    ticketing::TicketId last = appeals.floor_of(first);
    if (last.value > 0) --last.value;
    for (;;) {
        auto read = mysql::appeal_texts_after(db, last, since, texts_at_once);
        if (!read) return std::unexpected(read.error());
        if (!read->empty()) last = read->back().ticket;
        const bool more = read->size() == texts_at_once;
        for (AppealText& text : *read) {
            if (was_told(text)) texts.push_back(hot_text(std::move(text)));
        }
        if (texts.size() > most_appeals + most_appeals / 5) keep_newest(texts);
        if (!more) break;
    }
    keep_newest(texts);
    return HotTopics{now, ticketing::similarity::hot_topics(texts, rules)};
}

}  // namespace hotline::actions
