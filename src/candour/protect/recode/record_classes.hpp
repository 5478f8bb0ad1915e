#pragma once
// Counts the classes of records that look alike at given levels: the inner loop of the search for a recoding.

#include <candour/base/result.hpp>
#include <candour/protect/recode/privacy_model.hpp>
#include <candour/truth/coded_records.hpp>

#include <cstdint>
#include <span>
#include <vector>

namespace candour::protect {

/// Records of equal key, and how many: fields of bits hold an identifier's category each, the lowest the sensitive values.
struct KeyedCounts {
  std::vector<std::uint64_t> keys;
  std::vector<std::uint32_t> counts;
};

/// What classes at certain levels cost.
struct ClassFacts {
  std::int64_t suppressed = 0;  ///< records in classes that fail; some of them, where they are already too many
  std::int64_t classes = 0;     ///< that hold
  double suppression_loss = 0;  ///< what suppressing adds to the loss of these levels
};

/// Counts for one set of records and one model. Keeps the records rolled up along prefixes of the identifiers that came twice, so that levels that
/// differ in the last identifiers only cost little.
class RecordClasses {
 public:
  /// Error wrong_input "recoding.too_many_categories": the categories of all columns together need more than 64 bits.
  [[nodiscard]] static base::Result<RecordClasses> make(const truth::CodedRecords& records, const PrivacyModel& model);

  /// The loss of levels if no record is suppressed: the mean over the identifiers of the share of leaves that a record's category covers, from 0 where every
  /// category is one leaf to 1 where all are one category. Grows with every level.
  [[nodiscard]] double generalisation_loss(std::span<const std::size_t> levels) const;
  /// Stops where more than `most_suppressed` records fail. Cost: the different records at the changed levels.
  [[nodiscard]] ClassFacts evaluate(std::span<const std::size_t> levels, std::int64_t most_suppressed);

 private:
  struct Field {
    unsigned shift = 0;
    std::uint64_t mask = 0;
  };
  /// An identifier at one level.
  struct Level {
    std::vector<std::uint64_t> field_of_leaf;    ///< the category, shifted to its place
    std::vector<std::int64_t> kept_of_category;  ///< what suppressing a record of this category adds, in units that give the same sum in any order
    double loss = 0;                             ///< of all records
  };
  explicit RecordClasses(const PrivacyModel& model) : model_(model) {}
  [[nodiscard]] base::Result<base::Done> lay_out(const truth::CodedRecords& records);
  void weigh(const truth::CodedRecords& records);
  void code(const truth::CodedRecords& records);
  struct Step {
    Field field;
    const std::uint64_t* field_of_leaf;
  };
  /// What is done to a key to put some identifiers to their levels.
  struct Steps {
    std::vector<Step> steps;
    std::uint64_t kept = ~std::uint64_t{0};
    [[nodiscard]] std::uint64_t of(std::uint64_t before) const {
      std::uint64_t key = before & kept;
      for (const Step& step : steps) key |= step.field_of_leaf[(before & step.field.mask) >> step.field.shift];
      return key;
    }
  };
  [[nodiscard]] Steps steps_of(std::size_t first, std::size_t end) const;
  /// Puts the identifiers from `first` up to `end` to their levels, in one pass; stops where classes of more than `most_failing` records are too small.
  /// Gives how many records stand in such classes.
  std::int64_t roll(std::size_t first, std::size_t end, const KeyedCounts& from, KeyedCounts& into, std::int64_t most_failing);
  void spread(const Steps& steps, const KeyedCounts& from);
  void start_bucket(std::size_t rows);
  void add_to_bucket(KeyedCounts& into, std::uint64_t key, std::uint32_t count);
  [[nodiscard]] std::size_t prepare(std::span<const std::size_t> levels);
  std::uint32_t add(KeyedCounts& into, std::uint64_t key, std::uint32_t count);
  void start(KeyedCounts& into);
  void make_room(const KeyedCounts& into);
  void mark_failing(const KeyedCounts& rows, std::span<const std::uint32_t> class_of_row, std::size_t column, const KeyedCounts& classes,
                    std::vector<std::uint8_t>& fails);
  [[nodiscard]] std::int64_t suppression_loss(std::uint64_t key) const;

  PrivacyModel model_;
  std::vector<Field> fields_, value_fields_;
  std::vector<std::vector<Level>> levels_;          ///< [identifier][level]
  std::vector<std::vector<double>> overall_share_;  ///< [sensitive column][value]
  std::uint64_t values_mask_ = 0;
  std::vector<std::size_t> at_;      ///< the levels evaluated last
  std::vector<KeyedCounts> rolled_;  ///< [n]: the first n identifiers at `at_`, the others at level 0
  std::vector<bool> is_rolled_;      ///< which of them stand
  KeyedCounts without_values_, by_value_;
  KeyedCounts spread_;                ///< rows at their new levels, bucket after bucket
  std::vector<std::uint64_t> coded_;  ///< the same before they are sorted
  std::vector<std::size_t> bucket_ends_;
  /// A hash table of the keys of one KeyedCounts at a time; a slot of an older one counts as free.
  struct Slot {
    std::uint64_t key = 0;
    std::uint32_t place = 0;
    std::uint32_t stamp = 0;
  };
  std::vector<Slot> slots_;
  std::size_t slot_mask_ = 0;
  std::uint32_t stamp_ = 0;
};

}  // namespace candour::protect
