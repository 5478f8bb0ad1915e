#include <candour/certify/verify.hpp>

#include <candour/base/decimal.hpp>
#include <candour/certify/certificate_text.hpp>
#include <candour/certify/checker.hpp>
#include <candour/certify/true_cells.hpp>
#include <candour/table/canonical.hpp>
#include <candour/table/level_names.hpp>
#include <candour/truth/relaid.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace candour::certify {
namespace {

using table::CellIndex;

// What a public cell must look like in its file.
struct ExpectedCell {
  std::string value;
  std::string status;
};
struct ExpectedCellOf {
  int scale;
  table::ZeroConvention convention;
  [[nodiscard]] std::string figure(std::int64_t units) const { return base::Decimal::of_units(units, scale).to_text(); }
  ExpectedCell operator()(const table::Value& v) const { return {figure(v.units), "value"}; }
  ExpectedCell operator()(const table::Rounded& r) const { return {figure(r.units), "rounded"}; }
  ExpectedCell operator()(const table::Perturbed& p) const { return {figure(p.units), "perturbed"}; }
  ExpectedCell operator()(const table::Suppressed&) const {
    return {"", convention == table::ZeroConvention::hidden_may_be_zero ? "confidential-or-nought" : "confidential"};
  }
  ExpectedCell operator()(const table::NotAvailable& n) const { return {"", std::string(table::word_of(n.reason))}; }
  ExpectedCell operator()(const table::NotApplicable& n) const { return {"", std::string(table::word_of(n.reason))}; }
};

// A text as the file may carry it: what a spreadsheet would take for a formula has an apostrophe before it.
bool is_written_as(std::string_view field, std::string_view text) {
  return field == text || (field.size() == text.size() + 1 && field.front() == '\'' && field.substr(1) == text);
}

std::string column_name(const std::string& variable) {
  std::string name;
  for (const char letter : variable)
    name += std::isalnum(static_cast<unsigned char>(letter)) != 0 ? static_cast<char>(std::tolower(static_cast<unsigned char>(letter))) : '_';
  return name;
}

class PublicTables {
 public:
  PublicTables(const std::vector<PublicTableFile>& files, VerifyReport& report) : files_(files), report_(report), used_(files.size()) {}

  void compare(const table::PublishedTable& table, const table::AtomSpace& space) {
    const auto at = std::find_if(files_.begin(), files_.end(), [&](const PublicTableFile& f) { return f.table_id == table.design.id; });
    if (at == files_.end()) return refuse("public_table_missing", table.design.id);
    used_[static_cast<std::size_t>(at - files_.begin())] = true;
    ++report_.tables;
    const table::TableLayout layout(space, table.design);
    if (at->header != header_of(layout)) return refuse("public_header_differs", at->file);
    std::vector<bool> seen(layout.cell_count());
    for (const PublicRow& row : at->rows) compare_row(*at, row, table, layout, seen);
    if (std::find(seen.begin(), seen.end(), false) != seen.end()) refuse("public_row_missing", at->file);
  }

  void refuse_strangers() {
    for (std::size_t i = 0; i < used_.size(); ++i)
      if (!used_[i]) refuse("public_table_unknown", files_[i].file);
  }

 private:
  void refuse(std::string_view code, std::string subject) { report_.reasons.push_back({fmt::format("verify.{}", code), std::move(subject), {}}); }

  static std::vector<std::string> header_of(const table::TableLayout& layout) {
    std::vector<std::string> header;
    for (const table::ShownVariable& shown : layout.design().by) {
      const std::string name = column_name(layout.space().variables[shown.variable].name);
      header.insert(header.end(), {name + "_code", name, name + "_level"});
    }
    header.insert(header.end(), {"value", "status"});
    return header;
  }

  // The cell that a row speaks of; nothing where code, label or level is not that of a category.
  static std::optional<CellIndex> cell_of(const PublicRow& row, const table::TableLayout& layout) {
    if (row.fields.size() != 3 * layout.variable_count() + 2) return std::nullopt;
    std::vector<table::NodeIndex> nodes;
    for (std::size_t i = 0; i < layout.variable_count(); ++i) {
      const table::Hierarchy& hierarchy = layout.space().variables[layout.design().by[i].variable].hierarchy;
      const std::string& code = row.fields[3 * i];
      auto node = hierarchy.find(code);
      if (!node && code.starts_with('\'')) node = hierarchy.find(std::string_view(code).substr(1));
      if (!node || !is_written_as(row.fields[3 * i + 1], hierarchy.label(*node)) ||
          !is_written_as(row.fields[3 * i + 2], table::level_name_of(layout, i, *node)))
        return std::nullopt;
      nodes.push_back(*node);
    }
    return layout.find(nodes);
  }

  void compare_row(const PublicTableFile& file, const PublicRow& row, const table::PublishedTable& table, const table::TableLayout& layout,
                   std::vector<bool>& seen) {
    const std::string place = fmt::format("{}:{}", file.file, row.line);
    const auto cell = cell_of(row, layout);
    if (!cell) return refuse("public_category_unknown", place);
    if (seen[*cell]) return refuse("public_row_twice", place);
    seen[*cell] = true;
    ++report_.cells;
    const ExpectedCell expected = std::visit(ExpectedCellOf{table.scale, table.convention}, table.cells[*cell]);
    const std::size_t value = row.fields.size() - 2;
    if (row.fields[value] != expected.value || row.fields[value + 1] != expected.status) refuse("public_figure_differs", place);
  }

