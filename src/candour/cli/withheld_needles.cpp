#include <candour/cli/withheld_needles.hpp>

#include <candour/base/files.hpp>
#include <candour/certify/certificate_text.hpp>
#include <candour/certify/true_cells.hpp>
#include <candour/table/table_design.hpp>
#include <candour/truth/population.hpp>

#include <set>
#include <string>
#include <utility>
#include <vector>

namespace candour::cli {
namespace {

using Labels = std::vector<std::string>;
using LabelledValue = std::pair<std::set<std::string>, std::string>;

/// The labels of a cell's categories; the totals of a table bear their own.
Labels labels_of(const table::TableLayout& layout, table::CellIndex cell) {
  Labels labels;
  const auto nodes = layout.nodes(cell);
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const auto& hierarchy = layout.space().variables[layout.design().by[i].variable].hierarchy;
    labels.push_back(hierarchy.label(nodes[i]).empty() ? hierarchy.code(nodes[i]) : hierarchy.label(nodes[i]));
  }
  return labels;
}

LabelledValue labelled(const Labels& labels, std::int64_t value) { return {{labels.begin(), labels.end()}, std::to_string(value)}; }

/// What the answer itself says: under which labels, and at all.
struct PublishedFigures {
  std::set<LabelledValue> labelled;
  std::set<std::string> anywhere;
};

void add_published(const table::PublishedTable& table, const table::AtomSpace& space, PublishedFigures& published) {
  const table::TableLayout layout(space, table.design);
  for (table::CellIndex cell = 0; cell < table.cells.size(); ++cell) {
    const auto value = table::exact_value(table.cells[cell]);
    if (!value) continue;
    published.labelled.insert(labelled(labels_of(layout, cell), *value));
    published.anywhere.insert(std::to_string(*value));
  }
}

void add_needles(const table::PublishedTable& table, const truth::Population& truth, const PublishedFigures& published, inspect::Needles& needles) {
  if (table.design.unit == table::Unit::amounts) return;  // the true cells hold counts
  const table::TableLayout layout(*truth.space, table.design);
  for (table::CellIndex cell = 0; cell < table.cells.size(); ++cell) {
    if (!table::is_suppressed(table.cells[cell])) continue;
    const auto atoms = layout.atoms(cell);
    const std::int64_t value = table.design.unit == table::Unit::people ? truth::people_in(truth, atoms) : truth::records_in(truth, atoms);
    const Labels labels = labels_of(layout, cell);
    if (!labels.empty() && !published.labelled.contains(labelled(labels, value))) needles.add_addressed(labels, std::to_string(value));
    if (!published.anywhere.contains(std::to_string(value))) (void)needles.add_distinctive(std::to_string(value));
  }
}

}  // namespace

base::Result<std::shared_ptr<const inspect::Needles>> withheld_needles(const std::filesystem::path& certificate) {
  CANDOUR_TRY(text, base::read_file(certificate));
  CANDOUR_TRY(true_text, base::read_file(certificate.parent_path() / "true-cells.json"));
  CANDOUR_TRY(content, certify::certificate_from(text));
  std::vector<std::shared_ptr<const table::AtomSpace>> spaces;
  for (const auto& population : content.populations) spaces.push_back(population.published.space);
  CANDOUR_TRY(truths, certify::true_cells_from(true_text, spaces));

  PublishedFigures published;
  for (const auto& population : content.populations) {
    for (const auto& table : population.published.tables) add_published(table, *population.published.space, published);
  }
  auto needles = std::make_shared<inspect::Needles>(base::draw_secret_key());
  for (std::size_t p = 0; p < content.populations.size(); ++p) {
    for (const auto& table : content.populations[p].published.tables) add_needles(table, truths[p], published, *needles);
  }
  return std::shared_ptr<const inspect::Needles>(std::move(needles));
}

}  // namespace candour::cli
