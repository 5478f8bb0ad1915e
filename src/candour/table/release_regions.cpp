#include <candour/table/release_regions.hpp>

#include <candour/base/text.hpp>
#include <candour/table/code_pieces.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace candour::table {
namespace {

base::Error wrong(std::string code, std::string sentence) { return {base::Cause::wrong_input, std::move(code), {}, std::move(sentence), {}}; }

std::vector<std::size_t> categories_of_cell(const ReleasedTable& table, CellIndex cell) {
  std::vector<std::size_t> places(table.by.size());
  for (std::size_t v = table.by.size(); v-- > 0;) {
    places[v] = cell % table.by[v].categories.size();
    cell /= table.by[v].categories.size();
  }
  return places;
}

std::size_t cell_count(const ReleasedTable& table) {
  std::size_t count = 1;
  for (const ReleasedVariable& variable : table.by) count *= variable.categories.size();
  return count;
}

template <class Visit>
void for_each_table(std::span<const Release> releases, Visit visit) {
  for (std::uint32_t r = 0; r < releases.size(); ++r)
    for (std::uint32_t t = 0; t < releases[r].tables.size(); ++t) visit(r, t, releases[r].tables[t]);
}

// The codes of all variables, by name.
std::map<std::string, CodePieces> pieces_of_variables(std::span<const Release> releases) {
  std::map<std::string, std::set<std::string>> codes;
  std::map<std::string, std::map<std::string, std::vector<std::string>>> contains;
  for_each_table(releases, [&](std::uint32_t, std::uint32_t, const ReleasedTable& table) {
    for (const auto* list : {&table.by, &table.limited_to})
      for (const ReleasedVariable& variable : *list) {
        auto& of_variable = codes[variable.name];
        for (const ReleasedCategory& category : variable.categories) {
          of_variable.insert(category.codes.begin(), category.codes.end());
          const bool is_finest = category.codes.empty() || (category.codes.size() == 1 && category.codes.front() == category.code);
          if (!is_finest && !category.code.empty()) contains[variable.name].emplace(category.code, category.codes);
        }
      }
  });
  std::map<std::string, CodePieces> pieces;
  for (const auto& [name, set] : codes) {
    const std::vector<std::string> list(set.begin(), set.end());
    pieces.emplace(name, CodePieces(list, contains[name]));
  }
  return pieces;
}

// What is counted, and the combinations that "counted among" allows: whoever an inner one counts, the outer one counts too.
class CountedThings {
 public:
  static base::Result<CountedThings> of(std::span<const Release> releases) {
    CountedThings things;
    for_each_table(releases, [&](std::uint32_t, std::uint32_t, const ReleasedTable& table) {
      things.outer_.try_emplace(table.counted);
      if (table.counted_among.empty()) return;
      things.outer_.try_emplace(table.counted_among);
      things.outer_[table.counted].insert(table.counted_among);
    });
    std::vector<std::string> names;
    for (const auto& [name, outer] : things.outer_) names.push_back(name);
    std::vector<std::set<std::string>> combinations{{}};
    for (const std::string& name : things.in_order()) {
      if (name.empty()) return base::fail(wrong("releases.counted", "what is counted contains itself"));
      const std::size_t before = combinations.size();
      for (std::size_t i = 0; i < before; ++i)
        if (std::includes(combinations[i].begin(), combinations[i].end(), things.outer_[name].begin(), things.outer_[name].end())) {
          combinations.push_back(combinations[i]);
          combinations.back().insert(name);
        }
      if (combinations.size() > 513) return base::fail(wrong("releases.counted", "too many combinations of what is counted"));
    }
    combinations.erase(combinations.begin());
    things.combinations_ = std::move(combinations);
    return things;
  }

  [[nodiscard]] LeafSet pieces_of(const std::string& name) const {
    LeafSet set(static_cast<std::uint32_t>(combinations_.size()));
    for (std::uint32_t i = 0; i < combinations_.size(); ++i)
      if (combinations_[i].contains(name)) set.insert(i);
    return set;
  }
  [[nodiscard]] std::vector<std::string> words() const {
    std::vector<std::string> words;
    for (const auto& combination : combinations_) {
      std::vector<std::string> in(combination.begin(), combination.end()), out;
      for (const auto& [name, outer] : outer_)
        if (!combination.contains(name)) out.push_back(name);
      words.push_back(out.empty() ? base::listed(in) : base::listed(in) + " and not " + base::listed(out));
    }
    return words;
  }

 private:
  // Outer ones first; an empty name where there is a circle.
  [[nodiscard]] std::vector<std::string> in_order() const {
    std::vector<std::string> order;
    std::set<std::string> done;
    while (done.size() < outer_.size()) {
      const std::size_t before = done.size();
      for (const auto& [name, outer] : outer_)
        if (!done.contains(name) && std::includes(done.begin(), done.end(), outer.begin(), outer.end())) {
          order.push_back(name);
          done.insert(name);
        }
      if (done.size() == before) return {""};
    }
    return order;
  }

