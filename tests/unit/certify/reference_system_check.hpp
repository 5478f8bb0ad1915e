#pragma once
// The checker of suppressed systems as it is said in words: one move and one secret after the other, in wide numbers. The fast one must say the same.

#include <candour/certify/system_check.hpp>

namespace candour::certify::reference {

[[nodiscard]] SystemCheck check_system(const table::AdditiveSystem& system, const truth::SystemTruth& truth, const SystemEvidence& evidence,
                                       const SystemCheckOptions& options);

}  // namespace candour::certify::reference
