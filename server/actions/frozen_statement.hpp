#pragma once

#include "integrations/mysql/freeze_store.hpp"
#include "ticketing/types/event.hpp"

#include <string>
#include <string_view>

namespace hotline::actions {

// SM3 (GB/T 32905) over every figure and every piece of evidence, a line each, in their order.
class FrozenDigest {
public:
    void add(const sla::FigureKey& key, std::int64_t amount);
    void add(const mysql::ChainHead& head);
    void add(const FrozenDigest& more) { lines_ += more.lines_; }
    ticketing::Digest result() const;

private:
    std::string lines_;
};

// What is signed: who froze which period when, by which definitions, and the digest.
std::string frozen_statement(const mysql::Freeze& freeze);

// "closing_rate 1,on_time_rate 1,…": the rates of a period with the versions they are reckoned by.
// Pictures of now are not of a period.
std::string definitions_in_force();
// Whether this program can still reckon by all of them.
bool definitions_known(std::string_view definitions);

}  // namespace hotline::actions
