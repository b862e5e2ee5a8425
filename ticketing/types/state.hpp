#pragma once

#include "ticketing/types/named_enum.hpp"

#include <vector>

namespace hotline::ticketing {

// Where a ticket stands. Numbers are persisted: never renumber.
enum class State {
    draft = 1,           // 草稿
    accepted = 2,        // 已受理, waits for dispatch
    dispatched = 3,      // 待签收
    handling = 4,        // 办理中 (a redo is handling with round > 1)
    return_pending = 5,  // 退单待审
    suspended = 6,       // 挂账
    submitted = 7,       // 待审核
    callback = 8,        // 待回访
    closed = 9,          // 已办结
    archived = 10,       // 归档
    declined = 11,       // 不予受理
    merged = 12,         // 并案
    withdrawn = 13,      // 撤诉
    mediating = 14,      // 调解中: what the unit owes stands still
};

constexpr auto names_of(State) {
    return NameTable<State, 14>{{
        {State::draft, "draft"},
        {State::accepted, "accepted"},
        {State::dispatched, "dispatched"},
        {State::handling, "handling"},
        {State::return_pending, "return_pending"},
        {State::suspended, "suspended"},
        {State::submitted, "submitted"},
        {State::callback, "callback"},
        {State::closed, "closed"},
        {State::archived, "archived"},
        {State::declined, "declined"},
        {State::merged, "merged"},
        {State::withdrawn, "withdrawn"},
        {State::mediating, "mediating"},
    }};
}

// Nothing more happens to the ticket by itself; its clocks are stopped.
constexpr bool is_final(State state) {
    return state == State::closed || state == State::archived || state == State::declined ||
           state == State::merged || state == State::withdrawn;
}

// Those in which a ticket still needs somebody.
inline std::vector<State> unfinished_states() {
    std::vector<State> states;
    for (const auto& [state, word] : names_of(State{})) {
        if (!is_final(state)) states.push_back(state);
    }
    return states;
}

}  // namespace hotline::ticketing
