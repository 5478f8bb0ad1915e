#pragma once
// The private true cells: the truth about each population as text, so that a certificate can be re-added without the records.

#include <candour/base/result.hpp>
#include <candour/truth/population.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace candour::certify {

/// Gives the text: JSON, one line an atom that holds anything; people are numbers without meaning outside.
[[nodiscard]] std::string to_text(const std::vector<truth::Population>& populations);

/// Reads it back over the given spaces, one a population in the same order. Error refused "certify.true_cells" if it does not fit them.
[[nodiscard]] base::Result<std::vector<truth::Population>> true_cells_from(std::string_view text,
                                                                           const std::vector<std::shared_ptr<const table::AtomSpace>>& spaces);

/// Says whether two truths agree in every atom and every person's records (persons matched by number).
[[nodiscard]] bool agree(const std::vector<truth::Population>& a, const std::vector<truth::Population>& b);

}  // namespace candour::certify
