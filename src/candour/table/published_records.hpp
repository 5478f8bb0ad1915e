#pragma once
// Records that go out one by one, recoded: which columns, at which level, which rows; and the same as a release, for those who come later.

#include <candour/base/digest.hpp>
#include <candour/base/result.hpp>
#include <candour/table/atoms.hpp>
#include <candour/table/releases.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace candour::table {

/// What an outsider can do with a column of records: recognise somebody by it, or learn it of somebody.
enum class RecordUse { matched_on, not_to_be_learnt };

/// A category as it stands in records.
struct RecordCategory {
  std::string text;                ///< its label; its code where two categories of the level have one label
  std::string code;                ///< empty for the total
  std::vector<std::string> codes;  ///< the finest ones that it covers, as in a release
  bool operator==(const RecordCategory&) const = default;
};

/// A column asked for.
struct RecordColumn {
  std::string name;
  std::string label;
  RecordUse use = RecordUse::matched_on;
  std::string asked_level;
  std::string level;  ///< what is shown; empty: the column is left out
  std::vector<RecordCategory> categories;
  [[nodiscard]] bool is_shown() const { return !level.empty(); }
  [[nodiscard]] bool is_as_asked() const { return level == asked_level; }
  bool operator==(const RecordColumn&) const = default;
};

/// What holds of every class of records that look alike in all that can be matched on.
struct RecordPromise {
  std::int64_t smallest_class = 5;                           ///< k
  std::int64_t distinct_values = 2;                          ///< l, of each column that must not be learnt
  std::int64_t coalition = 2;                                ///< members who compare notes
  std::optional<std::int64_t> largest_distance_thousandths;  ///< t
  std::int64_t suppression_limit_percent = 0;
  bool operator==(const RecordPromise&) const = default;
};

/// The records of one question, as they go out. Only protect makes one from truth.
struct PublishedRecords {
  std::string population;
  std::string population_label;
  std::string question;  ///< number in the request
  std::string counted;   ///< who they are about: "stopped and searched"
  std::vector<RecordColumn> columns;
  std::vector<std::vector<std::uint32_t>> rows;  ///< the category of each column that is shown, in order of the rows: their own order is lost
  std::vector<ReleasedVariable> limited_to;      ///< the periods covered, where no column shows them
  RecordPromise promise;
  std::vector<std::string> statements;  ///< sentences that go out with them; none depends on how many records were left out
  /// Nothing was coarsened, and nothing can have been left out.
  [[nodiscard]] bool is_as_asked() const;
};

/// A column of records as a case asks for it.
struct AskedColumn {
  VariableIndex variable = 0;
  int level = 0;  ///< the finest that may be shown
};

/// The levels from `finest` to the total that show different categories, finest first.
[[nodiscard]] std::vector<int> record_levels(const Hierarchy& hierarchy, int finest);
/// The categories of one level, with texts that differ.
[[nodiscard]] std::vector<RecordCategory> record_categories(const Hierarchy& hierarchy, int level);

/// Everything public about records of several questions as one text, the same on every machine; and its digest.
[[nodiscard]] std::string canonical_text(const std::vector<PublishedRecords>& records);
[[nodiscard]] base::Digest digest_of_records(const std::vector<PublishedRecords>& records);

/// The origin of such a release: its small counts of what must not be learnt stand under the promise of the records.
inline constexpr std::string_view origin_of_records = "records";

/// What the records tell as counts, for the register and for the attack on what is published beside them: how many there are (with those that may have been
/// left out), how many look alike in all that can be matched on, and how many of these have which values of the others. A combination that no record shows
/// counts 0 where nothing can have been left out, else it says nothing. Id, dates and digests are the caller's. Error refused "records.too_many_counts" where
/// the combinations of the categories shown are more than a register can hold. Cost: linear in combinations.
[[nodiscard]] base::Result<Release> released(const PublishedRecords& records);

}  // namespace candour::table
