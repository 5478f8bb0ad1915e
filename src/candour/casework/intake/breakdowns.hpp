#pragma once
// What figures are asked to be broken down by.

#include <string>
#include <string_view>
#include <vector>

namespace candour::casework::intake {

/// One variable that a sentence names.
struct AskedVariable {
  std::string name;   ///< as case.toml calls it: "month", "age", "type-of-school"
  std::string words;  ///< the words it was read from
  bool known = true;  ///< false for a word of the letter that is in no list of ours
};

/// What case.toml is proposed to say of a variable of this name.
struct VariableProposal {
  enum class Form { months, ages, categories } form = Form::categories;
  std::string label;
  std::string level;       ///< of months: "month", "quarter" or "year"; else empty
  std::string role;        ///< "identifying", "sensitive" or "both"
  std::string data_class;  ///< "ordinary", "special-category" or "criminal-offence"
};
[[nodiscard]] VariableProposal proposal_for(const std::string& name);

/// Finds the variables in the order of the text: after "broken down by", "by", "per", "for each", and the like; each once.
[[nodiscard]] std::vector<AskedVariable> variables_in(std::string_view sentence);
/// Whether a text is nothing but names of variables, as in a list "a) sex b) age group"; gives them.
[[nodiscard]] std::vector<AskedVariable> only_variables(std::string_view text);
/// Adds those that are not there; keeps only the finest of month, quarter and year where they come from one sentence.
void add_variables(std::vector<AskedVariable>& to, const std::vector<AskedVariable>& more);

}  // namespace candour::casework::intake
