#include <candour/protect/suppress/marked_table.hpp>

#include <candour/base/check.hpp>
#include <candour/base/stop.hpp>
#include <candour/table/worlds.hpp>

#include <algorithm>
#include <map>
#include <cstdio>
#include <ctime>

namespace candour::protect {
namespace {

using table::AtomIndex;
using table::CellIndex;

constexpr int most_rounds = 40;  // each hides what the witnesses of secrets that are still open need

class Marking {
 public:
  explicit Marking(const MarkedTableTask& task)
      : task_(task), tables_(task.draft), layout_(*tables_.space, tables_.tables[task.number].design), figures_(tables_.tables[task.number].cells) {
    for (CellIndex cell = 0; cell < layout_.cell_count(); ++cell) atoms_.push_back(layout_.atoms(cell));
    look_elsewhere();
    for (CellIndex cell = 0; cell < layout_.cell_count(); ++cell) {
      for (const AtomIndex atom : atoms_[cell]) cells_at_[atom].push_back(cell);
      if (needs_hiding(cell) && !may_hide(cell)) cannot_ = true;
      if (may_hide(cell) && (value(cell) > 0 || task.stays_hidden.contains(atoms_[cell]))) hide(cell);
    }
  }

  std::optional<HiddenPattern> run(Experience& experience) {
    if (cannot_) return std::nullopt;
    const std::set<CellIndex> before = hidden_;
    experience.moves.clear();
    experience.dear.assign(task_.truth->counts.size(), 0);
    for (CellIndex cell = 0; cell < layout_.cell_count(); ++cell)
      if (value(cell) == 0) for (const AtomIndex atom : atoms_[cell]) ++experience.dear[atom];
    {
      auto t0 = clock();
      table::PublishedPopulation without = task_.draft;
      without.tables.erase(without.tables.begin() + task_.number);
      const auto worlds = table::worlds_of(without, task_.policy->minimum_frequency.minimum);
      EvidenceSearch found = find_evidence(*task_.truth, *worlds, *task_.secrets, *task_.policy, StopAt::every_secret, experience, Effort::thorough);
      evidence_ = found.evidence;
      std::set<AtomIndex> raised;
      for (const auto& m : evidence_.moves) for (const auto& part : m) if (task_.truth->counts[part.atom] == 0) raised.insert(part.atom);
      if (getenv("DBGM")) fprintf(stderr, "without: open %zu %.2f s, %zu noughts raised %zu moves\n", found.unprotected.size(), double(clock() - t0) / CLOCKS_PER_SEC, raised.size(), evidence_.moves.size());
    }
    std::optional<EvidenceSearch> found = hide_until_protected(experience);
    if (!found) return std::nullopt;
    show_what_stays(found->evidence);
    if (!hide_until_protected(experience)) return std::nullopt;
    return pattern();
  }

 private:
  [[nodiscard]] bool hides_noughts() const { return tables_.tables[task_.number].convention == table::ZeroConvention::hidden_may_be_zero; }
  [[nodiscard]] std::int64_t value(CellIndex cell) const { return truth::records_in(*task_.truth, atoms_[cell]); }
  [[nodiscard]] bool may_hide(CellIndex cell) const {
    return table::exact_value(figures_[cell]).has_value() && !shown_elsewhere_.contains(atoms_[cell]) && (value(cell) > 0 || hides_noughts());
  }
  [[nodiscard]] bool needs_hiding(CellIndex cell) const {
    const std::int64_t records = value(cell), minimum = task_.policy->minimum_frequency.minimum;
    if (hidden_elsewhere_.contains(atoms_[cell])) return true;
    if (records == 0) return false;
    if (task_.stays_hidden.contains(atoms_[cell]) || records < minimum) return true;
    return task_.truth->people != truth::PeopleKnown::unknown && truth::people_in(*task_.truth, atoms_[cell]) < minimum;
  }

  void look_elsewhere() {
    for (std::uint32_t number = 0; number < tables_.tables.size(); ++number) {
      if (number == task_.number) continue;
      const table::TableLayout layout(*tables_.space, tables_.tables[number].design);
      for (CellIndex cell = 0; cell < layout.cell_count(); ++cell) {
        const table::PublishedCell& figure = tables_.tables[number].cells[cell];
        (table::is_suppressed(figure) ? hidden_elsewhere_ : shown_elsewhere_).insert(layout.atoms(cell));
      }
    }
  }

  void hide(CellIndex cell) {
    hidden_.insert(cell);
    tables_.tables[task_.number].cells[cell] = table::Suppressed{};
  }
  void show(CellIndex cell) {
    hidden_.erase(cell);
    tables_.tables[task_.number].cells[cell] = figures_[cell];
  }

