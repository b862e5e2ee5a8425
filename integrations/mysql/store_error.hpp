#pragma once

#include "ticketing/errors.hpp"

#include <string_view>

namespace hotline::mysql {

// What became of a failed statement, read from the server's error number (never from its text).
enum class Failure {
    duplicate_key,  // 1062: the statement did nothing, the transaction goes on
    retryable,      // 1213 deadlock, 1205 lock wait, 1020 changed row: the transaction must restart
    lost,           // the connection is gone; what was sent last may or may not have happened
    refused,        // everything else: our bug, a full disk, a read-only server
};

Failure classify(int mysql_code);

// Turns a server or client error into ours. detail is "<number> <key or message>", for the log
// only; quoted values of the message are left out because they may be personal. conflict: duplicate
// or retryable; store_unavailable: lost, read-only, disk full, shutting down; internal: the rest,
// also number 0 (client-side errors of the connector).
Error store_error(int mysql_code, std::string_view message);

// The server's error number of an Error made by this folder; 0 when it has none.
int mysql_code(const Error& error);

// The name of the unique key that refused a row ("PRIMARY", "uq_ticket_intake"), else "".
std::string_view duplicate_key(const Error& error);
bool is_duplicate(const Error& error, std::string_view key);

// COMMIT was sent and no answer came: look the row up by its key before doing anything again.
// Its code is ErrorCode::deadline_exceeded.
Error unknown_outcome();
bool outcome_unknown(const Error& error);

}  // namespace hotline::mysql
