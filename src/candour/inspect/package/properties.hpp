#pragma once
// The properties of a package that no single element gives away.

#include <candour/inspect/package/open_package.hpp>

namespace candour::inspect {

/// Looks at the dates of the core properties and at the titles of parts that the extended properties list; a sheet that stands only there is a finding.
void inspect_properties(OpenPackage& package, Inspection& inspection);

}  // namespace candour::inspect
