#include <candour/protect/changed_figures.hpp>

#include <candour/base/check.hpp>
#include <candour/protect/cell_name.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

namespace candour::protect {
namespace {

constexpr double least_share_of_keys = 0.001;
constexpr double thousandths = 1000;

// The levels at which a cell stands, by variable of the asked design.
Margin margin_of(const table::TableLayout& layout, const table::TableDesign& asked, table::CellIndex cell) {
  Margin margin(asked.by.size(), 0);
  const std::vector<table::NodeIndex> nodes = layout.nodes(cell);
  for (std::size_t i = 0; i < nodes.size(); ++i)
    for (std::size_t v = 0; v < asked.by.size(); ++v)
      if (asked.by[v].variable == layout.design().by[i].variable) margin[v] = layout.space().variables[asked.by[v].variable].hierarchy.level(nodes[i]);
  return margin;
}

table::Rounded rounded(std::int64_t count, const FigureRounding& rounding, const std::string& name) {
  const std::int64_t rest = count % rounding.base;
  std::int64_t units = rounding.base;
  if (count >= rounding.base) {
    const auto drawn = static_cast<std::int64_t>(base::keyed_hash(rounding.key, "rounded/" + name) % static_cast<std::uint64_t>(rounding.base));
    units = count - rest + (drawn < rest ? rounding.base : 0);
  }
  return {units, rounding.base, table::RoundingKind::random};
}

// Which figures are to be changed, and what stands exact in margins that are not.
class Figures {
 public:
  Figures(const std::vector<table::TableDesign>& asked, const Plan& plan, const table::PublishedPopulation& published) {
    for (const table::PublishedTable& table : published.tables) {
      to_change_.emplace_back();
      const auto design = std::find_if(asked.begin(), asked.end(), [&](const auto& one) { return one.question == table.design.question; });
      CANDOUR_CHECK(design != asked.end(), "a published table answers a question that was asked");
      const table::TableLayout layout(*published.space, table.design);
      for (table::CellIndex cell = 0; cell < table.cells.size(); ++cell) {
        const auto value = table::exact_value(table.cells[cell]);
        if (!value) continue;
        if (is_changed(plan[table.design.question], margin_of(layout, *design, cell))) to_change_.back().push_back(cell);
        else add_exact(layout.atoms(cell), *value);
      }
    }
  }
  [[nodiscard]] const std::vector<table::CellIndex>& to_change(std::size_t table) const { return to_change_[table]; }
  [[nodiscard]] bool stands_exact(const std::vector<table::AtomIndex>& atoms) const { return exact_.contains(atoms); }
  [[nodiscard]] bool is_known_nought(const std::vector<table::AtomIndex>& atoms) const {
    return std::all_of(atoms.begin(), atoms.end(), [&](table::AtomIndex atom) { return noughts_.contains(atom); });
  }

 private:
  void add_exact(std::vector<table::AtomIndex> atoms, std::int64_t value) {
    if (value == 0) noughts_.insert(atoms.begin(), atoms.end());
    exact_.insert(std::move(atoms));
  }

  std::vector<std::vector<table::CellIndex>> to_change_;  // by table
  std::set<std::vector<table::AtomIndex>> exact_;
  std::set<table::AtomIndex> noughts_;
};

void change(const FigureRounding& rounding, const Figures& figures, const KnownCounts& known, const table::TableLayout& layout, table::CellIndex cell,
            table::PublishedTable& table) {
  const std::int64_t count = *table::exact_value(table.cells[cell]);
  if (count == 0 || figures.stands_exact(layout.atoms(cell))) return;
  if (const std::string name = name_of_count(layout, cell); !known.contains(name)) table.cells[cell] = rounded(count, rounding, name);
}

void change(const FigureNoise& noise, const Figures& figures, const KnownCounts& known, const table::TableLayout& layout, table::CellIndex cell,
            table::PublishedTable& table) {
  const std::vector<table::AtomIndex> atoms = layout.atoms(cell);
  if (figures.stands_exact(atoms) || figures.is_known_nought(atoms)) return;
  const std::string name = name_of_count(layout, cell);
  if (known.contains(name)) return;
  table.cells[cell] = noise.figure(*table::exact_value(table.cells[cell]), name);
  table.noise = noise.of_table();
}

}  // namespace

FigureNoise::FigureNoise(const PerturbationParameters& parameters, PerturbationTable rows, const base::SecretKey& key)
    : parameters_(parameters), rows_(std::move(rows)),
      key_(key), of_table_{std::llround(thousandths * parameters.variance),
                           fmt::format("{:016x}", base::keyed_hash(key, fmt::format("figures {} {} {} {}", parameters.most_noise, parameters.variance,
                                                                                    parameters.forbidden_up_to, parameters.protected_below)))} {}

base::Result<FigureNoise> FigureNoise::of(const PerturbationParameters& parameters, const base::SecretKey& key) {
  CANDOUR_TRY(rows, PerturbationTable::build(parameters));
  if (const auto rarest = rows.rarest(); rarest.share < least_share_of_keys)
    return base::fail({base::Cause::wrong_input,
                       "cell_key.rare_noise",
                       {},
                       fmt::format("fewer than one key in 1,000 changes a count of {} by {}, expected that every change up to most_noise happens", rarest.count,
                                   rarest.noise),
                       "a reader reckons with every change up to most_noise: take a larger variance, or less noise"});
  return FigureNoise(parameters, std::move(rows), key);
}

table::Perturbed FigureNoise::figure(std::int64_t count, const std::string& name_of_count) const {
  const std::uint64_t key = base::keyed_hash(key_, fmt::format("noise/{}/{}", count, name_of_count)) % key_range;
  return {count + rows_.noise(count, key), parameters_.most_noise, parameters_.protected_below};
}

KnownCounts known_counts(const table::AtomSpace& space, const std::vector<table::EarlierFigure>& earlier) {
  KnownCounts known;
  for (const table::EarlierFigure& figure : earlier)
    if (figure.lowest == figure.highest) known.insert(name_of_count(space, figure.atoms));
  return known;
}

void change_figures(const std::vector<table::TableDesign>& asked, const Plan& plan, const FigureChange& change_of, table::PublishedPopulation& published,
                    const KnownCounts& known) {
  if (const auto* rounding = std::get_if<FigureRounding>(&change_of)) CANDOUR_CHECK(rounding->base >= 2, "figures are rounded to a base of at least 2");
  if (std::all_of(plan.begin(), plan.end(), [](const QuestionPlan& of_question) { return of_question.changed.empty(); })) return;
  const Figures figures(asked, plan, published);
  for (std::size_t t = 0; t < published.tables.size(); ++t) {
    const table::TableLayout layout(*published.space, published.tables[t].design);
    for (const table::CellIndex cell : figures.to_change(t))
      std::visit([&](const auto& how) { change(how, figures, known, layout, cell, published.tables[t]); }, change_of);
  }
}

}  // namespace candour::protect
