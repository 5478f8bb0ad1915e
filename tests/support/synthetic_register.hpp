#pragma once
// A made-up population of stops, and a register of releases about it: certified ones that fit together, and pairs planted so that they leak.

#include <candour/table/releases.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace candour::test_support {

struct SyntheticRecord {
  std::int64_t day = 0;  ///< since 1970
  int age = 0;
  int area = 0;
  int site = 0;
  bool is_arrested = false;
  bool is_cautioned = false;
  std::int64_t seen_on = 0;    ///< the first extract that holds it
  bool is_correction = false;  ///< missing in the extract of that day as it was first counted
};

/// One planted leak: the releases that together give it away, and what they give away.
struct PlantedLeak {
  std::string kind;
  std::vector<std::string> releases;
  std::int64_t lowest = 0;
  std::int64_t highest = 0;
};

struct SyntheticRegister {
  std::vector<table::Release> releases;
  std::vector<PlantedLeak> leaks;
};

struct SyntheticOrder {
  std::size_t records = 200000;
  std::size_t certified = 950;  ///< releases that fit together; the first one has what the planted ones are taken off
  std::size_t leaks = 50;       ///< of ten kinds in turn; at most 60
  std::uint64_t seed = 1;
};

class SyntheticPopulation {
 public:
  explicit SyntheticPopulation(const SyntheticOrder& order);
  /// All releases in the order of publication: planted ones stand between the certified.
  [[nodiscard]] SyntheticRegister make_register() const;
  /// One more release that fits to all, and one that does not (it shows an age of three people): to be checked beside the register.
  [[nodiscard]] table::Release fitting_answer() const;
  [[nodiscard]] table::Release leaking_answer() const;
  /// Counts a table's cells as they stand in an extract.
  void count(table::ReleasedTable& table, base::Date extracted_on, bool with_corrections) const;

 private:
  SyntheticOrder order_;
  std::vector<SyntheticRecord> records_;
};

}  // namespace candour::test_support
