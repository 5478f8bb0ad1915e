#pragma once
// The rows of a feed as leaves, questions and persons: what both tabulators start from.

#include <candour/tabulate/tabulate.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace candour::tabulate {

/// A record of the population.
struct FeedRow {
  std::uint64_t line = 0;
  std::vector<table::LeafIndex> leaves;  ///< one a variable
  std::uint32_t questions = 0;           ///< bit q: question q counts it
  std::optional<std::string> person;
};
/// A row of a table of counts.
struct CountRow {
  std::vector<table::LeafIndex> leaves;
  std::int64_t count = 0;
};

/// Streams the records that belong to the population. Errors as tabulate(), and what `take` gives back.
[[nodiscard]] base::Result<FeedQuality> read_record_feed(const table::AtomSpace& space, const RecordFeed& feed,
                                                         const std::function<base::Result<base::Done>(const FeedRow&)>& take);
/// Streams a table of counts. A count that is missing, negative or not whole is Error wrong_input "tabulate.bad_count" with file and line.
[[nodiscard]] base::Result<FeedQuality> read_count_feed(const table::AtomSpace& space, const CountFeed& feed,
                                                        const std::function<base::Result<base::Done>(const CountRow&)>& take);

}  // namespace candour::tabulate
