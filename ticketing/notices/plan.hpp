#pragma once

#include "sla/calendar.hpp"
#include "ticketing/notices/channel.hpp"
#include "ticketing/notices/occasion.hpp"
#include "ticketing/notices/receivers.hpp"

#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <vector>

// By which channels and when (README.md, G9 to G16). Pure: the time is a parameter.
namespace hotline::ticketing::notices {

enum class Language { chinese = 1, english = 2 };  // persisted

// A set of channels.
struct Channels {
    std::uint32_t bits = 0;

    static constexpr Channels of(std::initializer_list<Channel> list) {
        Channels set;
        for (const Channel channel : list) set.add(channel);
        return set;
    }
    constexpr void add(Channel channel) { bits |= 1U << static_cast<unsigned>(channel); }
    constexpr bool has(Channel channel) const {
        return (bits >> static_cast<unsigned>(channel) & 1U) != 0;
    }
    constexpr bool operator==(const Channels&) const = default;
};

// What a receiver wants. The minutes are of the day in China; the same twice: no quiet hours.
struct Preferences {
    std::chrono::minutes quiet_from{22 * 60};
    std::chrono::minutes quiet_to{7 * 60};
    Language language = Language::chinese;
    Channels wanted = Channels::of(
        {Channel::live,
         Channel::web_push,
         Channel::wecom,
         Channel::dingtalk,
         Channel::sms,
         Channel::voice}
    );

    bool operator==(const Preferences&) const = default;
};

// What the administrator sets: [notices].
struct Pace {
    // Until the next channel is asked and, after the last, the stand-in.
    std::chrono::minutes critical{3};  // around the clock
    std::chrono::minutes urgent{15};   // around the clock
    std::chrono::minutes normal{60};   // in office hours
    // News nobody has taken yet goes to the next channel after this.
    std::chrono::minutes undelivered{1};
    std::chrono::minutes shift_start{8 * 60 + 30};  // on working days, in China
    int summary_from = 3;  // so many that waited through the night become one

    bool operator==(const Pace&) const = default;
};

// How much an occasion asks of its receiver (G9).
enum class Weight {
    duty,  // he must answer; in the end his stand-in is asked
    word,  // he is told until one channel has taken it, by SMS at last
    news,  // the same, but never by SMS
};

constexpr auto names_of(Weight) {
    return NameTable<Weight, 3>{
        {{Weight::duty, "duty"}, {Weight::word, "word"}, {Weight::news, "news"}}
    };
}

// Of something that happened to one; the others know neither urgency nor stand-in.
bool is_of_a_ticket(Occasion occasion);

Weight weight_of(Occasion occasion, Standing standing);
Weight weight_of(Occasion occasion);  // to whom it concerns most

// G10: the channels one after the other; those of one rung at the same time. Only such as the
// receiver can be reached by and wants; never empty rungs.
std::vector<Channels> ladder(
    Occasion occasion,
    Standing standing,
    Urgency urgency,
    const Preferences& preferences,
    Channels reachable
);

// G12: nothing goes out before; nothing: at once.
std::optional<Instant> held_until(
    Occasion occasion,
    Urgency urgency,
    const Preferences& preferences,
    const Pace& pace,
    const sla::Calendar& calendar,
    Instant now
);

// G13: when the next rung is due after one at `now`.
Instant next_rung_at(
    Occasion occasion,
    Standing standing,
    Urgency urgency,
    const Pace& pace,
    const sla::Calendar& calendar,
    Instant now
);

// Why nothing more is done about a notice. Persisted numbers: never renumber.
enum class Ending {
    none = 0,
    acknowledged = 1,
    delivered = 2,    // a word or news one channel has taken
    settled = 3,      // the matter is done with
    coalesced = 4,    // a newer one about the same ticket took its place
    summarised = 5,   // told in the summary at the start of the shift
    unreachable = 6,  // no channel left that leads to him; it stands in his list
    handed_on = 7,    // nobody answered: his stand-in was asked
};

constexpr auto names_of(Ending) {
    return NameTable<Ending, 8>{{
        {Ending::none, "none"},
        {Ending::acknowledged, "acknowledged"},
        {Ending::delivered, "delivered"},
        {Ending::settled, "settled"},
        {Ending::coalesced, "coalesced"},
        {Ending::summarised, "summarised"},
        {Ending::unreachable, "unreachable"},
        {Ending::handed_on, "handed_on"},
    }};
}

// A notice as far as its next step asks.
struct Course {
    Occasion occasion = Occasion::assigned;
    Standing standing = Standing::handler;
    Urgency urgency = Urgency::normal;
    std::size_t rung = 0;  // how many are done
    bool delivered = false;
    bool settled = false;
};

// What is to be done about a notice that is due.
struct Step {
    Channels send;  // none: nothing any more
    std::size_t rung = 0;
    std::optional<Instant> next_at;  // nothing: it has come to its end
    Ending ending = Ending::none;
    bool held = false;  // waits for the shift to begin
    bool ask_stand_in = false;

    bool operator==(const Step&) const = default;
};

Step next_step(
    const Course& course,
    const Preferences& preferences,
    Channels reachable,
    const Pace& pace,
    const sla::Calendar& calendar,
    Instant now
);

// G14: whether a newer notice about the same ticket to the same receiver ends an older one.
bool takes_the_place(
    Occasion newer, Standing newer_as, Occasion older, Standing older_as, std::size_t older_rung
);

}  // namespace hotline::ticketing::notices
