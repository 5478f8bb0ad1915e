#pragma once
// Texts of one column as small numbers, in the order in which they are first met.

#include <candour/holdings/field_dictionary.hpp>
#include <candour/holdings/holding.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace candour::holdings {

/// Turns the texts of a column, as they stand in the holding, into codes of their canonical texts. Several spellings may share one code.
class ColumnDictionary {
 public:
  explicit ColumnDictionary(ColumnRequest request) : request_(std::move(request)) {}

  /// Gives the code of a text as written; a new canonical text is appended to `texts`. Error as read_value. Cost: one look-up.
  [[nodiscard]] base::Result<std::uint32_t> code_of(std::string_view written, std::vector<std::string>& texts);

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  [[nodiscard]] base::Result<std::uint32_t> code_of_new(std::string_view written, std::vector<std::string>& texts);
  using Codes = std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>>;
  ColumnRequest request_;
  FieldDictionary by_short_;  ///< written texts of up to 16 bytes
  Codes by_written_;          ///< longer ones
  Codes by_canonical_;
};

/// Gives the canonical text of a value: dates as ISO local days, truth values as "true" or "false" (from true/false, yes/no, y/n, t/f, 1/0 in any case), all
/// else as written. Error wrong_input "holding.bad_value" that names what was expected of the column, never the value.
[[nodiscard]] base::Result<std::string> read_value(std::string_view written, const ColumnRequest& request);

}  // namespace candour::holdings
