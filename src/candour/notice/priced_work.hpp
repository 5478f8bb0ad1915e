#pragma once
// The cost ledger of a case as the narrowing engine takes it.

#include <candour/law/narrowing.hpp>
#include <candour/request/case.hpp>

#include <vector>

namespace candour::notice {

/// Gives the lines that count, each with what would save it: its period, system or breakdown, or its question.
[[nodiscard]] std::vector<law::PricedWork> priced_work(const request::Case& the_case);

}  // namespace candour::notice
