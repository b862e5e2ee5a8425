#include "server/api/exports/layout.hpp"

#include "server/api/dto.hpp"
#include "server/calendar/local_text.hpp"

namespace hotline::api {
namespace {

namespace json = boost::json;
using workbook::Cell;
using workbook::Row;
using workbook::Sheet;

std::string joined(const json::array& list) {
    std::string out;
    for (const json::value& value : list) {
        if (!value.is_string()) continue;
        out += (out.empty() ? "" : " · ") + std::string(value.get_string());
    }
    return out;
}

Cell cell_of(const json::object& row, const Column& column, bool english) {
    switch (column.kind) {
        case Kind::plain:
            return cell_in(row, column.key);
        case Kind::word:
            return for_people(text_in(row, column.key), english);
        case Kind::moment:
            return moment(text_in(row, column.key));
        case Kind::list:
            return joined(list_in(row, column.key));
    }
    return {};
}

}  // namespace

std::string_view text_in(const json::object& object, std::string_view key) {
    const auto* value = object.if_contains(key);
    return value != nullptr && value->is_string() ? std::string_view(value->get_string())
                                                  : std::string_view{};
}

const json::array& list_in(const json::object& object, std::string_view key) {
    static const json::array nothing;
    const auto* value = object.if_contains(key);
    return value != nullptr && value->is_array() ? value->get_array() : nothing;
}

const json::object& object_in(const json::object& object, std::string_view key) {
    static const json::object nothing;
    const auto* value = object.if_contains(key);
    return value != nullptr && value->is_object() ? value->get_object() : nothing;
}

Cell cell_from(const json::value& value) {
    if (value.is_string()) return std::string(value.get_string());
    if (value.is_int64()) return value.get_int64();
    if (value.is_uint64()) return static_cast<std::int64_t>(value.get_uint64());
    if (value.is_double()) return value.get_double();
    return {};
}

Cell cell_in(const json::object& object, std::string_view key) {
    const auto* value = object.if_contains(key);
    return value != nullptr ? cell_from(*value) : Cell{};
}

std::string told(const json::object& object, std::string_view key) {
    const Cell cell = cell_in(object, key);
    if (const auto* text = std::get_if<std::string>(&cell)) return *text;
    if (const auto* whole = std::get_if<std::int64_t>(&cell)) return std::to_string(*whole);
    return {};
}

std::string moment(std::string_view text) {
    const auto at = instant_from(text);
    return at ? calendar::moment_text(*at) : std::string(text);
}

Sheet laid_out(const json::array& rows, std::span<const Column> columns, bool english) {
    Sheet sheet;
    for (const Column& column : columns) sheet.headings.push_back(column.heading.in(english));
    for (const json::value& value : rows) {
        Row row;
        for (const Column& column : columns) {
            row.push_back(cell_of(value.as_object(), column, english));
        }
        sheet.rows.push_back(std::move(row));
    }
    return sheet;
}

Sheet named(Sheet sheet, const Words& name, bool english) {
    sheet.name = name.in(english);
    return sheet;
}

}  // namespace hotline::api