  std::map<std::string, std::set<std::string>> outer_;
  std::vector<std::set<std::string>> combinations_;
};

// Extracts in their order: by date, corrections after what they correct.
class ExtractOrder {
 public:
  explicit ExtractOrder(std::span<const Release> releases) {
    std::map<std::string, int> rank;
    std::vector<Key> keys;
    for (const Release& release : releases) {
      const auto corrected = rank.find(release.corrects);
      rank[release.id] = corrected == rank.end() ? 0 : corrected->second + 1;
      keys.emplace_back(release.extracted_on, rank[release.id]);
    }
    std::set<Key> distinct(keys.begin(), keys.end());
    count_ = static_cast<std::uint32_t>(distinct.size());
    for (const Key& key : keys) number_.push_back(static_cast<std::uint32_t>(std::distance(distinct.begin(), distinct.find(key))));
    for (const auto& [date, corrections] : distinct) words_.push_back(base::to_iso(date) + (corrections == 0 ? "" : fmt::format(" corrected {}", corrections)));
  }

  [[nodiscard]] std::vector<std::string> pieces(Extracts extracts) const {
    std::vector<std::string> words;
    for (std::uint32_t first = 0; first < count_; ++first)
      for (std::uint32_t last = extracts == Extracts::only_grow ? count_ - 1 : first; last < count_; ++last)
        words.push_back(first == 0 && last + 1 == count_ ? std::string("from the first extract on")
                        : last + 1 == count_             ? fmt::format("new in the extract of {}", words_[first])
                                                         : fmt::format("in the extracts of {} to {}", words_[first], words_[last]));
    return words;
  }
  [[nodiscard]] LeafSet of_release(std::uint32_t release, Extracts extracts) const {
    const std::uint32_t own = number_[release];
    LeafSet set(static_cast<std::uint32_t>(extracts == Extracts::only_grow ? count_ : count_ * (count_ + 1) / 2));
    std::uint32_t piece = 0;
    for (std::uint32_t first = 0; first < count_; ++first)
      for (std::uint32_t last = extracts == Extracts::only_grow ? count_ - 1 : first; last < count_; ++last, ++piece)
        if (first <= own && own <= last) set.insert(piece);
    return set;
  }

 private:
  using Key = std::pair<base::Date, int>;
  std::uint32_t count_ = 0;
  std::vector<std::uint32_t> number_;
  std::vector<std::string> words_;
};

class Layer {
 public:
  Layer(std::span<const Release> releases, Extracts extracts, CountedThings counted)
      : releases_(releases), extracts_(extracts), pieces_(pieces_of_variables(releases)), counted_(std::move(counted)), order_(releases) {
    for (const auto& [name, pieces] : pieces_) {
      place_of_[name] = system_.dimensions.size();
      system_.dimensions.push_back({name, pieces.words()});
    }
    system_.dimensions.push_back({"counted", counted_.words()});
    system_.dimensions.push_back({"extract", order_.pieces(extracts)});
    for (const Release& release : releases) system_.releases.push_back(release.id);
  }

  base::Result<RegionSystem> run() {
    for (std::uint32_t r = 0; r < releases_.size(); ++r) CANDOUR_TRY_DONE(add(r));
    return std::move(system_);
  }

 private:
  [[nodiscard]] LeafSet side_of(const std::string& variable, const ReleasedCategory& category) const {
    const CodePieces& pieces = pieces_.at(variable);
    if (category.codes.empty()) return LeafSet::all(pieces.count());
    LeafSet set(pieces.count());
    for (const std::string& code : category.codes) set |= *pieces.pieces_of(code);
    return set;
  }

  // The ground of one table: what all its cells share, and the sides of its categories.
  class Ground {
   public:
    Ground(const Layer& layer, std::uint32_t r, std::uint32_t t) : layer_(layer), table_(layer.releases_[r].tables[t]) {
      for (const RegionDimension& dimension : layer.system_.dimensions)
        whole_.sides.push_back(LeafSet::all(static_cast<std::uint32_t>(dimension.pieces.size())));
      whole_.sides[whole_.sides.size() - 2] = layer.counted_.pieces_of(table_.counted);
      whole_.sides.back() = layer.order_.of_release(r, layer.extracts_);
      for (const ReleasedVariable& limit : table_.limited_to)
        whole_.sides[layer.place_of_.at(limit.name)] &= layer.side_of(limit.name, limit.categories.front());
      for (const ReleasedVariable& variable : table_.by) {
        sides_.emplace_back();
        for (const ReleasedCategory& category : variable.categories) sides_.back().push_back(layer.side_of(variable.name, category));
      }
    }
    [[nodiscard]] Region region_of(CellIndex cell) const {
      Region region = whole_;
      const std::vector<std::size_t> places = categories_of_cell(table_, cell);
      for (std::size_t v = 0; v < places.size(); ++v) region.sides[layer_.place_of_.at(table_.by[v].name)] &= sides_[v][places[v]];
      return region;
    }

