#pragma once

#include "server/cli/replay_file.hpp"
#include "ticketing/types/directory.hpp"

#include <boost/json/object.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace hotline::cli {

// Expected beside got, one appeal after the other: lines for people, or one JSON object a line.
class ReplayReport {
public:
    ReplayReport(const ticketing::Directory& directory, bool as_json);

    void got(const ReplayAppeal& appeal, const boost::json::object& ticket);
    void failed(const ReplayAppeal& appeal, const Error& error);
    // Prints the sums (to standard error beside JSON). 0 when every appeal became a ticket.
    int finish() const;

private:
    // What became of one appeal, in the words of the file.
    struct Got {
        std::string ticket_no, category, topic, department, district, urgency, official, handle_due;
    };
    static Got read(const boost::json::object& ticket);
    void print(const ReplayAppeal& appeal, const Got& got) const;
    void print_json(const ReplayAppeal& appeal, const Got& got) const;

    bool as_json_;
    std::vector<std::string> places_;
    std::size_t appeals_ = 0, tickets_ = 0;
    std::size_t category_ = 0, topic_ = 0, department_ = 0, district_ = 0, urgency_ = 0;
};

}  // namespace hotline::cli