  // Hides what is missing, round by round.
  std::optional<EvidenceSearch> hide_until_protected(Experience& experience) {
    for (int round = 0; round < most_rounds && !base::stop_asked(); ++round) {
      if (hide_in_failing_sums()) continue;
      const auto worlds = table::worlds_of(tables_, task_.policy->minimum_frequency.minimum);
      if (!worlds) return std::nullopt;
      auto t0 = clock();
      EvidenceSearch found = find_evidence(*task_.truth, *worlds, *task_.secrets, *task_.policy, StopAt::every_secret, experience, Effort::local_only);
      if (getenv("DBGM")) fprintf(stderr, "round %d hidden %zu open %zu %.2f s\n", round, hidden_.size(), found.unprotected.size(), double(clock() - t0) / CLOCKS_PER_SEC);
      if (found.unprotected.empty()) return found;
      bool hid = false;
      for (const Unprotected& open : found.unprotected) hid = hide_for(open.secret) || hid;
      if (!hid) {
        found = find_evidence(*task_.truth, *worlds, *task_.secrets, *task_.policy, StopAt::every_secret, experience);
        if (getenv("DBGM")) fprintf(stderr, "thorough: open %zu\n", found.unprotected.size());
        if (found.unprotected.empty()) return found;
        return std::nullopt;
      }
    }
    return std::nullopt;
  }

  // The witnesses that the secret has without this table: what they change is hidden. Says whether anything was not hidden before.
  bool hide_for(const std::string& secret) {
    const auto witnesses = evidence_.witnesses_of.find(secret);
    if (witnesses == evidence_.witnesses_of.end()) return false;
    bool hid = false;
    for (const std::uint32_t number : witnesses->second) {
      const std::set<CellIndex> changed = changed_by(evidence_.moves[number]);
      if (!std::all_of(changed.begin(), changed.end(), [&](CellIndex cell) { return hidden_.contains(cell) || may_hide(cell); })) continue;
      for (const CellIndex cell : changed)
        if (!hidden_.contains(cell)) hide(cell), hid = true;
    }
    return hid;
  }

  [[nodiscard]] std::set<CellIndex> changed_by(const table::Move& move) const {
    std::map<CellIndex, std::int64_t> change;
    for (const table::AtomChange& part : move)
      if (const auto at = cells_at_.find(part.atom); at != cells_at_.end())
        for (const CellIndex cell : at->second) change[cell] += part.change;
    std::set<CellIndex> changed;
    for (const auto& [cell, by] : change)
      if (by != 0) changed.insert(cell);
    return changed;
  }

  // What no witness changes can be shown: they remain tables that agree with everything.
  void show_what_stays(const table::Evidence& evidence) {
    std::set<CellIndex> changed;
    for (const table::Move& move : evidence.moves) changed.merge(changed_by(move));
    const std::set<CellIndex> hidden = hidden_;
    for (const CellIndex cell : hidden)
      if (!changed.contains(cell) && !needs_hiding(cell)) show(cell);
  }

  // One more cell of each sum that follows from what is shown and does not pass. Says whether there was one that could be hidden.
  bool hide_in_failing_sums() {
    bool hid = false;
    for (const auto& places : task_.failing_sums(tables_)) {
      std::optional<CellIndex> least;
      for (const table::CellReference& place : places)
        if (place.table == task_.number && !hidden_.contains(place.cell) && may_hide(place.cell) && (!least || value(place.cell) < value(*least)))
          least = place.cell;
      if (least) hide(*least), hid = true;
    }
    return hid;
  }

  [[nodiscard]] HiddenPattern pattern() const {
    HiddenPattern pattern;
    for (std::uint32_t number = 0; number < tables_.tables.size(); ++number)
      for (CellIndex cell = 0; cell < tables_.tables[number].cells.size(); ++cell)
        if (table::is_suppressed(tables_.tables[number].cells[cell])) pattern.insert({number, cell});
    return pattern;
  }

  const MarkedTableTask& task_;
  table::PublishedPopulation tables_;
  table::TableLayout layout_;
  std::vector<table::PublishedCell> figures_;
  std::vector<std::vector<AtomIndex>> atoms_;
  std::map<AtomIndex, std::vector<CellIndex>> cells_at_;
  std::set<std::vector<AtomIndex>> shown_elsewhere_;
  std::set<std::vector<AtomIndex>> hidden_elsewhere_;
  std::set<CellIndex> hidden_;
  bool cannot_ = false;
  table::Evidence evidence_;
};

}  // namespace

std::optional<HiddenPattern> mark_what_changes(const MarkedTableTask& task, Experience& experience) { return Marking(task).run(experience); }

}  // namespace candour::protect
