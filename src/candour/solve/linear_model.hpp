#pragma once
// A linear or integer program, and what a solver says of it. No disclosure words; double lives only here.

#include <cstdint>
#include <limits>
#include <vector>

namespace candour::solve {

constexpr double infinity = std::numeric_limits<double>::infinity();

using ColumnIndex = std::int32_t;
enum class ColumnType { continuous, integer };
enum class Sense { minimise, maximise };

struct Column {
  double lowest = 0;
  double highest = infinity;
  double objective = 0;
  ColumnType type = ColumnType::continuous;
};
struct Entry {
  ColumnIndex column = 0;
  double coefficient = 1;
};
struct Row {
  std::vector<Entry> entries;
  double lowest = 0;
  double highest = 0;
};
struct LinearModel {
  std::vector<Column> columns;
  std::vector<Row> rows;
  Sense sense = Sense::minimise;
};

}  // namespace candour::solve
