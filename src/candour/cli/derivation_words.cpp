#include <candour/cli/derivation_words.hpp>

#include <fmt/format.h>

#include <cstdlib>

namespace candour::cli {
namespace {

std::string times(std::int64_t multiplier) { return std::abs(multiplier) == 1 ? std::string() : fmt::format("{} x ", std::abs(multiplier)); }

// Appends "+ 2 x (A)", or the sign alone in front of the first.
void append_term(std::string& text, std::int64_t multiplier, const std::string& term) {
  if (text.empty()) text += multiplier < 0 ? "- " : "";
  else text += multiplier < 0 ? " - " : " + ";
  text += times(multiplier) + term;
}

// "(A) + (B) = 20 - 9 - 5 = 6": hidden parts on the left, what is shown on the right. A sum with its total on the left is turned round, so that parts stand
// with a plus.
std::string words_of_sum(const knowledge::SystemView& view, const attack::UsedSum& sum, const CellName& name, const AmountText& amount) {
  std::string left, right;
  int turned = 1;
  for (const table::SystemTerm& term : view.system->terms(sum.equation))
    if (table::is_hidden(view.standing[term.cell])) {
      turned = term.coefficient < 0 ? -1 : 1;
      break;
    }
  std::size_t shown = 0;
  for (const int sign : {1, -1})  // what is added first
    for (const table::SystemTerm& term : view.system->terms(sum.equation)) {
      const std::int64_t coefficient = turned * term.coefficient;
      if (table::is_hidden(view.standing[term.cell])) {
        if (sign == (coefficient > 0 ? 1 : -1)) append_term(left, coefficient, fmt::format("({})", name(term.cell)));
      } else if (view.value[term.cell] != 0 && sign == (coefficient < 0 ? 1 : -1)) {
        append_term(right, -coefficient, amount(view.value[term.cell]));
        ++shown;
      }
    }
  if (view.system->right_side(sum.equation) != 0) append_term(right, 1, amount(turned * view.system->right_side(sum.equation)));
  const std::string rest = amount(turned * sum.rest);
  return right.empty() || shown == 1 ? fmt::format("{} = {}", left, rest) : fmt::format("{} = {} = {}", left, right, rest);
}

// How often the sum as it is written is used: as words_of_sum turns it.
std::int64_t written_multiplier(const knowledge::SystemView& view, const attack::UsedSum& sum) {
  for (const table::SystemTerm& term : view.system->terms(sum.equation))
    if (table::is_hidden(view.standing[term.cell])) return term.coefficient < 0 ? -sum.multiplier : sum.multiplier;
  return sum.multiplier;
}

}  // namespace

std::vector<std::string> words_of_derivation(const knowledge::SystemView& view, const attack::BoundDerivation& derivation, const CellName& name,
                                             const AmountText& amount) {
  std::vector<std::string> lines;
  for (const attack::UsedSum& sum : derivation.sums) {
    const std::int64_t multiplier = written_multiplier(view, sum);
    lines.push_back(fmt::format("{}{}{}", lines.empty() ? (multiplier < 0 ? "less " : "") : (multiplier < 0 ? "less " : "plus "), times(multiplier),
                                words_of_sum(view, sum, name, amount)));
  }
  std::string together =
      derivation.factor == 1 ? fmt::format("({})", name(derivation.cell)) : fmt::format("{} x ({})", derivation.factor, name(derivation.cell));
  std::string known;
  for (const attack::UsedBound& bound : derivation.bounds) {
    append_term(together, bound.multiplier, fmt::format("({})", name(bound.cell)));
    known += fmt::format("{}({}) is {} {}", known.empty() ? "" : ", ", name(bound.cell), bound.side == attack::Side::at_least ? "at least" : "at most",
                         amount(bound.bound));
  }
  const char* const side = derivation.bounds.empty() && derivation.rest % derivation.factor == 0 ? "exactly"
                           : derivation.side == attack::Side::at_most                            ? "at most"
                                                                                                 : "at least";
  lines.push_back(fmt::format("so {} = {}{}: ({}) is {} {}", together, amount(derivation.rest), known.empty() ? "" : ", and " + known, name(derivation.cell),
                              side, amount(derivation.bound)));
  return lines;
}

}  // namespace candour::cli
