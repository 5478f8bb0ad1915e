#pragma once
// Where the suites of this folder keep their databases: each suite is compiled twice, with places_sqlite.cpp and with places_postgresql.cpp.

#include <string>

namespace candour::casework_tests {

/// The place of a database that holds nothing yet. It lives as long as the program.
[[nodiscard]] std::string fresh_place();
/// A place at which nothing answers, with a word in it that no error may repeat.
[[nodiscard]] std::string dead_place();

}  // namespace candour::casework_tests
