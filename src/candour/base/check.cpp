#include <candour/base/check.hpp>

namespace candour::base {

void stop_with_internal_fault(std::string_view sentence, std::string_view file, int line) { throw InternalFault{sentence, file, line}; }

}  // namespace candour::base