  const std::vector<PublicTableFile>& files_;
  VerifyReport& report_;
  std::vector<bool> used_;
};

void refuse(VerifyReport& report, std::string_view code, std::string subject) {
  report.reasons.push_back({fmt::format("verify.{}", code), std::move(subject), {}});
}

void check_digests(const VerifyInput& input, const CertificateContent& content, VerifyReport& report) {
  if (content.policy != input.policy->digest) refuse(report, "policy_differs", "the policy is not the one that the certificate was made under");
  if (content.true_cells != base::digest_of(input.true_cells))
    refuse(report, "true_cells_differ", "the true cells were changed after the certificate was made");
  std::vector<table::PublishedPopulation> published;
  for (const CertifiedPopulation& p : content.populations) published.push_back(p.published);
  if (content.draft != table::digest_of_draft(published)) refuse(report, "draft_differs", "the tables in the certificate are not those that were sealed");
}

void compare_tables(const table::PublishedPopulation& published, PublicTables& public_tables, VerifyReport& report) {
  for (const table::PublishedTable& table : published.tables) {
    if (table.cells.size() == table::TableLayout(*published.space, table.design).cell_count()) public_tables.compare(table, *published.space);
    else refuse(report, "cell_count", table.design.id);
  }
}

void check_public_tables(const CertificateContent& content, const std::vector<PublicTableFile>& files, VerifyReport& report) {
  PublicTables public_tables(files, report);
  for (const CertifiedPopulation& population : content.populations) compare_tables(population.published, public_tables, report);
  public_tables.refuse_strangers();
}

base::Result<std::vector<truth::Population>> truth_of(const CertificateContent& content, std::string_view true_cells) {
  std::vector<std::shared_ptr<const table::AtomSpace>> spaces;
  for (const CertifiedPopulation& p : content.populations) spaces.push_back(p.published.space);
  return true_cells_from(true_cells, spaces);
}

// The recount in the categories of the certificate, which may be other trees over the same leaves. What does not fit is left as it is, and will not agree.
std::vector<truth::Population> over_the_spaces_of(const CertificateContent& content, std::vector<truth::Population> retabulated) {
  for (std::size_t p = 0; p < std::min(content.populations.size(), retabulated.size()); ++p)
    if (auto relaid = truth::relaid(retabulated[p], content.populations[p].published.space)) retabulated[p] = *std::move(relaid);
  return retabulated;
}

void check_content(const CertificateContent& content, std::string_view true_cells, const policy::Policy& policy, VerifyReport& report) {
  const auto truth = truth_of(content, true_cells);
  if (!truth) return refuse(report, "true_cells", truth.error().sentence);
  for (std::size_t p = 0; p < content.populations.size(); ++p) {
    const CertifiedPopulation& population = content.populations[p];
    std::vector<RefusalReason> reasons = reasons_against({&(*truth)[p], &population.asked, &population.published, &population.evidence}, policy);
    std::move(reasons.begin(), reasons.end(), std::back_inserter(report.reasons));
    ++report.populations;
    report.secrets += population.evidence.witnesses_of.size();
    report.witnesses += population.evidence.moves.size();
  }
}

// Reads the certificate and hands it on; one that cannot be read is a fault by itself.
template <class Check>
VerifyReport with_content(std::string_view certificate, Check check) {
  VerifyReport report;
  const auto content = certificate_from(certificate);
  if (content) check(*content, report);
  else refuse(report, "certificate", content.error().sentence);
  return report;
}

}  // namespace

VerifyReport verify(const VerifyInput& input) {
  return with_content(input.certificate, [&](const CertificateContent& content, VerifyReport& report) {
    check_digests(input, content, report);
    check_public_tables(content, input.public_tables, report);
    check_content(content, input.true_cells, *input.policy, report);
  });
}

VerifyReport verify_digests(const VerifyInput& input) {
  return with_content(input.certificate, [&](const CertificateContent& content, VerifyReport& report) { check_digests(input, content, report); });
}

VerifyReport verify_public_tables(std::string_view certificate, const std::vector<PublicTableFile>& public_tables) {
  return with_content(certificate, [&](const CertificateContent& content, VerifyReport& report) { check_public_tables(content, public_tables, report); });
}

VerifyReport verify_public_tables(const std::vector<table::PublishedPopulation>& published, const std::vector<PublicTableFile>& public_tables) {
  VerifyReport report;
  PublicTables compared(public_tables, report);
  for (const table::PublishedPopulation& population : published) compare_tables(population, compared, report);
  compared.refuse_strangers();
  return report;
}

VerifyReport verify_content(std::string_view certificate, std::string_view true_cells, const policy::Policy& policy) {
  return with_content(certificate, [&](const CertificateContent& content, VerifyReport& report) { check_content(content, true_cells, policy, report); });
}

VerifyReport verify_with_records(const VerifyInput& input, const std::vector<truth::Population>& retabulated, const base::Digest& records_digest) {
  return with_content(input.certificate, [&](const CertificateContent& content, VerifyReport& report) {
    report = verify(input);
    if (content.records != records_digest) refuse(report, "records_differ", "the records are not those that the certificate was made from");
    const auto truth = truth_of(content, input.true_cells);
    if (!truth || !agree(*truth, over_the_spaces_of(content, retabulated)))
      refuse(report, "recount_differs", "counting the records again gives other true cells");
  });
}

}  // namespace candour::certify
