#pragma once
// What the command line of `protect` says, and the table that comes of it: cells, what is known of them, and what must be kept secret.

#include <candour/assess/cell_rules.hpp>
#include <candour/base/digest.hpp>
#include <candour/base/result.hpp>
#include <candour/table/additive_system.hpp>
#include <candour/table/hierarchy.hpp>
#include <candour/truth/system_truth.hpp>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace candour::cli {

/// The options as typed.
struct ProtectOrder {
  std::optional<std::filesystem::path> records, table, metadata, history, jj, marks;
  std::vector<std::string> by, hierarchies;
  std::optional<std::string> sum, people, contributor, group, weight, cost, identifier, sensitive, title;
  std::string method = "suppress", hidden = "at-least-one", protection = "full", loss = "logarithm", rounding = "controlled", zeros = "shown",
              consistency = "as-drawn", values = "as-named";
  std::optional<std::string> dominance, prior_posterior, exports;
  std::int64_t minimum = 5, p_percent = 0, coalition = 1, minimum_contributors = 0, range_percent = 20, mark_percent = 20, zero_range = 1;
  std::int64_t base = 5, variance = 3, most_noise = 5, forbidden = 0, seconds = 0;
  std::optional<std::string> population, release;  ///< of noise that is registered: about whom, and under which name
  std::string counted = "records";
  std::optional<std::filesystem::path> policy;  ///< whose noise budget holds
  std::string place_of_register;                ///< of a table with noise; empty: CANDOUR_REGISTER, or none
  bool optimal = false;
  base::SecretKey key;
  std::filesystem::path out;

  [[nodiscard]] bool has_symbol_of_zero() const { return hidden == "may-be-zero"; }
};

/// A cube that is published: its variables, and where its cells stand in the whole system.
struct PublishedCube {
  std::vector<table::Hierarchy> variables;
  table::AdditiveSystem cube;              ///< empty for the only cube of a table, which is the system itself
  std::vector<table::SystemCell> cell_of;  ///< empty likewise
};

struct ProtectTable {
  std::vector<PublishedCube> cubes;
  table::AdditiveSystem system;
  std::uint32_t published_count = 0;  ///< cells from here on take part and are never published
  assess::CellFacts facts;            ///< of the published cells
  int decimals = 0;                   ///< values are in units of 10^-decimals
  enum class Unit { records, amount } unit = Unit::records;
  std::vector<std::uint64_t> key;  ///< cell keys; empty unless asked for
  truth::SystemTruth truth;
  assess::MarkOutcome marks;
  std::uint64_t groups = 0;  ///< pairs of a group and the category that its members share

  [[nodiscard]] bool is_one_cube() const { return cubes.size() == 1 && cubes[0].cell_of.empty(); }
  [[nodiscard]] const table::AdditiveSystem& cube(std::size_t d) const { return is_one_cube() ? system : cubes[d].cube; }
  [[nodiscard]] table::SystemCell place(std::size_t d, table::SystemCell cell) const { return is_one_cube() ? cell : cubes[d].cell_of[cell]; }
  /// "R01, 18-24" of the first cube that holds the cell; "cell 17" for one that nobody publishes.
  [[nodiscard]] std::string name_of(table::SystemCell cell) const;
};

/// Reads records or a table and applies rules and marks. Errors: wrong_input of the files and options read; refused "mark.sensitive".
[[nodiscard]] base::Result<ProtectTable> read_protect_table(const ProtectOrder& order);

}  // namespace candour::cli
