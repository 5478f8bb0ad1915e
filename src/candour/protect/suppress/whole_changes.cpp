#include <candour/protect/suppress/whole_changes.hpp>

namespace candour::protect {

void WholeChanges::set(std::size_t free, std::int64_t change) {
  const std::int64_t by = change - of_free_[free];
  of_free_[free] = change;
  if (by == 0) return;
  for (const MoveBasis::Part& part : columns_[free]) change_[part.cell] += by * part.coefficient;
}

double WholeChanges::gain(const Step* steps, std::size_t count) {
  touched_.clear();
  for (std::size_t i = 0; i < count; ++i)
    for (const MoveBasis::Part& part : columns_[steps[i].first]) {
      step_[part.cell] += steps[i].second * part.coefficient;
      touched_.push_back(part.cell);
    }
  double gain = 0;
  for (const table::SystemCell c : touched_) {
    if (step_[c] == 0) continue;
    gain += cost_(c, change_[c]) - cost_(c, change_[c] + step_[c]);
    step_[c] = 0;
  }
  return gain;
}

bool WholeChanges::take_if_better(const Step* steps, std::size_t count) {
  if (gain(steps, count) <= 1e-9) return false;
  for (std::size_t i = 0; i < count; ++i) set(steps[i].first, of_free_[steps[i].first] + steps[i].second);
  return true;
}

void WholeChanges::descend() {
  constexpr int most_passes = 12;
  std::vector<std::size_t> changed;  // pairs of others hardly ever help
  for (std::size_t f = 0; f < columns_.size(); ++f)
    if (of_free_[f] != 0) changed.push_back(f);
  bool better = true;
  for (int pass = 0; pass < most_passes && better; ++pass) {
    better = false;
    for (std::size_t f = 0; f < columns_.size(); ++f)
      for (const std::int64_t by : {1, -1})
        for (const Step steps[1] = {{f, by}}; take_if_better(steps, 1);) better = true;
    for (const std::size_t f : changed)
      for (const std::size_t g : changed) {
        const Step steps[2] = {{f, 1}, {g, -1}};
        if (g != f && take_if_better(steps, 2)) better = true;
      }
  }
}

}  // namespace candour::protect
