#include <candour/certify/verify.hpp>

#include <candour/certify/certificate_text.hpp>
#include <candour/certify/checker.hpp>
#include <candour/certify/true_cells.hpp>
#include <candour/table/canonical.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace candour::certify {
namespace {

using table::CellIndex;

// What a public cell must look like in its file.
struct ExpectedCell {
  std::string value;
  std::string status;
};
struct ExpectedCellOf {
  ExpectedCell operator()(const table::Value& v) const { return {std::to_string(v.units), ""}; }
  ExpectedCell operator()(const table::Rounded& r) const { return {std::to_string(r.units), "r"}; }
  ExpectedCell operator()(const table::Perturbed& p) const { return {std::to_string(p.units), "p"}; }
  ExpectedCell operator()(const table::Suppressed&) const { return {"", "c"}; }
  ExpectedCell operator()(const table::NotAvailable&) const { return {"", "x"}; }
  ExpectedCell operator()(const table::NotApplicable&) const { return {"", "z"}; }
};

std::string without_brackets(std::string_view status) {
  if (status.size() >= 2 && status.front() == '[' && status.back() == ']') status = status.substr(1, status.size() - 2);
  return std::string(status);
}

class PublicTables {
 public:
  PublicTables(const VerifyInput& input, VerifyReport& report) : input_(input), report_(report), used_(input.public_tables.size()) {}

  void compare(const table::PublishedTable& table, const table::AtomSpace& space) {
    const auto at = std::find_if(input_.public_tables.begin(), input_.public_tables.end(), [&](const PublicTableFile& f) { return f.table_id == table.design.id; });
    if (at == input_.public_tables.end()) return refuse("public_table_missing", table.design.id);
    used_[static_cast<std::size_t>(at - input_.public_tables.begin())] = true;
    ++report_.tables;
    const table::TableLayout layout(space, table.design);
    std::vector<bool> seen(layout.cell_count());
    for (const PublicRow& row : at->rows) compare_row(*at, row, table, layout, seen);
    if (std::find(seen.begin(), seen.end(), false) != seen.end()) refuse("public_row_missing", at->file);
  }

  void refuse_strangers() {
    for (std::size_t i = 0; i < used_.size(); ++i)
      if (!used_[i]) refuse("public_table_unknown", input_.public_tables[i].file);
  }

 private:
  void refuse(std::string_view code, std::string subject) { report_.reasons.push_back({fmt::format("verify.{}", code), std::move(subject), {}}); }

  void compare_row(const PublicTableFile& file, const PublicRow& row, const table::PublishedTable& table, const table::TableLayout& layout, std::vector<bool>& seen) {
    const std::string place = fmt::format("{}:{}", file.file, row.line);
    std::vector<table::NodeIndex> nodes;
    for (std::size_t i = 0; i < row.codes.size() && i < layout.variable_count(); ++i)
      if (const auto node = layout.space().variables[table.design.by[i].variable].hierarchy.find(row.codes[i])) nodes.push_back(*node);
    if (nodes.size() != layout.variable_count() || row.codes.size() != nodes.size()) return refuse("public_code_unknown", place);
    const auto cell = layout.find(nodes);
    if (!cell) return refuse("public_code_unknown", place);
    if (seen[*cell]) return refuse("public_row_twice", place);
    seen[*cell] = true;
    ++report_.cells;
    const ExpectedCell expected = std::visit(ExpectedCellOf{}, table.cells[*cell]);
    if (row.value != expected.value || without_brackets(row.status) != expected.status) refuse("public_figure_differs", place);
  }

  const VerifyInput& input_;
  VerifyReport& report_;
  std::vector<bool> used_;
};

void refuse(VerifyReport& report, std::string_view code, std::string subject) { report.reasons.push_back({fmt::format("verify.{}", code), std::move(subject), {}}); }

void check_digests(const VerifyInput& input, const CertificateContent& content, VerifyReport& report) {
  if (content.policy != input.policy->digest) refuse(report, "policy_differs", "the policy is not the one that the certificate was made under");
  if (content.true_cells != base::digest_of(input.true_cells)) refuse(report, "true_cells_differ", "the true cells were changed after the certificate was made");
  std::vector<table::PublishedPopulation> published;
  for (const CertifiedPopulation& p : content.populations) published.push_back(p.published);
  if (content.draft != table::digest_of_draft(published)) refuse(report, "draft_differs", "the tables in the certificate are not those that were sealed");
}

void check_populations(const VerifyInput& input, const CertificateContent& content, const std::vector<truth::Population>& truth, VerifyReport& report) {
  PublicTables public_tables(input, report);
  for (std::size_t p = 0; p < content.populations.size(); ++p) {
    const CertifiedPopulation& population = content.populations[p];
    for (const table::PublishedTable& table : population.published.tables) {
      if (table.cells.size() != table::TableLayout(*population.published.space, table.design).cell_count()) {
        refuse(report, "cell_count", table.design.id);
        return;
      }
      public_tables.compare(table, *population.published.space);
    }
    std::vector<RefusalReason> reasons = reasons_against({&truth[p], &population.asked, &population.published, &population.evidence}, *input.policy);
    std::move(reasons.begin(), reasons.end(), std::back_inserter(report.reasons));
    ++report.populations;
    report.secrets += population.evidence.witnesses_of.size();
    report.witnesses += population.evidence.moves.size();
  }
  public_tables.refuse_strangers();
}

}  // namespace

VerifyReport verify(const VerifyInput& input) {
  VerifyReport report;
  const auto content = certificate_from(input.certificate);
  if (!content) {
    refuse(report, "certificate", content.error().sentence);
    return report;
  }
  check_digests(input, *content, report);
  std::vector<std::shared_ptr<const table::AtomSpace>> spaces;
  for (const CertifiedPopulation& p : content->populations) spaces.push_back(p.published.space);
  const auto truth = true_cells_from(input.true_cells, spaces);
  if (!truth) {
    refuse(report, "true_cells", truth.error().sentence);
    return report;
  }
  check_populations(input, *content, *truth, report);
  return report;
}

VerifyReport verify_with_records(const VerifyInput& input, const std::vector<truth::Population>& retabulated, const base::Digest& records_digest) {
  VerifyReport report = verify(input);
  const auto content = certificate_from(input.certificate);
  if (!content) return report;
  if (content->records != records_digest) refuse(report, "records_differ", "the records are not those that the certificate was made from");
  std::vector<std::shared_ptr<const table::AtomSpace>> spaces;
  for (const CertifiedPopulation& p : content->populations) spaces.push_back(p.published.space);
  const auto truth = true_cells_from(input.true_cells, spaces);
  if (!truth || !agree(*truth, retabulated)) refuse(report, "recount_differs", "counting the records again gives other true cells");
  return report;
}

}  // namespace candour::certify
