#include <candour/release/words.hpp>

#include <candour/base/decimal.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace candour::release {
namespace {

template <class... Handlers>
struct Match : Handlers... {
  using Handlers::operator()...;
};
template <class... Handlers>
Match(Handlers...) -> Match<Handlers...>;

std::string plain_figure(std::int64_t units, int scale) { return base::Decimal::of_units(units, scale).to_text(); }

// Puts a comma before every third digit of the whole part: 1,377.
std::string with_thousands(std::string figure) {
  const std::size_t first_digit = figure.find_first_of("0123456789");
  const std::size_t end = std::min(figure.find('.'), figure.size());
  for (std::size_t at = end; at > first_digit + 3; at -= 3) figure.insert(at - 3, 1, ',');
  return figure;
}

bool uses(std::span<const table::PublishedTable* const> tables, CellReading reading) {
  return std::any_of(tables.begin(), tables.end(), [&](const table::PublishedTable* one) {
    return std::any_of(one->cells.begin(), one->cells.end(), [&](const table::PublishedCell& cell) { return reading_of(cell) == reading; });
  });
}

template <class Kind>
const Kind* first_of(std::span<const table::PublishedTable* const> tables) {
  for (const table::PublishedTable* one : tables) {
    for (const table::PublishedCell& cell : one->cells) {
      if (const Kind* found = std::get_if<Kind>(&cell)) return found;
    }
  }
  return nullptr;
}

std::string withheld_meaning(std::span<const table::PublishedTable* const> tables) {
  const bool may_be_zero =
      std::any_of(tables.begin(), tables.end(), [](const table::PublishedTable* one) { return one->convention == table::ZeroConvention::hidden_may_be_zero; });
  const std::string convention = may_be_zero ? "It may be nought: some true zeros are withheld as well, so the mark does not show that anybody was counted."
                                             : "It is never nought: zeros are always shown as 0.";
  return "Withheld to protect people. There is a figure and it is not given; the mark does not say whether it is small or large. " + convention;
}

}  // namespace

CellReading reading_of(const table::PublishedCell& cell) {
  return std::visit(
      Match{
          [](const table::Value&) { return CellReading::figure; },
          [](const table::Rounded&) { return CellReading::figure; },
          [](const table::Perturbed&) { return CellReading::figure; },
          [](const table::Suppressed&) { return CellReading::withheld; },
          [](const table::NotAvailable& none) { return none.reason == table::CoverageStatus::withheld ? CellReading::withheld : CellReading::not_available; },
          [](const table::NotApplicable&) { return CellReading::not_applicable; },
      },
      cell);
}

std::string machine_text_of(const table::PublishedCell& cell, int scale) {
  return std::visit(Match{
                        [&](const table::Value& figure) { return plain_figure(figure.units, scale); },
                        [&](const table::Rounded& figure) { return plain_figure(figure.units, scale); },
                        [&](const table::Perturbed& figure) { return plain_figure(figure.units, scale); },
                        [](const auto&) { return std::string(); },
                    },
                    cell);
}

std::string text_of(const table::PublishedCell& cell, int scale) {
  switch (reading_of(cell)) {
    case CellReading::figure: return with_thousands(machine_text_of(cell, scale));
    case CellReading::withheld: return "[c]";
    case CellReading::not_available: return "[x]";
    case CellReading::not_applicable: return "[z]";
  }
  return {};
}

std::string_view status_of(const table::PublishedCell& cell, table::ZeroConvention convention) {
  return std::visit(Match{
                        [](const table::Value&) -> std::string_view { return "value"; },
                        [](const table::Rounded&) -> std::string_view { return "rounded"; },
                        [](const table::Perturbed&) -> std::string_view { return "perturbed"; },
                        [&](const table::Suppressed&) -> std::string_view {
                          return convention == table::ZeroConvention::hidden_may_be_zero ? "confidential-or-nought" : "confidential";
                        },
                        [](const table::NotAvailable& none) { return table::word_of(none.reason); },
                        [](const table::NotApplicable& none) { return table::word_of(none.reason); },
                    },
                    cell);
}

std::vector<SymbolMeaning> legend_of(std::span<const table::PublishedTable* const> tables) {
  std::vector<SymbolMeaning> legend;
  const auto* perturbed = first_of<table::Perturbed>(tables);
  legend.push_back({"0", perturbed == nullptr
                             ? "A true zero: somebody looked and counted none."
                             : fmt::format("A true zero, where figures are not changed: somebody looked and counted none. A 0 among the changed "
                                           "figures may stand for any count up to {}.",
                                           perturbed->most_noise)});
  if (uses(tables, CellReading::withheld)) legend.push_back({"[c]", withheld_meaning(tables)});
  if (uses(tables, CellReading::not_available)) {
    legend.push_back({"[x]",
                      "Not available: there is no figure to give, because it was not recorded, is not held, or would cost more to find than the law allows. "
                      "The notes to the question say which. It is not a zero."});
  }
  if (uses(tables, CellReading::not_applicable)) {
    legend.push_back({"[z]", "Not applicable: nothing ran in this period, so there was nothing to count. It is not a zero."});
  }
  if (const auto* rounded = first_of<table::Rounded>(tables)) {
    legend.push_back(
        {"Rounded",
         fmt::format("Rounded figures are multiples of {}, so totals may differ from the sum of their parts. Beside each table stands which they are.",
                     rounded->base)});
  }
  if (perturbed != nullptr) {
    legend.push_back(
        {"Changed",
         fmt::format("To protect people some figures are changed at random by up to {}, up as much as down on average, so totals may differ from the "
                     "sum of their parts. The same count is always changed the same way. Beside each table stands which they are.",
                     perturbed->most_noise)});
  }
  return legend;
}

std::string unit_sentence(table::Unit unit, std::string_view population_label) {
  switch (unit) {
    case table::Unit::records: return fmt::format("Counts of records ({}), not people: one person can stand in several.", population_label);
    case table::Unit::people:
      return fmt::format("Counts of different people ({}). Somebody who belongs to several rows or columns is counted in each, and once in the total.",
                         population_label);
    case table::Unit::amounts: return fmt::format("Sums of amounts ({}).", population_label);
  }
  return {};
}

std::string mark_sentence(std::string_view mark) {
  if (mark == "people unproved") {
    return "People unproved: the records do not say which of them are about the same person, so it could not be shown how many people stand behind a figure.";
  }
  return capitalised(mark) + ".";
}

std::string capitalised(std::string_view text) {
  std::string result(text);
  if (!result.empty()) result.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(result.front())));
  return result;
}

std::string inside_a_sentence(std::string_view label) {
  std::string result(label);
  const bool is_an_abbreviation = result.size() > 1 && std::isupper(static_cast<unsigned char>(result[1])) != 0;
  if (!result.empty() && !is_an_abbreviation) result.front() = static_cast<char>(std::tolower(static_cast<unsigned char>(result.front())));
  return result;
}

}  // namespace candour::release
