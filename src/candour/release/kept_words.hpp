#pragma once
// What a reader keeps of the breakdown that was asked for, variable by variable. It follows from designs, code lists and marks: no figure is looked at.

#include <candour/table/published_table.hpp>

#include <span>
#include <string>
#include <vector>

namespace candour::release {

/// A variable that a question asks for, and the level of its hierarchy.
struct AskedVariable {
  table::VariableIndex variable = 0;
  int level = 0;
};

/// "month: by year, in 4 categories, on its own"; "age: kept in full, together with ethnicity (broad ethnic group)"; "nationality: not given". Variables of
/// which the same is said stand together: "month and age: kept in full, together".
///
/// Takes: what one question asked for, and the designs of the tables that it is given; each shows all coarser levels and margins too. `marked`: a finer table
/// beside them, much of which may be hidden: "month and age together: with figures withheld wherever they could point to a person".
/// Gives: one text for each variable or group of them, without a full stop, in the order asked. Cost: tables squared times variables.
[[nodiscard]] std::vector<std::string> kept_of(const table::AtomSpace& space, std::span<const AskedVariable> asked,
                                               std::span<const table::TableDesign* const> given, const table::TableDesign* marked = nullptr);

/// What the marks of these tables say of all of them: how many figures are withheld, whether they are rounded or perturbed. Sentences;
/// none where a single figure stands as it was counted.
[[nodiscard]] std::vector<std::string> treatment_of(std::span<const table::PublishedTable* const> tables);

/// Which figures of a table are rounded, or changed at random, for the reader beside it: "Figures by month and age are rounded to a multiple of 5: each stands
/// for a count less than 5 away from it. The totals beside them are not rounded." Empty where none is.
[[nodiscard]] std::string change_sentence(const table::AtomSpace& space, const table::TableLayout& layout, const table::PublishedTable& published);

/// A variable at one of its levels, inside a sentence: "month", "age band (ten-year)", "nationality".
[[nodiscard]] std::string described(const table::AtomSpace& space, table::VariableIndex index, int level);

}  // namespace candour::release
