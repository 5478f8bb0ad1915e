#include <candour/table/released.hpp>

#include <candour/base/check.hpp>

#include <algorithm>
#include <limits>

namespace candour::table {
namespace {

constexpr std::int64_t unlimited = std::numeric_limits<std::int64_t>::max();

class Releaser {
 public:
  explicit Releaser(const PublishedPopulation& published) : published_(published), space_(*published.space) {}

  Release run() {
    Release release;
    release.population = space_.id;
    release.title = space_.label;
    release.origin = "answer";
    for (const PublishedTable& table : published_.tables) release.tables.push_back(table_of(table));
    for (const PublishedStatement& statement : published_.statements) {
      if (const auto* percentage = std::get_if<PercentageOf>(&statement.claim))
        release.ratios.push_back({ReleasedRatio::Kind::per_cent,
                                  {percentage->numerator.table, percentage->numerator.cell},
                                  {percentage->denominator.table, percentage->denominator.cell},
                                  percentage->decimals,
                                  percentage->units});
      if (const auto* count = std::get_if<CountBetween>(&statement.claim)) release.tables.push_back(table_of(statement, *count));
      if (const auto* counts = std::get_if<CountsBetween>(&statement.claim))
        for (const CountBetween& one : counts->counts) {
          release.tables.push_back(table_of(statement, one));
          release.tables.back().id += "-" + std::to_string(&one - counts->counts.data() + 1);
        }
    }
    return release;
  }

 private:
  [[nodiscard]] bool is_covered(QuestionIndex question, VariableIndex variable, LeafIndex leaf) const {
    const std::vector<bool>& covered = space_.questions[question].covered_periods;
    return variable != space_.period || covered.empty() || covered[leaf];
  }

  [[nodiscard]] ReleasedCategory category_of(QuestionIndex question, VariableIndex variable, NodeIndex node) const {
    const Hierarchy& hierarchy = space_.variables[variable].hierarchy;
    ReleasedCategory category{hierarchy.label(node), node == 0 ? "" : hierarchy.code(node), {}};
    if (node == 0 && variable != space_.period) return category;  // all there is, as in a table that does not show the variable
    for (LeafIndex leaf = hierarchy.leaves(node).first; leaf < hierarchy.leaves(node).end; ++leaf)
      if (is_covered(question, variable, leaf)) category.codes.push_back(hierarchy.code(hierarchy.node_of_leaf(leaf)));
    return category;
  }

  // Of a table that does not show the period: the periods that its question covers.
  void limit_to_coverage(ReleasedTable& table, QuestionIndex question) const {
    if (!space_.period) return;
    const Variable& period = space_.variables[*space_.period];
    if (std::any_of(table.by.begin(), table.by.end(), [&](const ReleasedVariable& by) { return by.name == period.name; })) return;
    if (std::any_of(table.limited_to.begin(), table.limited_to.end(), [&](const ReleasedVariable& by) { return by.name == period.name; })) return;
    table.limited_to.push_back({period.name, {category_of(question, *space_.period, 0)}});
  }

  [[nodiscard]] ReleasedTable about(QuestionIndex question, std::string id, std::string title) const {
    const auto around = question_around(space_, question);
    return {std::move(id), std::move(title), space_.questions[question].label, around ? space_.questions[*around].label : "", {}, {}, {}, 0};
  }

  [[nodiscard]] ReleasedTable table_of(const PublishedTable& published) const {
    const TableLayout layout(space_, published.design);
    const QuestionIndex question = published.design.question;
    ReleasedTable table = about(question, published.design.id, published.title);
    for (std::size_t i = 0; i < layout.variable_count(); ++i) {
      const VariableIndex variable = published.design.by[i].variable;
      table.by.push_back({space_.variables[variable].name, {}});
      for (const NodeIndex node : layout.categories(i)) table.by.back().categories.push_back(category_of(question, variable, node));
    }
    limit_to_coverage(table, question);
    const bool counts_records = published.design.unit == Unit::records;  // of people and amounts the register keeps the shape alone
    for (CellIndex cell = 0; cell < published.cells.size(); ++cell)
      table.cells.push_back(!counts_records || layout.is_outside_coverage(cell) ? ReleasedCell{} : cell_of(published.cells[cell], published.convention));
    // A category of which no period is covered has no codes, and no codes would mean everything.
    for (ReleasedVariable& variable : table.by)
      for (ReleasedCategory& category : variable.categories)
        if (category.codes.empty() && !category.code.empty()) category.codes.push_back(category.code);
    if (published.noise) {
      table.noise_thousandths = published.noise->variance_thousandths;
      table.noise_key = published.noise->key_name;
    }
    return table;
  }

  [[nodiscard]] ReleasedTable table_of(const PublishedStatement& statement, const CountBetween& count) const {
    ReleasedTable table = about(count.question, statement.id, statement.text);
    for (VariableIndex v = 0; v < count.box.size(); ++v) {
      const Hierarchy& hierarchy = space_.variables[v].hierarchy;
      if (count.box[v] == hierarchy.leaves(0)) continue;
      ReleasedCategory category;
      for (LeafIndex leaf = count.box[v].first; leaf < count.box[v].end; ++leaf) {
        if (!is_covered(count.question, v, leaf)) continue;
        category.words += (category.words.empty() ? "" : " or ") + hierarchy.label(hierarchy.node_of_leaf(leaf));
        category.codes.push_back(hierarchy.code(hierarchy.node_of_leaf(leaf)));
      }
      table.limited_to.push_back({space_.variables[v].name, {std::move(category)}});
    }
    limit_to_coverage(table, count.question);
    table.cells.push_back({count.lowest, count.highest, false});
    return table;
  }

  [[nodiscard]] static ReleasedCell cell_of(const PublishedCell& cell, ZeroConvention convention) {
    if (const auto* value = std::get_if<Value>(&cell)) return {value->units, value->units, false};
    if (const auto counts = counts_behind_change(cell)) return {counts->lowest, counts->highest, false};
    if (is_suppressed(cell)) return {convention == ZeroConvention::hidden_at_least_one ? 1 : 0, unlimited, true};
    return {};
  }

  const PublishedPopulation& published_;
  const AtomSpace& space_;
};

}  // namespace

std::optional<QuestionIndex> question_around(const AtomSpace& space, QuestionIndex question) {
  std::optional<QuestionIndex> closest;
  std::size_t fewest = 0;
  for (QuestionIndex outer = 0; outer < space.questions.size(); ++outer) {
    if (outer == question) continue;
    std::size_t members = 0, own = 0;
    bool contains = true;
    for (const std::uint32_t membership : space.memberships) {
      const bool in_outer = (membership >> outer & 1U) != 0, in_own = (membership >> question & 1U) != 0;
      members += in_outer ? 1 : 0;
      own += in_own ? 1 : 0;
      contains = contains && (in_outer || !in_own);
    }
    if (!contains || members == own || (closest && members >= fewest)) continue;
    closest = outer;
    fewest = members;
  }
  return closest;
}

Release released(const PublishedPopulation& published) { return Releaser(published).run(); }

}  // namespace candour::table
