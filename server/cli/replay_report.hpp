#pragma once

#include "server/cli/replay_file.hpp"
#include "ticketing/types/directory.hpp"

#include <boost/json/object.hpp>

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::cli {

// Expected beside got, one appeal after the other: lines for people, or one JSON object a line.
class ReplayReport {
public:
    ReplayReport(const ticketing::Directory& directory, bool as_json);

    void got(const ReplayAppeal& appeal, const boost::json::object& ticket);
    void failed(const ReplayAppeal& appeal, const Error& error);
    // Prints the sums and what was taken for what (to standard error beside JSON). 0 when every
    // appeal became a ticket.
    int finish() const;

    // How many were as expected.
    struct Right {
        std::size_t appeals = 0, category = 0, topic = 0, department = 0, district = 0, urgency = 0;
    };
    const Right& right() const { return right_; }

private:
    // What became of one appeal, in the words of the file.
    struct Got {
        std::string ticket_no, category, topic, department, district, urgency, official, handle_due;
    };
    static Got read(const boost::json::object& ticket);
    void print(const ReplayAppeal& appeal, const Got& got) const;
    void print_json(const ReplayAppeal& appeal, const Got& got) const;

    // Whether both hold the same power, here or a level down.
    bool same_power(std::string_view expected, std::string_view got) const;

    // Counts one field, and remembers it where it is not as expected.
    std::size_t judged(
        bool as_expected,
        std::string_view field,
        const std::string& expected,
        const std::string& got
    );

    bool as_json_;
    std::vector<std::string> places_;
    std::map<std::string, std::string> functions_;  // by the unit's name
    std::size_t tickets_ = 0;
    Right right_;
    std::map<std::string, std::size_t> confusions_;  // by "field: expected → got"
};

}  // namespace hotline::cli
