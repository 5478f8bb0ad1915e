#pragma once
// CANDOUR_CHECK: our own mistakes stop the program before a wrong figure can leave it.

#include <string_view>

namespace candour::base {

/// Thrown by CANDOUR_CHECK; caught only in main, which exits with status 5. Holds no record's contents.
struct InternalFault {
  std::string_view sentence;
  std::string_view file;
  int line;
};

[[noreturn]] void stop_with_internal_fault(std::string_view sentence, std::string_view file, int line);

}  // namespace candour::base

#define CANDOUR_CHECK(condition, sentence)                                                     \
  do {                                                                                         \
    if (!(condition)) ::candour::base::stop_with_internal_fault(sentence, __FILE__, __LINE__); \
  } while (false)