   private:
    const Layer& layer_;
    const ReleasedTable& table_;
    Region whole_;
    std::vector<std::vector<LeafSet>> sides_;
  };

  base::Result<base::Done> add(std::uint32_t r) {
    const Release& release = releases_[r];
    for (std::uint32_t t = 0; t < release.tables.size(); ++t) {
      const ReleasedTable& table = release.tables[t];
      if (table.cells.size() != cell_count(table))
        return base::fail(wrong("releases.shape", fmt::format("release '{}', table '{}': {} cells, where its categories make {}", release.id, table.id,
                                                              table.cells.size(), cell_count(table))));
      if (std::any_of(table.limited_to.begin(), table.limited_to.end(), [](const ReleasedVariable& limit) { return limit.categories.size() != 1; }))
        return base::fail(wrong("releases.limited", fmt::format("release '{}', table '{}' is limited to other than one category", release.id, table.id)));
      const Ground ground(*this, r, t);
      for (CellIndex cell = 0; cell < table.cells.size(); ++cell)
        if (table.cells[cell].says_something())
          system_.figures.push_back({ground.region_of(cell), table.cells[cell].lowest, table.cells[cell].highest, {r, t, cell}});
    }
    for (const ReleasedRatio& ratio : release.ratios) {
      for (const ReleasedPlace& place : {ratio.part, ratio.whole})
        if (place.table >= release.tables.size() || place.cell >= release.tables[place.table].cells.size())
          return base::fail(wrong("releases.shape", fmt::format("release '{}': a percentage or average speaks of a cell that is not there", release.id)));
      std::int64_t scale = ratio.kind == ReleasedRatio::Kind::per_cent ? 100 : 1;
      for (int i = 0; i < ratio.decimals; ++i) scale *= 10;
      system_.ratios.push_back({Ground(*this, r, ratio.part.table).region_of(ratio.part.cell),
                                Ground(*this, r, ratio.whole.table).region_of(ratio.whole.cell),
                                scale,
                                ratio.units,
                                {r, ratio.part.table, ratio.part.cell}});
    }
    return base::Done{};
  }

  std::span<const Release> releases_;
  Extracts extracts_;
  std::map<std::string, CodePieces> pieces_;
  CountedThings counted_;
  ExtractOrder order_;
  std::map<std::string, std::size_t> place_of_;
  RegionSystem system_;
};

}  // namespace

base::Result<RegionSystem> regions_of(std::span<const Release> releases, Extracts extracts) {
  CANDOUR_TRY(counted, CountedThings::of(releases));
  return Layer(releases, extracts, std::move(counted)).run();
}

std::string words_of_cell(const ReleasedTable& table, CellIndex cell) {
  std::vector<std::string> parts{table.counted};
  const std::vector<std::size_t> places = categories_of_cell(table, cell);
  for (std::size_t v = 0; v < places.size(); ++v) parts.push_back(table.by[v].categories[places[v]].words);
  for (const ReleasedVariable& limit : table.limited_to) parts.push_back(limit.categories.front().words);
  return base::joined(parts, ", ");
}

std::string words_of(const FigureSource& source, std::span<const Release> releases) {
  const Release& release = releases[source.release];
  return fmt::format("{} ({})", words_of_cell(release.tables[source.table], source.cell), release.id);
}

std::string words_of(const Region& region, const RegionSystem& system) {
  std::vector<std::string> parts;
  for (std::size_t d = 0; d < region.sides.size(); ++d) {
    const auto size = static_cast<std::uint32_t>(system.dimensions[d].pieces.size());
    if (region.sides[d].count() == size && d + 2 != region.sides.size()) continue;
    std::vector<std::string> pieces;
    for (std::uint32_t i = 0; i < size; ++i)
      if (region.sides[d].contains(i)) pieces.push_back(system.dimensions[d].pieces[i]);
    constexpr std::size_t most_named = 4;
    if (pieces.size() > most_named) parts.push_back(fmt::format("{} to {}", pieces.front(), pieces.back()));
    else parts.push_back(base::joined(pieces, " or "));
  }
  return base::joined(parts, ", ");
}

bool has_shrunk(const RegionSystem& system) {
  std::map<std::vector<LeafSet>, std::map<std::uint32_t, std::int64_t>> by_extract;
  for (const RegionFigure& figure : system.figures) {
    if (!figure.is_exact()) continue;
    std::vector<LeafSet> others(figure.region.sides.begin(), figure.region.sides.end() - 1);
    by_extract[std::move(others)].emplace(figure.region.sides.back().count(), figure.lowest);
  }
  return std::any_of(by_extract.begin(), by_extract.end(), [](const auto& entry) {
    return std::adjacent_find(entry.second.begin(), entry.second.end(), [](const auto& a, const auto& b) { return a.second > b.second; }) != entry.second.end();
  });
}

}  // namespace candour::table
