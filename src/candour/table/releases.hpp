#pragma once
// What an authority published before, as the register keeps it: tables in terms of variables and codes, not of any one case.

#include <candour/base/date.hpp>
#include <candour/table/table_design.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace candour::table {

/// A category of a released table: its words, and the finest codes that it covers ("18", "18-24", "65+", "2024-03", "2024-Q1", "2024-01..2024-05",
/// or a code of a list). No codes: everything.
struct ReleasedCategory {
  std::string words;
  std::string code;  ///< its own code, where other releases may use it as a finest one; may be empty
  std::vector<std::string> codes;
  bool operator==(const ReleasedCategory&) const = default;
};

/// A variable of a released table, with the categories that it shows.
struct ReleasedVariable {
  std::string name;  ///< as the population calls it in every release
  std::vector<ReleasedCategory> categories;
  bool operator==(const ReleasedVariable&) const = default;
};

/// What a released cell says: lowest <= count <= highest. Hidden: nothing is said but what the convention says. No figure: says nothing.
struct ReleasedCell {
  std::int64_t lowest = 0;
  std::int64_t highest = -1;  ///< below `lowest`: says nothing
  bool is_hidden = false;
  [[nodiscard]] bool says_something() const { return highest >= lowest; }
  bool operator==(const ReleasedCell&) const = default;
};

/// A cell of a release.
struct ReleasedPlace {
  std::uint32_t table = 0;
  CellIndex cell = 0;
  bool operator==(const ReleasedPlace&) const = default;
};

/// "part is N per cent of whole", or "part is N times whole" (an average): N * 10^decimals = units, rounded half away from zero. The counts of the two cells
/// may stand in their tables as unknown.
struct ReleasedRatio {
  enum class Kind { per_cent, average } kind = Kind::per_cent;
  ReleasedPlace part;
  ReleasedPlace whole;
  int decimals = 0;
  std::int64_t units = 0;
  bool operator==(const ReleasedRatio&) const = default;
};

/// One table of a release. Cells stand in the order of the products of the categories, the last variable running fastest.
struct ReleasedTable {
  std::string id;
  std::string title;
  std::string counted;        ///< what is counted: "arrested"
  std::string counted_among;  ///< what contains it: "stopped"; empty: nothing does
  std::vector<ReleasedVariable> by;
  std::vector<ReleasedVariable> limited_to;  ///< one category each: the period covered, a filter, the part of the area
  std::vector<ReleasedCell> cells;
  std::int64_t noise_thousandths = 0;  ///< variance of the noise in its figures, in thousandths; 0: none. Where it has no bound the cells say nothing
  std::string noise_key = {};          ///< names what the noise hangs on: equal tables under one name have equal noise. Empty: noise of its own
  bool operator==(const ReleasedTable&) const = default;
};

/// Everything that one answer published about one population.
struct Release {
  std::string id;  ///< unique in the register
  std::string title;
  std::string population;
  base::Date published_on{};
  base::Date extracted_on{};  ///< of the records counted: releases of one extract count the same records
  std::string corrects;       ///< id of the release whose figures these replace: they count other records from then on
  std::string origin;         ///< "answer", "records" (of an answer that gives them one by one) or "import"
  std::string policy_digest;  ///< hexadecimal; empty for imports, like the next
  std::string draft_digest;
  std::vector<ReleasedTable> tables;
  std::vector<ReleasedRatio> ratios;
  bool operator==(const Release&) const = default;
};

}  // namespace candour::table
