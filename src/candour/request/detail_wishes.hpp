#pragma once
// What the officer settles about detail before the search: what matters more, what is never crossed, what is kept. From the [[detail]] parts of case.toml.

#include <candour/request/case.hpp>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace candour::request {

/// A variable, or a stretch of periods, that counts beside all figures together, which count 100.
struct DetailWeight {
  std::string variable;                                     ///< name; empty where periods are weighted
  std::pair<table::LeafIndex, table::LeafIndex> periods{};  ///< first leaf and the one after the last
  std::int64_t weight = 0;
};

struct DetailWishes {
  std::string population;                                        ///< id
  std::vector<std::pair<std::string, std::string>> never_cross;  ///< names of variables that no table holds together
  std::vector<std::string> keep;                                 ///< names of variables given on their own, at the level asked, whatever else is lost
  std::vector<std::string> may_join;                             ///< names of variables whose small categories may be joined
  std::vector<DetailWeight> weights;
};

/// Reads the [[detail]] parts of a case that load_case has accepted, one entry a part. Errors: wrong_input "case.unknown_population", "case.unknown_variable",
/// "case.unknown_period", "case.weight" with file and line.
[[nodiscard]] base::ResultOrErrors<std::vector<DetailWishes>> load_detail_wishes(const Case& the_case);

}  // namespace candour::request
