#pragma once
// Records of one person each, as numbers, with the levels to which their columns can be recoded. Data only; private.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace candour::truth {

/// A column that an outsider could match on, with its levels: level 0 are its values (the leaves), each further level is coarser.
struct QuasiIdentifier {
  std::string name;
  std::vector<std::vector<std::uint32_t>> category_of_leaf;  ///< [level][leaf]
  std::vector<std::vector<std::string>> labels;              ///< [level][category]

  [[nodiscard]] std::size_t level_count() const { return labels.size(); }
  [[nodiscard]] std::size_t leaf_count() const { return labels.front().size(); }
};

/// A column that is shown as it stands and must not be learnt of a person.
struct SensitiveColumn {
  std::string name;
  std::vector<std::string> labels;
};

/// One record a person.
struct CodedRecords {
  std::vector<QuasiIdentifier> identifiers;
  std::vector<SensitiveColumn> sensitive;
  std::vector<std::vector<std::uint32_t>> leaves;  ///< [identifier][record]
  std::vector<std::vector<std::uint32_t>> values;  ///< [sensitive column][record]
  std::size_t count = 0;
};

}  // namespace candour::truth
