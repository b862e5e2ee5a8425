#pragma once

#include "integrations/workbook/sheet.hpp"
#include "server/api/exports/words.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <span>
#include <string>
#include <string_view>

// Answers of the interface as tables. What an answer does not have is an empty cell.
namespace hotline::api {

std::string_view text_in(const boost::json::object& object, std::string_view key);
const boost::json::array& list_in(const boost::json::object& object, std::string_view key);
const boost::json::object& object_in(const boost::json::object& object, std::string_view key);

// A value as it came; nothing where there is nothing.
workbook::Cell cell_from(const boost::json::value& value);
workbook::Cell cell_in(const boost::json::object& object, std::string_view key);
// The same for what every answer has: "" instead of nothing.
std::string told(const boost::json::object& object, std::string_view key);
// A moment of the interface in the city's time, for people.
std::string moment(std::string_view text);

// How a field becomes a cell.
enum class Kind { plain, word, moment, list };

struct Column {
    std::string_view key;
    Words heading;
    Kind kind = Kind::plain;
};

workbook::Sheet laid_out(
    const boost::json::array& rows, std::span<const Column> columns, bool english
);
workbook::Sheet named(workbook::Sheet sheet, const Words& name, bool english);

}  // namespace hotline::api
