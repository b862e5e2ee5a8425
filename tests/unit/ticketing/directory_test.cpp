#include "ticketing/types/directory.hpp"

#include <doctest/doctest.h>

using namespace hotline::ticketing;

namespace {

Unit unit(std::uint64_t id, std::string code, std::uint64_t parent, std::string division) {
    Unit made;
    made.id = UnitId{id};
    made.code = code;
    made.name = code;
    made.parent = UnitId{parent};
    made.division = std::move(division);
    made.function = code.substr(code.find('.') + 1);
    return made;
}

}  // namespace

TEST_CASE("units are found by id, code and function in a division") {
    Directory directory;
    directory.units = {unit(1, "city.tax", 0, "610500"), unit(2, "610526.tax", 1, "610526")};
    directory.index();
    CHECK(directory.unit(UnitId{2})->code == "610526.tax");
    CHECK(directory.unit_by_code("city.tax")->id == UnitId{1});
    CHECK(directory.unit_for("tax", "610526")->id == UnitId{2});
    CHECK(directory.unit_for("tax", "610527") == nullptr);
    CHECK(directory.unit(UnitId{}) == nullptr);
}

TEST_CASE("a subtree is the unit and everything below it") {
    Directory directory;
    directory.units = {
        unit(1, "a.x", 0, "610500"), unit(2, "b.y", 1, "610526"), unit(3, "c.z", 2, "610526")
    };
    directory.index();
    CHECK(directory.subtree(UnitId{1}) == std::vector{UnitId{1}, UnitId{2}, UnitId{3}});
    CHECK(directory.subtree(UnitId{3}) == std::vector{UnitId{3}});
    CHECK(directory.within(UnitId{3}, UnitId{1}));
    CHECK_FALSE(directory.within(UnitId{1}, UnitId{3}));
    CHECK(directory.subtree(UnitId{9}).empty());
}

TEST_CASE("a ring of parents in a damaged register ends") {
    Directory directory;
    directory.units = {unit(1, "a.x", 2, "610500"), unit(2, "b.y", 1, "610500")};
    directory.index();
    CHECK(directory.within(UnitId{1}, UnitId{2}));
    CHECK_FALSE(directory.within(UnitId{1}, UnitId{7}));
    CHECK(directory.subtree(UnitId{1}).size() == 2);
}

TEST_CASE("inactive units hold no function any more, but are still found by id") {
    Directory directory;
    directory.units = {unit(1, "city.tax", 0, "610500")};
    directory.units[0].active = false;
    directory.index();
    CHECK(directory.unit_for("tax", "610500") == nullptr);
    CHECK(directory.unit(UnitId{1}) != nullptr);
}
