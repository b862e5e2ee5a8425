#include "integrations/mysql/store_error.hpp"

#include <doctest/doctest.h>

using namespace hotline;
using namespace hotline::mysql;

TEST_CASE("the key of a duplicate is found in the messages of MariaDB and of MySQL 8") {
    CHECK(is_duplicate(store_error(1062, "Duplicate entry 'a' for key 'uq_x'"), "uq_x"));
    CHECK(is_duplicate(store_error(1062, "Duplicate entry 'a-b' for key 'ticket.uq_x'"), "uq_x"));
    CHECK(is_duplicate(store_error(1062, "Duplicate entry 'for key 'y'' for key 'uq_x'"), "uq_x"));
}

TEST_CASE("other errors are no duplicates, whatever their text says") {
    CHECK(duplicate_key(store_error(1213, "for key 'uq_x'")) == "");
    CHECK(duplicate_key(Error{ErrorCode::internal, "1062 uq_x", {}}) == "");
}

TEST_CASE("number 0 and unknown numbers are failures of ours, never success") {
    CHECK(store_error(0, "no idea").code == ErrorCode::internal);
    CHECK(store_error(9999, "").code == ErrorCode::internal);
    CHECK(mysql_code(store_error(9999, "")) == 9999);
}

TEST_CASE("deadlocks may be retried, lost links and a read-only server are the store's absence") {
    for (const int number : {1213, 1205, 1020}) CHECK(classify(number) == Failure::retryable);
    for (const int number : {2006, 2013, 2003, 1927}) CHECK(classify(number) == Failure::lost);
    for (const int number : {2006, 1290, 1021, 1114, 1040})
        CHECK(store_error(number, "x").code == ErrorCode::store_unavailable);
}

TEST_CASE("quoted values stay out of the detail, quoted column names stay in") {
    CHECK(
        store_error(1366, "Incorrect string value: '赵某' for column 'it's' at").detail ==
        "1366 Incorrect string value: '…' at"
    );
    CHECK(
        store_error(1054, "Unknown column 'x' in 'y'").detail == "1054 Unknown column 'x' in 'y'"
    );
}

TEST_CASE("an unknown commit is told apart from every other failure") {
    CHECK(outcome_unknown(unknown_outcome()));
    CHECK_FALSE(outcome_unknown(Error{ErrorCode::deadline_exceeded, "cancelled", {}}));
    CHECK_FALSE(outcome_unknown(store_error(2013, "commit outcome unknown")));
}
