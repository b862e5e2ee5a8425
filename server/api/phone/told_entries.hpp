#pragma once

#include "ticketing/errors.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <string>
#include <utility>
#include <vector>

namespace hotline::api {

// `list` of the object read entry by entry, all or none; a fault is told with the entry's place.
template <class Read>
auto read_entries(
    const boost::json::object& object, const std::string& list, std::size_t most, Read&& read
) -> Result<std::vector<typename decltype(read(boost::json::value{}))::value_type>> {
    std::vector<typename decltype(read(boost::json::value{}))::value_type> entries;
    const boost::json::value* found = object.if_contains(list);
    if (found == nullptr) return fail_field(list, ErrorCode::missing_field);
    if (!found->is_array()) return fail_field(list, ErrorCode::wrong_type);
    const boost::json::array& array = found->get_array();
    if (array.size() > most) return fail_field(list, ErrorCode::too_long, std::to_string(most));
    for (std::size_t i = 0; i < array.size(); ++i) {
        auto entry = read(array[i]);
        if (entry) {
            entries.push_back(std::move(*entry));
            continue;
        }
        Error error = std::move(entry.error());
        const std::string place = list + "[" + std::to_string(i) + "]";
        if (error.fields.empty()) return fail_field(place, error.code);
        for (FieldError& field : error.fields) field.field = place + "." + field.field;
        return std::unexpected(std::move(error));
    }
    return entries;
}

}  // namespace hotline::api
