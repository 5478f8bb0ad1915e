#include <candour/certify/checker.hpp>

#include <candour/assess/naming.hpp>
#include <candour/assess/secrets.hpp>
#include <candour/certify/figure_change_check.hpp>
#include <candour/certify/secret_check.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace candour::certify {
namespace {

using table::CellIndex;

RefusalReason reason(std::string_view code, std::string subject, std::string derivation = {}) {
  return {fmt::format("certify.{}", code), std::move(subject), std::move(derivation)};
}

// What is wrong with one published cell, given its true count; empty if nothing is.
std::string_view fault_of_cell(const table::PublishedCell& cell, std::int64_t true_count, bool is_covered, table::ZeroConvention convention) {
  const bool says_nothing = std::holds_alternative<table::NotAvailable>(cell) || std::holds_alternative<table::NotApplicable>(cell);
  if (!is_covered) return says_nothing ? "" : "a period without figures carries one";
  if (says_nothing) return "a covered period carries no figure";
  if (const auto value = exact_value(cell)) return *value == true_count ? "" : "a published figure differs from the records";
  if (const auto behind = table::counts_behind_change(cell)) return behind->contains(true_count) ? "" : "a changed figure lies too far from the records";
  if (is_suppressed(cell))
    return convention == table::ZeroConvention::hidden_at_least_one && true_count == 0 ? "a hidden cell is zero although its symbol denies it" : "";
  return "a cell says nothing that could be checked";
}

void check_table(const Claimed& claimed, const table::PublishedTable& table, std::vector<RefusalReason>& reasons) {
  const table::TableLayout layout(*claimed.published->space, table.design);
  if (table.cells.size() != layout.cell_count()) {
    reasons.push_back(reason("cell_count", table.design.id));
    return;
  }
  for (CellIndex cell = 0; cell < layout.cell_count(); ++cell) {
    const std::string_view fault =
        fault_of_cell(table.cells[cell], truth::records_in(*claimed.truth, layout.atoms(cell)), !layout.is_outside_coverage(cell), table.convention);
    if (!fault.empty()) reasons.push_back(reason("figure_differs", fmt::format("{} {}: {}", table.design.id, assess::name_of_cell(layout, cell), fault)));
  }
}

std::string derivation_of(const Claimed& claimed, const assess::DerivedSum& sum) {
  const auto name = [&](const table::CellReference reference) {
    const auto& tables = claimed.published->tables;
    const table::PublishedTable& table =
        reference.table < tables.size() ? tables[reference.table] : claimed.published->earlier_tables[reference.table - tables.size()];
    const table::TableLayout layout(*claimed.published->space, table.design);
    return fmt::format("{} {}", assess::name_of_cell(layout, reference.cell), exact_value(table.cells[reference.cell]).value_or(0));
  };
  std::string text;
  for (const table::CellReference reference : sum.plus) text += (text.empty() ? "" : " and ") + name(reference);
  for (const table::CellReference reference : sum.minus) text += " less " + name(reference);
  return fmt::format("{} leaves {}", text, sum.value);
}

// Moves that are no worlds speak for nothing; each is a reason by itself.
void check_moves(const WitnessBook& book, std::vector<RefusalReason>& reasons) {
  if (const auto fault = book.fault_of(0)) reasons.push_back(reason("truth_does_not_fit", *fault));
  for (WitnessIndex w = 1; w < book.size(); ++w)
    if (const auto fault = book.fault_of(w)) reasons.push_back(reason("not_a_world", fmt::format("move {}: {}", w - 1, *fault)));
}

void check_secrets(const Claimed& claimed, const WitnessBook& book, const policy::Policy& policy, std::vector<RefusalReason>& reasons) {
  const auto secrets = assess::secrets_of(*claimed.truth, *claimed.asked, policy);
  if (!secrets) {
    reasons.push_back(reason("secrets", secrets.error().sentence));
    return;
  }
  const SecretCheck check(*claimed.truth, book, policy);
  for (const truth::Secret& secret : *secrets) {
    const auto named = claimed.evidence->witnesses_of.find(secret.id);
    if (named == claimed.evidence->witnesses_of.end()) {
      reasons.push_back(reason("secret_missing", secret.id));
      continue;
    }
    std::vector<WitnessIndex> witnesses;
    bool in_range = true;
    for (const std::uint32_t move : named->second) {
      in_range = in_range && move + 1 < book.size();
      witnesses.push_back(move + 1);
    }
    if (!in_range) {
      reasons.push_back(reason("unknown_witness", secret.id));
      continue;
    }
    const SecretStanding standing = check.standing(secret, std::move(witnesses));
    if (standing == SecretStanding::no_witness) reasons.push_back(reason("no_witness", secret.id));
    if (standing == SecretStanding::undecided) reasons.push_back(reason("undecided", secret.id));
  }
  if (claimed.evidence->witnesses_of.size() > secrets->size())
    reasons.push_back(reason("unknown_secret", "the evidence speaks for secrets that the policy does not name"));
}

bool is_well_formed(const truth::Population& truth) {
  if (truth.counts.size() != truth.space->count()) return false;
  if (std::any_of(truth.counts.begin(), truth.counts.end(), [](std::int64_t c) { return c < 0; })) return false;
  std::int64_t in_atom = 0;
  for (std::size_t i = 0; i < truth.contributions.size(); ++i) {
    const truth::Contribution& c = truth.contributions[i];
    const bool same_atom = i != 0 && truth.contributions[i - 1].atom == c.atom;
    if (i != 0 && (truth.contributions[i - 1].atom > c.atom || (same_atom && truth.contributions[i - 1].person >= c.person))) return false;
    if (c.atom >= truth.counts.size() || c.person >= truth.person_count || c.records <= 0) return false;
    in_atom = (same_atom ? in_atom : 0) + c.records;
    if (in_atom > truth.counts[c.atom]) return false;
  }
  return true;
}

}  // namespace

std::vector<RefusalReason> reasons_against(const Claimed& claimed, const policy::Policy& policy) {
  std::vector<RefusalReason> reasons;
  if (!is_well_formed(*claimed.truth)) return {reason("truth_malformed", claimed.published->space->id)};
  for (const table::PublishedTable& table : claimed.published->tables) check_table(claimed, table, reasons);
  for (const table::PublishedTable& table : claimed.published->earlier_tables) check_table(claimed, table, reasons);
  for (RefusalReason& fault : faults_of_changes(*claimed.published, policy)) reasons.push_back(std::move(fault));
  if (!reasons.empty()) return reasons;  // nothing below means anything while figures differ
  const auto worlds = table::worlds_of(*claimed.published, policy.minimum_frequency.minimum);
  if (!worlds) return {reason("published", worlds.error().sentence)};
  for (const assess::DerivedSum& sum : assess::failing_derived_sums(*claimed.truth, *claimed.published, policy))
    reasons.push_back(reason("derived_sum", "a small count follows from published figures", derivation_of(claimed, sum)));
  const WitnessBook book(*claimed.truth, *worlds, claimed.evidence->moves, policy.largest_coalition());
  check_moves(book, reasons);
  if (reasons.empty()) check_secrets(claimed, book, policy, reasons);
  return reasons;
}

}  // namespace candour::certify
