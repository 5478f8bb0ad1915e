#pragma once
// Inside the auditor: one table that fits, from which everything else is a change.

#include <candour/attack/audit_reduced.hpp>
#include <candour/attack/audit_work.hpp>

#include <cstdint>
#include <vector>

namespace candour::attack::inside {

/// Checks that a table given from outside fits every sum and bound of the untied system. Error wrong_input "audit.starting_table".
[[nodiscard]] base::Result<base::Done> check_fits(const Reduced& untied, const std::vector<std::int64_t>& table);

/// Takes the start of a system from a table that fits.
void take_start(Reduced& system, const std::vector<std::int64_t>& table);

/// Searches a start, component by component: a guess well inside the bounds, made to fit by the smallest change that a linear program finds; where that is not
/// whole, by an integer program. A component without a whole start is decided over the reals alone. Errors: "audit.inconsistent" where no real table fits;
/// could_not_finish "audit.no_start" where the solver failed or the time ended before one was found.
[[nodiscard]] base::Result<base::Done> find_start(Reduced& system, AuditWork& work);

}  // namespace candour::attack::inside
