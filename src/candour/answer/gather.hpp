#pragma once
// From a case to the truth about each of its populations: holdings opened, records counted, coverage laid out.

#include <candour/answer/plan_search.hpp>
#include <candour/base/digest.hpp>
#include <candour/base/result.hpp>
#include <candour/protect/draft.hpp>
#include <candour/request/case.hpp>
#include <candour/tabulate/tabulate.hpp>

#include <string>
#include <vector>

namespace candour::answer {

/// One population of a case, counted.
struct GatheredPopulation {
  std::string id;
  truth::Population truth;
  std::vector<table::TableDesign> asked;  ///< the finest design of each question
  protect::CoverageOfQuestions coverage;
  std::vector<JoinedVariable> joined = {};  ///< variables whose small categories stand together (join_categories.hpp)
};

struct Gathered {
  std::vector<GatheredPopulation> populations;  ///< those with a question that gives figures, in the order of the case
  base::Digest records_digest;                  ///< of all holdings used
  std::vector<std::string> quality;             ///< sentences for the private data-quality page: counts and positions only
};

/// Opens the holdings that the figures need and counts. Cost: rows times variables.
[[nodiscard]] base::Result<Gathered> gather(const request::Case& the_case);

}  // namespace candour::answer
