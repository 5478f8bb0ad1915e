#pragma once
// Whether an inspection left a file open, and why.

#include <candour/inspect/inspect_file.hpp>
#include <candour/inspect/rendering.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace candour::inspect::specimens {

inline std::vector<std::string> gap_codes(const InspectionReport& report) {
  std::vector<std::string> codes;
  for (const auto& gap : report.gaps) codes.push_back(gap.code);
  return codes;
}

/// Gives whether the file is "not fully inspected" for this reason.
inline testing::AssertionResult is_left_open(const std::string& bytes, const std::string& code, const InspectionOptions& options = {}) {
  const auto report = inspect_bytes("file", bytes, options);
  const auto codes = gap_codes(report);
  if (report.outcome() == InspectionOutcome::not_fully_inspected && std::find(codes.begin(), codes.end(), code) != codes.end())
    return testing::AssertionSuccess();
  return testing::AssertionFailure() << "expected " << code << "\n" << to_text({report});
}

}  // namespace candour::inspect::specimens
