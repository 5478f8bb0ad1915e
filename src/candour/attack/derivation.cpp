#include <candour/attack/derivation.hpp>

#include <candour/attack/combination.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace candour::attack {
namespace {

using knowledge::Derivation;
using knowledge::DerivationTerm;

const table::PublishedTable& table_numbered(const table::PublishedPopulation& published, std::uint32_t number) {
  return number < published.tables.size() ? published.tables[number] : published.earlier_tables[number - published.tables.size()];
}

std::string multiplied(const DerivationTerm& term) {
  const std::int64_t times = std::abs(term.multiplier);
  return times == 1 ? fmt::format("{} {}", term.words, term.figure) : fmt::format("{} times {} {}", times, term.words, term.figure);
}

// Added figures first: "Total 41 less August 17 less September 21".
std::string added_up(Derivation& derivation) {
  std::stable_partition(derivation.terms.begin(), derivation.terms.end(), [](const DerivationTerm& term) { return term.multiplier > 0; });
  std::string text;
  for (const DerivationTerm& term : derivation.terms) {
    if (term.multiplier < 0) text += text.empty() ? "nothing less " : " less ";
    else if (!text.empty()) text += " plus ";
    text += multiplied(term);
  }
  if (derivation.divisor > 1) text += fmt::format(", divided by {},", derivation.divisor);
  return text;
}

bool is_one_figure(const Derivation& derivation) { return derivation.terms.size() == 1 && derivation.terms[0].multiplier == 1 && derivation.divisor == 1; }

std::string_view verb_of(const Derivation& derivation) { return derivation.terms.back().multiplier < 0 ? "leaves" : "gives"; }

std::string_view qualifier_of(Proves proves) {
  switch (proves) {
    case Proves::value: return "";
    case Proves::upper_bound: return "at most ";
    case Proves::lower_bound: return "at least ";
  }
  return "";
}

std::string with_question(const table::AtomSpace& space, table::QuestionIndex question, std::string words) {
  return space.questions.size() > 1 ? fmt::format("{}: {}", space.questions[question].label, words) : words;
}

}  // namespace

std::uint32_t DerivationWriter::table_count() const { return static_cast<std::uint32_t>(published_.tables.size() + published_.earlier_tables.size()); }

std::string DerivationWriter::words_of(const Row& row, std::int64_t figure) const {
  if (row.percentage) {
    const std::size_t statements = published_.statements.size();
    return *row.percentage < statements ? fmt::format("the percentage in \"{}\"", published_.statements[*row.percentage].text)
                                        : published_.earlier_ratios[*row.percentage - statements].words;
  }
  const table::CellReference source = *row.source;
  if (source.table == table::number_of_earlier_figures(published_))
    return published_.earlier_figures[source.cell].words + (row.lowest == row.highest ? "" : figure == row.lowest ? " (at least)" : " (at most)");
  if (source.table >= table_count()) return fmt::format("\"{}\"", published_.statements[source.table - table_count()].text);
  const table::PublishedTable& table = table_numbered(published_, source.table);
  const table::TableLayout layout(*published_.space, table.design);
  std::string words = with_question(*published_.space, table.design.question, words_of_cell(layout, source.cell));
  if (row.lowest != row.highest)
    words += fmt::format(" ({}, {})", table::is_suppressed(table.cells[source.cell]) ? "hidden" : "rounded", figure == row.lowest ? "at least" : "at most");
  return words;
}

DerivationTerm DerivationWriter::term_of(const Row& row, std::int64_t multiplier, std::int64_t figure, const std::optional<InsiderRow>& insider) const {
  if (row.percentage) {
    const bool is_earlier = *row.percentage >= published_.statements.size();
    const table::CellReference source = is_earlier
                                            ? table::CellReference{table::number_of_earlier_ratios(published_), *row.percentage - published_.statements.size()}
                                            : table::CellReference{table_count() + *row.percentage, 0};
    return {source, multiplier, figure, words_of(row, figure)};
  }
  if (!row.source) return {{table::number_of_earlier_ratios(published_) + 1, 0}, multiplier, figure, insider ? insider->words : ""};
  return {*row.source, multiplier, figure, words_of(row, figure)};
}

std::vector<Derivation> DerivationWriter::derive(const std::vector<table::AtomIndex>& atoms, knowledge::FeasibilityInterval interval,
                                                 const std::string& subject, const std::optional<InsiderRow>& insider) const {
  std::vector<Row> rows = system_.rows;
  if (insider) rows.push_back(insider->row);
  const AtomSum sum = sum_of_atoms(system_, atoms);
  std::vector<Column> all = sum.whole;
  all.insert(all.end(), sum.partial.begin(), sum.partial.end());
  const auto derive_one = [&](Proves proves, std::span<const Column> columns, std::int64_t bound) -> std::optional<Derivation> {
    const auto combination = find_combination(rows, system_.column_count(), columns, bound, proves);
    if (!combination) return std::nullopt;
    Derivation derivation;
    derivation.divisor = combination->divisor;
    for (const Multiple& multiple : combination->multiples)
      derivation.terms.push_back(term_of(rows[multiple.row], multiple.multiplier, multiple.figure, insider));
    if (derivation.terms.empty()) {
      derivation.text = fmt::format("{}: {}{}, from cells shown as zero", subject, qualifier_of(proves), bound);
      return derivation;
    }
    if (is_one_figure(derivation)) {
      derivation.text = fmt::format("{} is published, which makes {}: {}{}", multiplied(derivation.terms.front()), subject, qualifier_of(proves), bound);
      return derivation;
    }
    const std::string sum_text = added_up(derivation);
    derivation.text = fmt::format("{} {} {}: {}{}", sum_text, verb_of(derivation), subject, qualifier_of(proves), bound);
    return derivation;
  };
  if (interval.lowest == interval.highest)
    if (auto exact = derive_one(Proves::value, all, interval.lowest)) return {*exact};
  std::vector<Derivation> derivations;
  const auto by_whole_numbers = [&](std::string_view qualifier, std::int64_t bound) {
    return Derivation{
        {}, 1, fmt::format("no table of whole numbers that fits everything published holds another value than {} {} in {}", qualifier, bound, subject)};
  };
  if (interval.lowest > 0)
    derivations.push_back(derive_one(Proves::lower_bound, sum.whole, interval.lowest).value_or(by_whole_numbers("at least", interval.lowest)));
  derivations.push_back(derive_one(Proves::upper_bound, all, interval.highest).value_or(by_whole_numbers("at most", interval.highest)));
  return derivations;
}

Derivation DerivationWriter::contradiction() const {
  Derivation derivation;
  const auto combination = find_combination(system_.rows, system_.column_count(), {}, 1, Proves::lower_bound);
  if (!combination) {
    derivation.text = "no table of whole numbers fits everything published";
    return derivation;
  }
  std::int64_t value = 0;
  for (const Multiple& multiple : combination->multiples) {
    derivation.terms.push_back(term_of(system_.rows[multiple.row], multiple.multiplier, multiple.figure, std::nullopt));
    value += multiple.multiplier * multiple.figure;
  }
  const std::string sum_text = added_up(derivation);
  derivation.text = fmt::format("{} {} {}, where nothing can be left: the figures contradict each other", sum_text, verb_of(derivation), value);
  return derivation;
}

}  // namespace candour::attack
