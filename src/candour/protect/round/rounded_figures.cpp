#include <candour/protect/round/rounded_figures.hpp>

#include <candour/base/check.hpp>
#include <candour/protect/cell_name.hpp>

#include <algorithm>
#include <set>

namespace candour::protect {
namespace {

// The levels at which a cell stands, by variable of the asked design.
Margin margin_of(const table::TableLayout& layout, const table::TableDesign& asked, table::CellIndex cell) {
  Margin margin(asked.by.size(), 0);
  const std::vector<table::NodeIndex> nodes = layout.nodes(cell);
  for (std::size_t i = 0; i < nodes.size(); ++i)
    for (std::size_t v = 0; v < asked.by.size(); ++v)
      if (asked.by[v].variable == layout.design().by[i].variable) margin[v] = layout.space().variables[asked.by[v].variable].hierarchy.level(nodes[i]);
  return margin;
}

std::int64_t rounded(std::int64_t count, const FigureRounding& rounding, const std::string& name) {
  const std::int64_t rest = count % rounding.base;
  if (count < rounding.base) return rounding.base;
  const auto drawn = static_cast<std::int64_t>(base::keyed_hash(rounding.key, "rounded/" + name) % static_cast<std::uint64_t>(rounding.base));
  return count - rest + (drawn < rest ? rounding.base : 0);
}

struct Place {
  std::size_t table = 0;
  table::CellIndex cell = 0;
};

}  // namespace

void round_figures(const std::vector<table::TableDesign>& asked, const Plan& plan, const FigureRounding& rounding, table::PublishedPopulation& published) {
  CANDOUR_CHECK(rounding.base >= 2, "figures are rounded to a base of at least 2");
  std::vector<Place> places;
  std::set<std::vector<table::AtomIndex>> exact;  // sums that stand in a margin that is not rounded
  for (std::size_t t = 0; t < published.tables.size(); ++t) {
    table::PublishedTable& table = published.tables[t];
    const auto design = std::find_if(asked.begin(), asked.end(), [&](const auto& one) { return one.question == table.design.question; });
    CANDOUR_CHECK(design != asked.end(), "a published table answers a question that was asked");
    const QuestionPlan& of_question = plan[table.design.question];
    if (of_question.rounded.empty()) continue;
    const table::TableLayout layout(*published.space, table.design);
    for (table::CellIndex cell = 0; cell < table.cells.size(); ++cell) {
      if (!table::exact_value(table.cells[cell])) continue;
      if (is_rounded(of_question, margin_of(layout, *design, cell))) places.push_back({t, cell});
      else exact.insert(layout.atoms(cell));
    }
  }
  for (const Place& place : places) {
    table::PublishedTable& table = published.tables[place.table];
    const table::TableLayout layout(*published.space, table.design);
    const std::int64_t count = *table::exact_value(table.cells[place.cell]);
    if (count == 0 || exact.contains(layout.atoms(place.cell))) continue;
    table.cells[place.cell] = table::Rounded{rounded(count, rounding, name_for_key(layout, place.cell)), rounding.base, table::RoundingKind::random};
  }
}

}  // namespace candour::protect
