#include "ticketing/classifier/quality.hpp"

#include <doctest/doctest.h>

using hotline::ticketing::classifier::Confusion;

TEST_CASE("accuracy, precision, recall and F1 are those of the table") {
    Confusion table{3};  // of the third label there is nothing
    for (int i = 0; i < 6; ++i) table.add(0, 0);
    for (int i = 0; i < 2; ++i) table.add(0, 1);
    for (int i = 0; i < 3; ++i) table.add(1, 1);
    table.add(1, 0);
    CHECK(table.texts() == 12);
    CHECK(table.accuracy() == doctest::Approx(9.0 / 12));
    CHECK(table.recall(0) == doctest::Approx(6.0 / 8));
    CHECK(table.precision(0) == doctest::Approx(6.0 / 7));
    CHECK(table.f1(0) == doctest::Approx(2 * 6.0 / (8 + 7)));
    CHECK(table.f1(2) == 0);
    CHECK(table.macro_f1() == doctest::Approx((table.f1(0) + table.f1(1)) / 2));
}

TEST_CASE("an empty table has figures of zero") {
    const Confusion table{2};
    CHECK(table.accuracy() == 0);
    CHECK(table.macro_f1() == 0);
}
