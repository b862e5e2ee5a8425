#pragma once

#include "sla/local_time.hpp"
#include "ticketing/similarity/shingles.hpp"
#include "ticketing/types/ids.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace hotline::ticketing::similarity {

// What a city may set (server/hotline.toml, section similarity); README.md tells why so.
struct HotRules {
    int days = 7;         // D9
    int percent = 20;     // D9
    int enterprises = 5;  // D10

    bool operator==(const HotRules&) const = default;
};

// One of the appeals of the days looked at.
struct HotAppeal {
    TicketId ticket;
    std::string party;  // D10: whose it is; "" counts for nobody
    sla::LocalDay day;
    std::string division;
    std::string topic;

    bool operator==(const HotAppeal&) const = default;
};

struct HotText {
    HotAppeal appeal;
    std::string text;
};

// A phrase that many of a topic's appeals have, and who (D11).
struct HotPhrase {
    std::string text;
    std::vector<TicketId> in;  // ascending

    bool operator==(const HotPhrase&) const = default;
};

// 热点: many enterprises tell the same within days.
struct HotTopic {
    std::vector<HotAppeal> appeals;  // ascending; the first is the head
    std::vector<HotPhrase> phrases;

    bool operator==(const HotTopic&) const = default;
};

// How many different enterprises there are among appeals (D10).
std::size_t enterprises_among(std::span<const HotAppeal> appeals);

// The hot topics among the appeals of the last days, in the order of their tickets; those of the
// most enterprises first.
std::vector<HotTopic> hot_topics(std::span<const HotText> texts, const HotRules& rules);

}  // namespace hotline::ticketing::similarity
