#pragma once
// What one cube collects while its holding is read, and the cube that comes of it.

#include <candour/tabulate/contributor_counter.hpp>
#include <candour/tabulate/cube_dimension.hpp>
#include <candour/tabulate/partitions.hpp>
#include <candour/tabulate/people_counter.hpp>
#include <candour/tabulate/person_keys.hpp>
#include <candour/tabulate/record_cube.hpp>
#include <candour/tabulate/roll_up.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace candour::tabulate {

/// A run of rows, read and coded.
struct CodedRows {
  std::size_t count = 0;
  std::vector<std::vector<std::uint32_t>> leaves;  ///< one list a variable; leaf_outside where the value is outside the code list
  std::vector<std::uint8_t> kept;                  ///< empty: the filter keeps all rows
  std::vector<std::optional<PersonKey>> persons;   ///< empty where no people are counted
  std::vector<std::optional<base::Decimal>> amounts, weights;
  std::vector<std::optional<PersonKey>> contributors;
  std::vector<std::int64_t> counts;  ///< records that each row stands for; empty: one each
};

/// A fault at a row.
struct RowFault {
  std::size_t row = 0;
  base::Error error;
};

/// Decimals of one scale that grows when a finer one arrives. One thread.
class ScaledUnits {
 public:
  [[nodiscard]] int scale() const { return scale_; }
  /// The sum of the sizes of all decimals taken, in units.
  [[nodiscard]] std::int64_t total_size() const { return total_size_; }
  /// Says by which factor everything counted so far must be multiplied before `decimal` is: 1 unless its scale is finer. Error "decimal.overflow".
  [[nodiscard]] base::Result<std::int64_t> take_scale(int scale);
  /// Gives the units of a decimal, and adds its size to the total of sizes; what fits there fits everywhere. Error "decimal.overflow".
  [[nodiscard]] base::Result<std::int64_t> units(base::Decimal decimal);

 private:
  int scale_ = 0;
  std::int64_t total_size_ = 0;
};

class CubeCollector {
 public:
  [[nodiscard]] static base::Result<std::unique_ptr<CubeCollector>> make(const CubeRequest& request, unsigned threads);

  [[nodiscard]] const CubeRequest& request() const { return request_; }
  [[nodiscard]] const std::vector<std::unique_ptr<DimensionReader>>& readers() const { return readers_; }
  [[nodiscard]] PersonKeys& person_keys() { return person_keys_; }

  /// Adds rows; the leaves in them are already known to the readers. Safe for several threads with numbers of their own.
  [[nodiscard]] tl::expected<base::Done, RowFault> add(unsigned thread, const CodedRows& rows);
  [[nodiscard]] base::Result<RecordCube> finish();

 private:
  struct OfThread {
    Partitions<PersonInCell> people;
    SparseCells unknown_people;  ///< by LeafKey: records without a person
    SparseCells spilled;         ///< by LeafKey: records of leaves that the dense array has no room for
    SparseCells sums;            ///< by LeafKey
    Partitions<AmountInCell> amounts;
    ScaledUnits sum_scale, amount_scale;
    std::uint64_t unknown_contributors = 0;
    std::vector<std::vector<bool>> occurs;   ///< [variable][leaf] in rows kept; only with a filter
    std::vector<std::uint64_t> keys, cells;  ///< of the rows at hand
    std::vector<std::uint32_t> rows;
  };
  CubeCollector() = default;
  void make_room();
  [[nodiscard]] tl::expected<base::Done, RowFault> number_rows(const CodedRows& rows, OfThread& mine) const;
  void note_leaves(const CodedRows& rows, OfThread& mine) const;
  [[nodiscard]] std::vector<bool> occurring(std::size_t variable) const;
  void count_records(unsigned thread, const CodedRows& rows, OfThread& mine);
  void count_people(const CodedRows& rows, OfThread& mine) const;
  [[nodiscard]] tl::expected<base::Done, RowFault> add_amounts(unsigned thread, const CodedRows& rows, OfThread& mine);
  [[nodiscard]] base::Result<base::Done> add_amount(unsigned thread, std::uint64_t key, base::Decimal amount, std::optional<base::Decimal> weight,
                                                    std::optional<PersonKey> contributor, OfThread& mine);
  [[nodiscard]] FinestCells finest_records(const std::vector<Dimension>& dimensions);
  [[nodiscard]] std::uint64_t key_of_cell(std::uint64_t cell) const;
  [[nodiscard]] FinestCells finest_of(CellSums& sums, const std::vector<Dimension>& dimensions) const;
  [[nodiscard]] base::Result<base::Done> finish_amounts(const std::vector<Dimension>& dimensions, RecordCube& cube);
  [[nodiscard]] base::Result<int> bring_to_one_scale();

  CubeRequest request_;
  unsigned threads_ = 1;
  std::vector<std::unique_ptr<DimensionReader>> readers_;
  PersonKeys person_keys_;
  std::once_flag room_made_;
  std::optional<base::Error> no_room_;
  std::vector<std::uint32_t> room_;
  LeafKey key_;
  bool dense_ = false;
  std::unique_ptr<CellSums> records_;
  std::vector<std::unique_ptr<OfThread>> of_thread_;
};

}  // namespace candour::tabulate
