#pragma once
// Finds citations of sections in running text, so that a sentence can be held against the rule base.

#include <candour/law/provisions.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace candour::law {

/// One section or subsection as a text cites it.
struct Citation {
  std::string act;          ///< name as the rule base has it; empty: none is named
  std::string section;      ///< "40"; empty where only a subsection is cited
  std::string subsections;  ///< "(3A)(a)"; empty where the whole section is cited
  std::size_t offset = 0;   ///< where the citation begins
  enum class Unit { section, regulation } unit = Unit::section;
  [[nodiscard]] std::string text() const {
    return (unit == Unit::regulation ? "regulation " : section.empty() ? "subsection " : "section ") + section + subsections;
  }
};

/// Reads "section 40(2)", "sections 12 and 40(3A)(a) of the Data Protection Act 2018", "s.31(1)(a)", "s 43", "subsections 3(A), (3B)", "regulation 12(5)(b)".
/// "3(A)" is read as (3A). Cost: linear in the text.
[[nodiscard]] std::vector<Citation> citations_in(std::string_view text);

/// Says whether the rule base has the citation under the Act that it names (under any, where none is named).
[[nodiscard]] bool is_known(const Citation& citation);
/// The Act that the rule base has it under, where it stands under another one than the text says; empty: nothing is wrong, or nothing is known.
[[nodiscard]] std::string right_act_of(const Citation& citation);

}  // namespace candour::law
