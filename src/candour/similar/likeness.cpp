#include <candour/similar/likeness.hpp>

#include <candour/similar/words.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <utility>

namespace candour::similar {
namespace {

constexpr int weight_of_a_title = 3;
constexpr std::size_t words_of_a_run = 4;
constexpr std::size_t most_shared_words = 8;

std::map<std::string, double> counts_of(std::string_view title, std::string_view text) {
  std::map<std::string, double> counts;
  const auto add = [&](std::string_view part, int weight) {
    for (const std::string& word : words_of(part))
      if (!says_little(word)) counts[without_plural(word)] += weight;
  };
  add(title, weight_of_a_title);
  add(text, 1);
  return counts;
}

// Runs of four words, whatever they say: copied wording keeps its small words.
std::vector<std::size_t> fourses_of(std::string_view title, std::string_view text) {
  std::vector<std::size_t> runs;
  for (const std::string_view part : {title, text}) {
    const std::vector<std::string> words = words_of(part);
    for (std::size_t at = 0; at + words_of_a_run <= words.size(); ++at) {
      std::string run;
      for (std::size_t i = 0; i < words_of_a_run; ++i) run += words[at + i] + ' ';
      runs.push_back(std::hash<std::string>{}(run));
    }
  }
  std::sort(runs.begin(), runs.end());
  runs.erase(std::unique(runs.begin(), runs.end()), runs.end());
  return runs;
}

int copied_percent(const std::vector<std::size_t>& a, const std::vector<std::size_t>& b) {
  const std::size_t shorter = std::min(a.size(), b.size());
  if (shorter == 0) return 0;
  std::vector<std::size_t> common;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(common));
  return static_cast<int>(100 * common.size() / shorter);
}

}  // namespace

Comparison::Comparison(const std::vector<KnownText>& known) {
  std::map<std::string, std::size_t> texts_with;
  for (const KnownText& one : known)
    for (const auto& [word, count] : counts_of(one.title, one.text)) ++texts_with[word];
  for (const auto& [word, count] : texts_with) {
    words_.push_back(word);
    rarity_.push_back(std::log(1.0 + static_cast<double>(known.size()) / static_cast<double>(count)));
  }
  for (const KnownText& one : known) profiles_.push_back(profile_of(one.title, one.text));
}

std::size_t Comparison::number_of(const std::string& word) const {
  const auto at = std::lower_bound(words_.begin(), words_.end(), word);
  return at != words_.end() && *at == word ? static_cast<std::size_t>(at - words_.begin()) : words_.size();
}

Comparison::Profile Comparison::profile_of(std::string_view title, std::string_view text) const {
  Profile profile;
  double squares = 0;
  // A word that no known text has is as rare as can be: it makes the text less like all of them.
  const double unknown = std::log(1.0 + static_cast<double>(profiles_.size() + 1));
  for (const auto& [word, count] : counts_of(title, text)) {
    const std::size_t number = number_of(word);
    const double weight = (1.0 + std::log(count)) * (number < words_.size() ? rarity_[number] : unknown);
    squares += weight * weight;
    if (number < words_.size()) profile.terms.push_back({number, weight});
  }
  for (Term& term : profile.terms) term.weight /= std::sqrt(squares);
  profile.fourses = fourses_of(title, text);
  return profile;
}

std::vector<Likeness> Comparison::closest(std::string_view title, std::string_view text, std::size_t most) const {
  const Profile mine = profile_of(title, text);
  std::vector<Likeness> found;
  for (std::size_t place = 0; place < profiles_.size(); ++place) {
    std::vector<std::pair<double, std::size_t>> shared;
    double cosine = 0;
    auto other = profiles_[place].terms.begin();
    const auto end = profiles_[place].terms.end();
    for (const Term& term : mine.terms) {
      while (other != end && other->word < term.word) ++other;
      if (other == end || other->word != term.word) continue;
      cosine += term.weight * other->weight;
      shared.emplace_back(term.weight * other->weight, term.word);
    }
    if (shared.empty()) continue;
    std::sort(shared.begin(), shared.end(), [](const auto& a, const auto& b) { return std::pair(-a.first, a.second) < std::pair(-b.first, b.second); });
    Likeness likeness{place, static_cast<int>(std::lround(100 * std::min(1.0, cosine))), copied_percent(mine.fourses, profiles_[place].fourses), {}};
    for (std::size_t i = 0; i < std::min(most_shared_words, shared.size()); ++i) likeness.shared_words.push_back(words_[shared[i].second]);
    found.push_back(std::move(likeness));
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Likeness& a, const Likeness& b) { return std::pair(a.percent, a.copied_percent) > std::pair(b.percent, b.copied_percent); });
  if (found.size() > most) found.resize(most);
  return found;
}

}  // namespace candour::similar
